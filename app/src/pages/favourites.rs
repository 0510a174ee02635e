//! `/favourites`: the pictures a member keeps to find again.

use super::{head::PageTitle, refusal::Refusal, request::query};
use crate::components::{Frame, Heading, PictureWall, with_query};
use domain::{Library, Viewer};
use leptos::prelude::*;
use model::PicturePage;

/// A member's favourites.
#[component]
pub(super) fn FavouritesPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let viewer = expect_context::<Viewer>();
    let before = query("before");
    Suspend::new(async move {
        match library.favourites(&viewer, before.as_deref()).await {
            Ok(page) => view! { <Favourites page=page/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

#[component]
fn Favourites(page: PicturePage) -> impl IntoView {
    let PicturePage { pictures, next_cursor } = page;
    let older = next_cursor.map(|cursor| with_query("/favourites", &[("before", &cursor)]));
    view! {
        <PageTitle parts=vec!["Favourites".to_owned()]/>
        <div class="grid gap-6">
            <Frame>
                <Heading text="Favourites"/>
            </Frame>
            <PictureWall
                pictures=pictures
                older=older
                empty="You have no favourites yet. A picture’s page has a star to make it one."
            />
        </div>
    }
}
