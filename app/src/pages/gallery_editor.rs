//! `/dashboard/galleries/:id`: name and words of a gallery, its pictures, links to it, and its end.

mod details;
mod pictures;

use super::{
    head::PageTitle,
    refusal::Refusal,
    request::{page_number, query},
    share_form::ShareForm,
};
use crate::components::{ButtonLink, Frame, Heading, Kind, Section};
use details::{Delete, Details};
use domain::{Error, Library, Result, Viewer};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{Gallery, GalleryId, GalleryPage, ImageId, OwnPictures};
use pictures::{Others, Pictures};

/// The last page whose pictures may be moved: with those before it they are the most that can be put in order at once.
const LAST_ORDERED: u64 = 16;

/// Everything the editor shows.
struct Edited {
    shown: GalleryPage,
    /// The pictures on the pages before, where they can be put in order.
    earlier: Option<Vec<ImageId>>,
    /// Own pictures that are not in it.
    others: OwnPictures,
}

/// Editing a gallery.
#[component]
pub(super) fn GalleryEditorPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let viewer = expect_context::<Viewer>();
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let (page, before) = (page_number(), query("before"));
    Suspend::new(async move {
        match read(&library, &viewer, &id, page, before.as_deref()).await {
            Ok(edited) => view! { <Editor edited=edited/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

async fn read(library: &Library, viewer: &Viewer, id: &str, page: u64, before: Option<&str>) -> Result<Edited> {
    viewer.signed_in()?;
    let id = GalleryId::parse(id).ok_or(Error::NotFound)?;
    let shown = library.own_gallery(viewer, &id, page).await?;
    let earlier = match page <= LAST_ORDERED {
        true => Some(before_page(library, viewer, &id, page).await?),
        false => None,
    };
    let others = library.addable_pictures(viewer, &id, before).await?;
    Ok(Edited { shown, earlier, others })
}

/// The pictures on the pages before this one, in their order.
async fn before_page(library: &Library, viewer: &Viewer, id: &GalleryId, page: u64) -> Result<Vec<ImageId>> {
    let mut earlier = Vec::new();
    for page in 1..page {
        let shown = library.own_gallery(viewer, id, page).await?;
        earlier.extend(shown.pictures.into_iter().map(|thumb| thumb.id));
    }
    Ok(earlier)
}

#[component]
fn Editor(edited: Edited) -> impl IntoView {
    let Edited { shown, earlier, others } = edited;
    let Gallery { name, slug, .. } = shown.gallery.clone();
    let id = shown.gallery.id.clone();
    let (details_of, delete_id) = (shown.gallery.clone(), id.clone());
    let (share_id, path) = (id.to_string(), format!("/dashboard/galleries/{id}"));
    view! {
        <PageTitle parts=vec![name.clone(), "Edit".to_owned()]/>
        <Frame>
            <div class="flex flex-wrap items-center justify-between gap-4">
                <Heading text=name/>
                <ButtonLink href=format!("/gallery/{slug}") kind=Kind::Quiet>
                    "See it"
                </ButtonLink>
            </div>
            <Details gallery=details_of/>
            <Pictures shown=shown earlier=earlier/>
            <Others id=id others=others/>
            <Section title="Share link" id=Some("share")>
                <ShareForm field="galleryId" id=share_id path=path/>
            </Section>
            <Delete id=delete_id/>
        </Frame>
    }
}
