//! A button that folds something out below it.

use super::{ACTION, ACTION_NAME, CARD, Glyph, Icon, LINK};
use leptos::prelude::*;

/// The classes of a line to press in a menu.
pub(crate) const ITEM: &str = "flex min-h-11 w-full cursor-pointer items-center rounded-control px-3 text-left text-sm transition-colors hover:bg-tint";

/// The classes of what is folded away, beside those of a card.
const PANEL: &str = "absolute z-10 grid max-w-[calc(100vw-2rem)] p-2";

/// Where a menu stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuPlace {
    /// At the end of the line above the page; only its icon is seen.
    Header,
    /// In the row of a picture's actions.
    Actions,
}

/// Something folded away. It opens and closes without script; islands also close it by Escape and by a press elsewhere.
#[component]
pub fn Menu(
    /// Where it stands.
    place: MenuPlace,
    /// What its button shows.
    glyph: Glyph,
    /// The button's name.
    #[prop(into)]
    label: String,
    /// Whether it is open at first.
    #[prop(optional)]
    open: bool,
    /// Where the focus goes once this stands for a link to sign in, by that link's `data-sign-in`.
    #[prop(optional)]
    takes_focus: &'static str,
    /// What is folded away.
    children: Children,
) -> impl IntoView {
    let (around, button, name, side) = match place {
        MenuPlace::Header => ("relative", LINK, "sr-only", "right-3 w-56"),
        MenuPlace::Actions => ("sm:relative", ACTION, ACTION_NAME, "left-3 w-64 sm:left-0"),
    };
    let takes_focus = (!takes_focus.is_empty()).then_some(takes_focus);
    view! {
        <details open=open data-menu="" class=around>
            <summary class=button data-takes-focus=takes_focus>
                <Icon glyph=glyph/>
                <span class=name>{label}</span>
            </summary>
            <div class=format!("{CARD} {PANEL} {side}")>{children()}</div>
        </details>
    }
}
