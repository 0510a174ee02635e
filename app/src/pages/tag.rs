//! `/tags/:name`: the pictures with a tag.

use super::{
    head::{FeedLinks, PageTitle},
    refusal::Refusal,
    request::{keep_nowhere, query},
};
use crate::components::{Frame, Heading, PictureWall, tag_path, with_query};
use domain::{Error, Library, Result, Topic, Viewer};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{PicturePage, TagName};
use url::form_urlencoded;

/// What it shows; `None` for addresses that no link has, and for older pictures: where they begin may be made up.
pub(super) fn shows(name: &str, query: Option<&str>) -> Option<Vec<Topic>> {
    let (decoded, _) = form_urlencoded::parse(name.as_bytes()).next()?;
    let tag = TagName::parse(&decoded).ok()?;
    let is_link = query.is_none() && tag_path(tag.as_str()) == format!("/tags/{name}");
    is_link.then(|| vec![Topic::Tags])
}

/// A tag.
#[component]
pub(super) fn TagPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let viewer = expect_context::<Viewer>();
    let name = use_params_map().with_untracked(|params| params.get("name")).unwrap_or_default();
    let before = query("before");
    // A member's own private pictures are among them.
    if viewer.member().is_some() {
        keep_nowhere();
    }
    Suspend::new(async move {
        match read(&library, &viewer, &name, before.as_deref()).await {
            Ok((tag, page)) => view! { <Tag tag=tag page=page/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

/// A tag that is on no picture this viewer may see is as missing as one that is on none.
async fn read(library: &Library, viewer: &Viewer, name: &str, before: Option<&str>) -> Result<(TagName, PicturePage)> {
    let tag = TagName::parse(name).map_err(|_| Error::NotFound)?;
    let page = library.tag_pictures(viewer, &tag, before).await?;
    if page.pictures.is_empty() { Err(Error::NotFound) } else { Ok((tag, page)) }
}

#[component]
fn Tag(tag: TagName, page: PicturePage) -> impl IntoView {
    let PicturePage { pictures, next_cursor } = page;
    let older = next_cursor.map(|cursor| with_query(&tag_path(tag.as_str()), &[("before", &cursor)]));
    let title = format!("#{}", tag.as_str());
    view! {
        <PageTitle parts=vec![title.clone()]/>
        <FeedLinks path=tag_path(tag.as_str())/>
        <div class="grid gap-6">
            <Frame>
                <Heading text=title/>
            </Frame>
            <PictureWall pictures=pictures older=older empty=String::new()/>
        </div>
    }
}
