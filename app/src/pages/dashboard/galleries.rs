//! Own galleries, the private ones too.

use crate::components::{EmptyState, GalleryCard, GalleryCards, Section};
use leptos::prelude::*;

/// Each leads to where it is edited.
#[component]
pub(super) fn Galleries(
    /// The newest first.
    galleries: Vec<model::GalleryCard>,
) -> impl IntoView {
    view! {
        <Section title="Galleries">
            {if galleries.is_empty() {
                view! { <EmptyState says="You have no gallery yet. Make the first one below."/> }.into_any()
            } else {
                let cards = galleries
                    .into_iter()
                    .map(|card| {
                        let href = format!("/dashboard/galleries/{}", card.gallery.id);
                        view! { <GalleryCard card=card href=Some(href)/> }
                    })
                    .collect_view();
                view! { <GalleryCards>{cards}</GalleryCards> }.into_any()
            }}
        </Section>
    }
}
