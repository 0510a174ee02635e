//! Putting pictures into a gallery and taking them out.

use crate::{
    components::{
        Button, ButtonLink, EmptyState, HiddenValue, Kind, Movable, Notice, Older, Pagination, PictureChoices,
        PlainForm, Section, Wake, When,
    },
    islands::GalleryOrder,
    pages::form::Form,
};
use leptos::prelude::*;
use model::{GalleryId, GalleryPage, ImageId, OwnPictures};

/// What hangs in it: tick to take out, or to put first.
#[component]
pub(super) fn Pictures(
    /// The page of the gallery that is shown.
    shown: GalleryPage,
    /// The pictures on the pages before; `None` if they are too many to be put in order.
    earlier: Option<Vec<ImageId>>,
) -> impl IntoView {
    let problem = Form::of("gallery.removeImages").problem(&[]).or_else(|| Form::of("gallery.setOrder").problem(&[]));
    let GalleryPage { gallery, pictures, page, total_pages } = shown;
    let path = format!("/dashboard/galleries/{}", gallery.id);
    let id = gallery.id.to_string();
    let action = path.clone();
    let movable = earlier.map(|earlier| Movable { gallery: gallery.id, count: gallery.count, earlier });
    view! {
        <Section title="In this gallery">
            {if pictures.is_empty() {
                view! { <EmptyState says="No picture is in it yet. Add some below."/> }.into_any()
            } else {
                view! {
                    // Each button names its own method.
                    <form method="post" action=action class="grid gap-4">
                        <Notice says=problem/>
                        <HiddenValue name="galleryId" value=id/>
                        // Its pictures are dragged, which no touch could be held back for.
                        <Wake when=When::Visible { margin: 200 }>
                            <GalleryOrder>
                                <PictureChoices pictures=pictures movable=movable/>
                            </GalleryOrder>
                        </Wake>
                        <div class="flex flex-wrap gap-3">
                            <Button kind=Kind::Quiet attr:name="_method" attr:value="gallery.removeImages">
                                "Remove selected"
                            </Button>
                            <Button kind=Kind::Quiet attr:name="_method" attr:value="gallery.setOrder">
                                "Put selected first"
                            </Button>
                        </div>
                    </form>
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
