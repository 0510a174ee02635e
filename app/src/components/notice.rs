//! A word above or in place of a form.

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

/// Says that it worked.
#[component]
pub fn Done(
    /// The sentence.
    #[prop(into)]
    says: String,
) -> impl IntoView {
    view! {
        <p role="status" class="rounded-control border border-good px-4 py-3">
            {says}
        </p>
    }
}

/// What to know of a part of a page.
#[component]
pub fn Remark(
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! { <p class="text-muted">{children()}</p> }
}
