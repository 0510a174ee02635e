//! `/dashboard`: own galleries, a form for a new one, storage, and every picture with where it stands.

mod galleries;
mod new_gallery;
mod pictures;
mod storage;

use super::{head::PageTitle, refusal::Refusal, request::query};
use crate::components::{Frame, Heading};
use domain::{Library, Result, Viewer};
use galleries::Galleries;
use leptos::prelude::*;
use model::{GalleryCard, OwnPictures, PictureCounts, Usage};
use new_gallery::NewGallery;
use pictures::Pictures;
use storage::Storage;

/// Everything the dashboard shows.
struct Own {
    galleries: Vec<GalleryCard>,
    usage: Usage,
    counts: PictureCounts,
    pictures: OwnPictures,
}

/// A member's own things.
#[component]
pub(super) fn DashboardPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let viewer = expect_context::<Viewer>();
    let before = query("before");
    Suspend::new(async move {
        match read(&library, &viewer, before.as_deref()).await {
            Ok(own) => view! { <Dashboard own=own/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

async fn read(library: &Library, viewer: &Viewer, before: Option<&str>) -> Result<Own> {
    Ok(Own {
        galleries: library.own_galleries(viewer).await?,
        usage: library.usage(viewer).await?,
        counts: library.picture_counts(viewer).await?,
        pictures: library.own_pictures(viewer, before, None).await?,
    })
}

#[component]
fn Dashboard(own: Own) -> impl IntoView {
    let Own { galleries, usage, counts, pictures } = own;
    view! {
        <PageTitle parts=vec!["Dashboard".to_owned()]/>
        <Frame>
            <Heading text="Dashboard"/>
            <Storage usage=usage counts=counts/>
            <Galleries galleries=galleries/>
            <NewGallery/>
            <Pictures pictures=pictures/>
        </Frame>
    }
}
