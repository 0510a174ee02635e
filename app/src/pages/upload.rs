//! `/upload`: the storage left is looked at before the form is shown.

use super::{form::Form, head::PageTitle, refusal::Refusal, request::query};
use crate::{
    components::{
        Button, ButtonLink, EmptyState, Frame, Heading, Kind, Narrow, PlainForm, Section, TextField, Wake, When, Width,
        bytes,
    },
    islands::{UploadForm, Uploader},
};
use domain::{Library, Result, Viewer};
use leptos::prelude::*;
use model::{GalleryId, Usage};

/// Uploading pictures.
#[component]
pub(super) fn UploadPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let viewer = expect_context::<Viewer>();
    Suspend::new(async move {
        match read(&library, &viewer).await {
            Ok((usage, galleries)) => view! { <Upload usage=usage galleries=galleries/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

/// What is stored, and the galleries to choose from.
async fn read(library: &Library, viewer: &Viewer) -> Result<(Usage, Vec<(GalleryId, String)>)> {
    let usage = library.usage(viewer).await?;
    let galleries = library.own_galleries(viewer).await?.into_iter();
    Ok((usage, galleries.map(|card| (card.gallery.id, card.gallery.name)).collect()))
}

#[component]
fn Upload(usage: Usage, galleries: Vec<(GalleryId, String)>) -> impl IntoView {
    let form = Form::of("upload");
    let problem = form.problem(&[]);
    let asked = query("gallery").unwrap_or_default();
    let chosen = GalleryId::parse(&form.value("galleryId", &asked));
    let left = usage.left();
    let says = usage.quota.map(|_| format!("{} left", bytes(left)));
    view! {
        <PageTitle parts=vec!["Upload".to_owned()]/>
        <Frame width=Width::Settings>
            <div class="flex flex-wrap items-baseline justify-between gap-4">
                <Heading text="Upload"/>
                {says.map(|says| view! { <p class="text-muted">{says}</p> })}
            </div>
            {if left == 0 {
                view! {
                    <EmptyState says="Your storage is full. Delete pictures you no longer need to make room.">
                        <ButtonLink href="/dashboard#pictures">"Go to your pictures"</ButtonLink>
                    </EmptyState>
                }
                    .into_any()
            } else {
                view! {
                    // The whole page takes files, so that it cannot wait to be touched.
                    <div>
                        <Wake when=When::Load>
                            <Uploader>
                                <UploadForm
                                    galleries=galleries
                                    chosen=chosen
                                    left=left
                                    largest_file=usage.largest_file
                                    problem=problem
                                />
                            </Uploader>
                        </Wake>
                    </div>
                    <Import/>
                }
                    .into_any()
            }}
        </Frame>
    }
}

/// A picture from another site.
#[component]
fn Import() -> impl IntoView {
    let form = Form::of("image.import");
    view! {
        <Section title="From another site">
            <Narrow>
                <PlainForm
                    method="image.import"
                    action="/upload"
                    next=Some("/dashboard#pictures".to_owned())
                    problem=form.problem(&["url"])
                >
                    <TextField
                        label="The picture’s address"
                        name="url"
                        kind="url"
                        value=form.value("url", "")
                        error=form.error("url")
                        hint=Some("It is fetched once, and is yours from then on.")
                        required=true
                    />
                    <div>
                        <Button kind=Kind::Quiet>"Fetch it"</Button>
                    </div>
                </PlainForm>
            </Narrow>
        </Section>
    }
}
