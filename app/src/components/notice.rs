//! A word above a form.

use leptos::prelude::*;

/// Says that something went wrong, and what to do. Nothing is shown when there is nothing to say.
#[component]
pub fn Notice(
    /// The sentence, if any.
    says: Option<String>,
) -> impl IntoView {
    says.map(|says| {
        view! {
            <p role="alert" class="rounded-control border border-bad px-4 py-3 text-bad">
                {says}
            </p>
        }
    })
}
