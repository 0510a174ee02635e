//! Counting presses.

use leptos::prelude::*;

/// A button, and how often it was pressed.
#[island]
pub fn Counter(
    /// The id of the button. The count's is the same with `-count`.
    id: String,
) -> impl IntoView {
    let count = RwSignal::new(0);
    let shown = format!("{id}-count");
    view! {
        <p>
            <button type="button" id=id on:click=move |_| count.update(|count| *count += 1)>
                "More"
            </button>
            <output id=shown>{move || count.get()}</output>
        </p>
    }
}
