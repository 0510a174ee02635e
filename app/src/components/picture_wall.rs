//! A wall of pictures that goes on.

use super::{EmptyState, Older, PhotoGrid};
use leptos::prelude::*;
use model::Thumb;

/// Pictures from edge to edge and the way to the older ones; a sentence where there are none.
#[component]
pub fn PictureWall(
    /// In this order.
    pictures: Vec<Thumb>,
    /// The address of those that follow.
    older: Option<String>,
    /// What is said where there are none.
    #[prop(into)]
    empty: String,
) -> impl IntoView {
    if pictures.is_empty() {
        view! { <EmptyState says=empty/> }.into_any()
    } else {
        view! {
            <PhotoGrid pictures=pictures/>
            <div class="px-4 sm:px-6">
                <Older href=older/>
            </div>
        }
        .into_any()
    }
}
