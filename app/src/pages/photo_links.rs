//! `/photos/:id/links`: a picture's addresses and markup with them, to paste elsewhere.

use super::{
    head::PageTitle,
    refusal::Refusal,
    request::{keep_nowhere, query},
    snippets::PictureLinks,
};
use crate::{
    components::{Button, Frame, Heading, Kind, PictureImage, Remark, Section, Select, SnippetList, TextLink, Width},
    islands::CopyButtons,
    rpc::Caller,
};
use domain::{Error, Library, Viewer};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{DEFAULT_WIDTH, ImageId, Picture};

/// A picture's links.
#[component]
pub(super) fn PhotoLinksPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let viewer = expect_context::<Viewer>();
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let wanted = query("w").and_then(|width| width.parse().ok()).unwrap_or(DEFAULT_WIDTH);
    Suspend::new(async move {
        let found = match ImageId::parse(&id) {
            Some(id) => library.picture(&viewer, &id).await,
            None => Err(Error::NotFound),
        };
        match found {
            Ok(picture) => view! { <Links picture=picture wanted=wanted/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

#[component]
fn Links(picture: Picture, wanted: u32) -> impl IntoView {
    let Picture { thumb, short, is_public, .. } = picture;
    if !is_public {
        keep_nowhere();
    }
    let site = expect_context::<Caller>().origin;
    let widths = thumb.widths(u32::MAX);
    // The smallest that has the pixels asked for, or the widest there is.
    let width = widths.iter().copied().find(|width| *width >= wanted).or(widths.last().copied()).unwrap_or(wanted);
    let found = PictureLinks::new(&site, &thumb, &short, width).named();
    let options = widths.iter().map(|width| (width.to_string(), format!("{} pixels wide", width.min(&thumb.width))));
    let options = options.collect::<Vec<_>>();
    let page = format!("/photos/{}", thumb.id);
    let title = thumb.alt().to_owned();
    let private = (!is_public).then(|| {
        view! { <Remark>"This picture is private. Its links show it to those who may see it, and to nobody else."</Remark> }
    });
    view! {
        <PageTitle parts=vec!["Links".to_owned(), title.clone()]/>
        <Frame width=Width::Settings>
            <div class="flex items-center gap-4">
                <a href=page.clone() class="relative block size-24 shrink-0 overflow-hidden rounded-picture">
                    <PictureImage thumb=thumb sizes="6rem" first=true/>
                </a>
                <div class="grid min-w-0 gap-1">
                    <Heading text="Links to paste"/>
                    <p class="truncate">
                        <TextLink href=page>{title}</TextLink>
                    </p>
                </div>
            </div>
            {private}
            <Section title="Links">
                <form method="get" class="flex flex-wrap items-end gap-3">
                    <Select label="Width of the picture" name="w" options=options chosen=width.to_string()/>
                    <Button kind=Kind::Quiet>"Show"</Button>
                </form>
                <CopyButtons>
                    <SnippetList snippets=found/>
                </CopyButtons>
            </Section>
        </Frame>
    }
}
