//! `/gallery/:slug`: the wall of a gallery.

use super::{
    head::{FeedLinks, PageTitle, Preview},
    refusal::Refusal,
    request::{is_pagination, keep_nowhere, page_number},
};
use crate::components::{
    ButtonLink, EmptyState, Frame, Glyph, Heading, Icon, Kind, Pagination, PhotoGrid, Time, counted,
};
use domain::{Library, Topic, Viewer};
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_params_map;
use model::Gallery;

/// What it shows; `None` for addresses that no link has. All galleries are one topic: a change of a picture does not
/// tell in which it is.
pub(super) fn shows(slug: &str, query: Option<&str>) -> Option<Vec<Topic>> {
    let is_slug = !slug.is_empty() && slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (is_slug && is_pagination(query)).then(|| vec![Topic::Galleries])
}

/// A gallery.
#[component]
pub(super) fn GalleryPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let viewer = expect_context::<Viewer>();
    let slug = use_params_map().with_untracked(|params| params.get("slug")).unwrap_or_default();
    let page = page_number();
    Suspend::new(async move {
        match library.gallery_page(&viewer, &slug, page).await {
            Ok(page) => Either::Left(view! { <Wall shown=page/> }),
            Err(error) => Either::Right(view! { <Refusal error=error/> }),
        }
    })
}

#[component]
fn Wall(shown: model::GalleryPage) -> impl IntoView {
    let model::GalleryPage { gallery, pictures, page, total_pages } = shown;
    if !gallery.is_public {
        keep_nowhere();
    }
    let title = gallery.name.clone();
    let description = gallery.description.clone();
    let path = format!("/gallery/{}", gallery.slug);
    let first = pictures.first().cloned();
    let edit = gallery.editable.then(|| format!("/dashboard/galleries/{}", gallery.id));
    let label_edit = edit.clone();
    let preview = gallery.is_public.then(|| {
        view! {
            <Preview title=title.clone() description=description picture=first/>
            <FeedLinks path=path.clone()/>
        }
    });
    view! {
        <PageTitle parts=vec![title]/>
        {preview}
        <div class="grid gap-6">
            <Frame>
                <Label gallery=gallery edit=label_edit/>
            </Frame>
            {if pictures.is_empty() {
                Either::Left(view! {
                    <EmptyState says="No picture hangs here yet.">
                        {edit.map(|href| view! { <ButtonLink href=href>"Add pictures"</ButtonLink> })}
                    </EmptyState>
                })
            } else {
                Either::Right(view! { <PhotoGrid pictures=pictures/> })
            }}
            <Pagination path=path page=page total_pages=total_pages/>
        </div>
    }
}

/// The label beside the wall: name, words, how many, since when.
#[component]
fn Label(gallery: Gallery, edit: Option<String>) -> impl IntoView {
    let Gallery { name, description, count, owner, created_at, is_public, .. } = gallery;
    view! {
        <div class="flex flex-wrap items-end justify-between gap-4">
            <div class="grid gap-2">
                <Heading text=name/>
                {(!description.is_empty())
                    .then(|| view! { <p class="max-w-text whitespace-pre-line">{description}</p> })}
                <p class="flex flex-wrap items-center gap-x-3 text-sm text-muted">
                    {(!is_public)
                        .then(|| {
                            view! {
                                <span class="inline-flex items-center gap-1">
                                    <Icon glyph=Glyph::Lock/>
                                    "Private"
                                </span>
                            }
                        })}
                    <span>{counted(count, "picture")}</span>
                    <span>{owner}</span>
                    <Time at=created_at/>
                </p>
            </div>
            {edit
                .map(|href| {
                    view! {
                        <ButtonLink href=href kind=Kind::Quiet>
                            "Edit gallery"
                        </ButtonLink>
                    }
                })}
        </div>
    }
}
