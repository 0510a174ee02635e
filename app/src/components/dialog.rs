//! A question over the page, which waits behind it.
//!
//! A dialog is closed until an island opens it (`HTMLDialogElement.showModal`), which takes a script: what opens it is
//! a link that leads somewhere without. A press of what has the attribute `data-close` closes it: the island around
//! the dialog listens to that. Browsers close it by Escape. Either way they lead back to what had the focus before.

use super::CARD;
use leptos::prelude::*;

/// A dialog, closed at first.
#[component]
pub fn Dialog(
    /// What islands find it by.
    id: &'static str,
    /// Stands above what is in it and names it.
    #[prop(into)]
    title: String,
    /// What stands in it, one below the other, with a button that has `data-close`.
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    let class = format!(
        "{CARD} mx-auto mt-[max(1rem,12svh)] mb-auto w-[calc(100%-2rem)] max-w-form p-6 text-left text-ink backdrop:bg-shade"
    );
    view! {
        <dialog id=id aria-labelledby=labelled_by class=class>
            <div class="grid gap-4">
                <p id=title_id class="text-xl font-medium">
                    {title}
                </p>
                {children()}
            </div>
        </dialog>
    }
}
