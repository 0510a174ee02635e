//! A button that folds something out below it.

use super::{ACTION, ACTION_NAME, Glyph, Icon};
use leptos::prelude::*;

/// The classes of a line to press in a menu.
pub(crate) const ITEM: &str = "flex min-h-11 w-full cursor-pointer items-center rounded-control px-3 text-left text-sm transition-colors hover:bg-tint";

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
    let (around, button, name, panel) = match place {
        MenuPlace::Header => (
            "relative",
            "inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center rounded-control px-3 text-sm transition-colors hover:bg-tint",
            "sr-only",
            "absolute right-0 z-10 grid w-56 max-w-[calc(100vw-2rem)] rounded-control border border-hairline bg-paper p-2 shadow-float",
        ),
        MenuPlace::Actions => (
            "sm:relative",
            ACTION,
            ACTION_NAME,
            "absolute left-3 z-10 grid w-64 max-w-[calc(100vw-2rem)] rounded-control border border-hairline bg-paper p-2 shadow-float sm:left-0",
        ),
    };
    let takes_focus = (!takes_focus.is_empty()).then_some(takes_focus);
    view! {
        <details open=open data-menu="" class=around>
            <summary class=button data-takes-focus=takes_focus>
                <Icon glyph=glyph/>
                <span class=name>{label}</span>
            </summary>
            <div class=panel>{children()}</div>
        </details>
    }
}
