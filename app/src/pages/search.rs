//! `/search?q=…`: pictures by their words; tags to wander until something is asked.

use super::{
    head::PageTitle,
    refusal::Refusal,
    request::{answer, keep_nowhere, query},
};
use crate::components::{Frame, Heading, Notice, PictureWall, Remark, SearchBox, TagLinks, with_query};
use domain::{Error, Library, Result, Topic, Viewer};
use http::StatusCode;
use leptos::prelude::*;
use model::PicturePage;

/// How many tags stand where nothing is asked yet.
const TAGS: u64 = 60;

/// The most characters of a search.
const LONGEST: u32 = 200;

/// What a search comes to.
enum Outcome {
    /// Nothing was asked: tags of public pictures.
    Nothing(Vec<String>),
    Found(PicturePage),
    /// What was asked cannot be searched for, in words.
    Refused(String),
}

/// What it shows while nothing is asked; `None` for everything that is asked.
pub(super) fn shows(query: Option<&str>) -> Option<Vec<Topic>> {
    query.is_none().then(|| vec![Topic::Tags])
}

/// Searching.
#[component]
pub(super) fn SearchPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let viewer = expect_context::<Viewer>();
    let (asked, before) = (query("q").unwrap_or_default(), query("before"));
    // A member's own private pictures are among what they find.
    if viewer.member().is_some() {
        keep_nowhere();
    }
    Suspend::new(async move {
        match read(&library, &viewer, &asked, before.as_deref()).await {
            Ok(outcome) => view! { <Search asked=asked outcome=outcome/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

async fn read(library: &Library, viewer: &Viewer, asked: &str, before: Option<&str>) -> Result<Outcome> {
    if asked.trim().is_empty() {
        let tags = library.tags(TAGS).await?.tags;
        return Ok(Outcome::Nothing(tags.into_iter().map(|tag| tag.name).collect()));
    }
    match library.search(viewer, asked, before).await {
        Ok(page) => Ok(Outcome::Found(page)),
        Err(Error::Invalid(invalid)) => match invalid.reason("query") {
            Some(reason) => Ok(Outcome::Refused(reason.to_owned())),
            None => Err(Error::Invalid(invalid)),
        },
        Err(error) => Err(error),
    }
}

#[component]
fn Search(asked: String, outcome: Outcome) -> impl IntoView {
    let typed = asked.clone();
    let (above, wall) = match outcome {
        Outcome::Nothing(tags) if tags.is_empty() => {
            (view! { <Remark>"Pictures are found by their title, description and tags."</Remark> }.into_any(), None)
        }
        Outcome::Nothing(tags) => (view! { <TagLinks tags=tags/> }.into_any(), None),
        Outcome::Refused(problem) => {
            answer(StatusCode::UNPROCESSABLE_ENTITY);
            (view! { <Notice says=Some(problem)/> }.into_any(), None)
        }
        Outcome::Found(page) => (().into_any(), Some(view! { <Found asked=asked.clone() page=page/> })),
    };
    view! {
        <PageTitle parts=vec![asked, "Search".to_owned()]/>
        <div class="grid gap-6">
            <Frame>
                <Heading text="Search"/>
                <SearchBox action="/search" label="Words of the pictures" value=typed longest=LONGEST/>
                {above}
            </Frame>
            {wall}
        </div>
    }
}

#[component]
fn Found(asked: String, page: PicturePage) -> impl IntoView {
    let PicturePage { pictures, next_cursor } = page;
    let older = next_cursor.map(|cursor| with_query("/search", &[("q", &asked), ("before", &cursor)]));
    let empty = format!("Nothing was found for “{asked}”. Try fewer words, or the beginning of one.");
    view! { <PictureWall pictures=pictures older=older empty=empty/> }
}
