//! What is said in passing.

use super::CARD;
use leptos::prelude::*;

/// Where islands say what has happened, read out at once: below the page, and where the window is wide in the middle of
/// the line above it, so that it covers nothing that was just pressed. A page has one, wherever it stands in it.
#[component]
pub fn Toast(
    /// The sentence that stands there at first; without one nothing is seen.
    #[prop(default = None)]
    says: Option<String>,
) -> impl IntoView {
    let silent = says.is_none();
    view! {
        <div role="status" class="pointer-events-none fixed inset-x-0 bottom-4 z-20 lg:top-2 lg:bottom-auto grid justify-items-center px-4">
            <p id="said" hidden=silent class=format!("{CARD} px-4 py-3")>
                {says}
            </p>
        </div>
    }
}
