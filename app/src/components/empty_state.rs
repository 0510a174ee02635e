//! What stands where nothing is yet.

use leptos::prelude::*;

/// One sentence that says what is not there, and below it a way on.
#[component]
pub fn EmptyState(
    /// The sentence.
    #[prop(into)]
    says: String,
    /// Links or buttons that lead on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="grid justify-items-center gap-6 py-16 text-center">
            <p class="max-w-text text-lg text-muted">{says}</p>
            {children.map(|children| view! { <div class="flex flex-wrap justify-center gap-3">{children()}</div> })}
        </div>
    }
}
