//! Putting pictures into a gallery and taking them out.

use crate::{
    components::{
        Button, ButtonLink, EmptyState, HiddenValue, Kind, Older, Pagination, PictureChoices, PlainForm, Section,
    },
    pages::form::Form,
};
use leptos::prelude::*;
use model::{GalleryId, GalleryPage, OwnPictures};

/// What hangs in it: tick to take out.
#[component]
pub(super) fn Pictures(
    /// The page of the gallery that is shown.
    shown: GalleryPage,
) -> impl IntoView {
    let form = Form::of("gallery.removeImages");
    let GalleryPage { gallery, pictures, page, total_pages } = shown;
    let path = format!("/dashboard/galleries/{}", gallery.id);
    let id = gallery.id.to_string();
    let action = path.clone();
    view! {
        <Section title="In this gallery">
            {if pictures.is_empty() {
                view! { <EmptyState says="No picture is in it yet. Add some below."/> }.into_any()
            } else {
                view! {
                    <PlainForm method="gallery.removeImages" action=action problem=form.problem(&[])>
                        <HiddenValue name="galleryId" value=id/>
                        <PictureChoices pictures=pictures/>
                        <div>
                            <Button kind=Kind::Quiet>"Remove selected"</Button>
                        </div>
                    </PlainForm>
                }
                    .into_any()
            }}
            <Pagination path=path page=page total_pages=total_pages/>
        </Section>
    }
}

/// What could hang in it: tick to add.
#[component]
pub(super) fn Others(
    /// The gallery.
    id: GalleryId,
    /// Own pictures that are not in it.
    others: OwnPictures,
) -> impl IntoView {
    let OwnPictures { pictures, next_cursor } = others;
    let pictures: Vec<_> = pictures.into_iter().map(|picture| picture.thumb).collect();
    let older = next_cursor.map(|cursor| format!("/dashboard/galleries/{id}?before={cursor}#add"));
    let form = Form::of("gallery.addImages");
    let upload = format!("/upload?gallery={id}");
    let action = format!("/dashboard/galleries/{id}");
    view! {
        <Section title="Add pictures" id=Some("add")>
            {if pictures.is_empty() {
                view! {
                    <EmptyState says="Every picture of yours is in it already.">
                        <ButtonLink href=upload>"Upload more"</ButtonLink>
                    </EmptyState>
                }
                    .into_any()
            } else {
                view! {
                    <PlainForm method="gallery.addImages" action=action problem=form.problem(&[])>
                        <HiddenValue name="galleryId" value=id.to_string()/>
                        <PictureChoices pictures=pictures/>
                        <div class="flex flex-wrap gap-3">
                            <Button>"Add selected"</Button>
                            <ButtonLink href=upload kind=Kind::Quiet>
                                "Upload more"
                            </ButtonLink>
                        </div>
                    </PlainForm>
                    <Older href=older/>
                }
                    .into_any()
            }}
        </Section>
    }
}
