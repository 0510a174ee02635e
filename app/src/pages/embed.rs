//! `/embed`: random pictures at work, and what to paste for them.

use super::{
    head::{PageTitle, Preview},
    refusal::Refusal,
    snippets,
};
use crate::{
    components::{EmptyState, Frame, Heading, Prose, Section, SnippetList, TextLink, Width, counted},
    islands::CopyButtons,
    rpc::Caller,
};
use domain::{Library, Result, Topic};
use leptos::prelude::*;
use model::{Among, RandomSource, Shape};

/// What it shows beside what stands on every page: how many pictures there are. `None` for queries, which it does not
/// read.
pub(super) fn shows(query: Option<&str>) -> Option<Vec<Topic>> {
    query.is_none().then(|| vec![Topic::Galleries])
}

/// Random pictures for other pages.
#[component]
pub(super) fn EmbedPage() -> impl IntoView {
    let library = expect_context::<Library>();
    Suspend::new(async move {
        match counts(&library).await {
            Ok(counts) => view! { <Embed counts=counts/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

/// How many public pictures there are of each shape.
async fn counts(library: &Library) -> Result<Vec<(Shape, u64)>> {
    let mut counts = Vec::new();
    for shape in Shape::ALL {
        let source = RandomSource { shape: Some(shape), among: Among::All };
        counts.push((shape, library.count_random(&source).await?));
    }
    Ok(counts)
}

#[component]
fn Embed(counts: Vec<(Shape, u64)>) -> impl IntoView {
    let site = expect_context::<Caller>().origin;
    let is_empty = counts.iter().all(|(_, count)| *count == 0);
    let nothing = is_empty.then(|| {
        view! { <EmptyState says="There is no public picture yet. The addresses below will show one once there is."/> }
    });
    let shapes = counts
        .into_iter()
        .filter(|(_, count)| *count > 0 || is_empty)
        .map(|(shape, count)| {
            view! { <OfShape shape=shape count=count snippets=snippets::of_random(&site, shape)/> }
        })
        .collect_view();
    let description = "A picture chosen at random, another one each time, for any page.";
    view! {
        <PageTitle parts=vec!["Pictures for your pages".to_owned()]/>
        <Preview title="Pictures for your pages".to_owned() description=description.to_owned() picture=None/>
        <Frame width=Width::Settings>
            <div class="grid gap-4">
                <Heading text="Pictures for your pages"/>
                <Prose text="Each of these addresses shows a public picture of this site, chosen at random: another one whenever it is loaded. Put it where the address of a picture goes. On a page with several, write `?1`, `?2` behind it, or the browser loads one for all."/>
                <Prose text="`?w=640` asks for fewer pixels, `?gallery=` and `?tag=` choose from a part, `?json=1` tells a program of the picture."/>
                <p>
                    "A single picture has its links on its own page; what programs can do stands "
                    <TextLink href="/developers">"for developers"</TextLink> "."
                </p>
            </div>
            {nothing}
            <CopyButtons>{shapes}</CopyButtons>
        </Frame>
    }
}

/// The pictures of a shape, as other pages show them.
#[component]
fn OfShape(shape: Shape, count: u64, snippets: Vec<(&'static str, String)>) -> impl IntoView {
    let (title, around, width) = match shape {
        Shape::Landscape => ("Landscape", "relative aspect-3/2 w-full overflow-hidden rounded-picture bg-tint", 1280),
        Shape::Portrait => {
            ("Portrait", "relative aspect-2/3 w-full max-w-form overflow-hidden rounded-picture bg-tint", 640)
        }
        Shape::Square => {
            ("Square", "relative aspect-square w-full max-w-form overflow-hidden rounded-picture bg-tint", 640)
        }
    };
    let picture = (count > 0).then(|| {
        let src = format!("/random/{}?w={width}", shape.word());
        view! {
            <div class=around>
                <img src=src alt="A picture of this site, chosen at random" loading="lazy" class="fills"/>
            </div>
        }
    });
    view! {
        <Section title=title>
            {picture}
            <p class="text-sm text-muted">{format!("{} to choose from", counted(count, "picture"))}</p>
            <SnippetList snippets=snippets/>
        </Section>
    }
}
