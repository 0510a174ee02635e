//! The row of what one may do with a picture.

use leptos::prelude::*;

/// The classes of an action in the row.
pub(crate) const ACTION: &str = "inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-2 rounded-control px-3 transition-colors hover:bg-tint aria-pressed:text-accent aria-pressed:[&_svg]:fill-current";

/// The classes of an action's name. On phones only its icon is seen, so that all of them fit beside each other.
pub(crate) const ACTION_NAME: &str = "max-sm:sr-only";

/// The actions of a picture, side by side; the icon of the first begins where the text below does.
#[component]
pub fn ActionRow(
    /// Actions, and islands of them: what stands in an island stands in the same row.
    children: Children,
) -> impl IntoView {
    view! { <div class="-mx-3 flex flex-wrap items-center gap-x-1">{children()}</div> }
}
