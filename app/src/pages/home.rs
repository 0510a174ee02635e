//! `/`: one wide picture, then galleries.

use super::{
    head::{FeedLinks, PageTitle, Preview},
    refusal::Refusal,
    request::{is_pagination, page_number},
};
use crate::components::{
    ButtonLink, EmptyState, Frame, GalleryCard, GalleryCards, Kind, Pagination, PictureImage, Section,
};
use domain::{Error, Library, Topic, Viewer};
use leptos::prelude::*;
use model::{GalleryList, RegistrationMode, Thumb};

/// How many galleries a page shows.
const GALLERIES: u64 = 24;

/// How many of them search results and link previews name.
const NAMED: usize = 3;

/// What it shows; `None` for queries that no link has.
pub(super) fn shows(query: Option<&str>) -> Option<Vec<Topic>> {
    is_pagination(query).then(|| vec![Topic::Galleries])
}

/// The first page.
#[component]
pub(super) fn HomePage() -> impl IntoView {
    let library = expect_context::<Library>();
    let page = page_number();
    Suspend::new(async move {
        match library.public_galleries(page, GALLERIES).await {
            Ok(list) if list.galleries.is_empty() && page > 1 => view! { <Refusal error=Error::NotFound/> }.into_any(),
            Ok(list) if list.galleries.is_empty() => view! { <Invitation/> }.into_any(),
            Ok(list) => view! { <Galleries list=list page=page/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

#[component]
fn Galleries(list: GalleryList, page: u64) -> impl IntoView {
    let title = expect_context::<Library>().settings().title.clone();
    let GalleryList { galleries, total_pages } = list;
    let names: Vec<_> = galleries.iter().take(NAMED).map(|card| card.gallery.name.as_str()).collect();
    let description = description(&title, &names);
    let newest = galleries.first().filter(|_| page == 1);
    let hero = newest.and_then(|card| Some((card.covers.first()?.clone(), card.gallery.slug.clone())));
    let picture = hero.as_ref().map(|(picture, _)| picture.clone());
    let cards = galleries.into_iter().map(|card| view! { <GalleryCard card=card/> }).collect_view();
    view! {
        <PageTitle parts=vec![]/>
        <Preview title=title.clone() description=description picture=picture/>
        <FeedLinks path=String::new()/>
        <h1 class="sr-only">{title}</h1>
        {hero.map(|(picture, slug)| view! { <Hero picture=picture slug=slug/> })}
        <Frame>
            <Section title="Galleries">
                <GalleryCards>{cards}</GalleryCards>
                <Pagination path="/" page=page total_pages=total_pages/>
            </Section>
        </Frame>
    }
}

/// One picture of the newest gallery, from edge to edge.
#[component]
fn Hero(picture: Thumb, slug: String) -> impl IntoView {
    view! {
        <a
            href=format!("/gallery/{slug}")
            class="ringed relative mb-16 block h-[min(70svh,56vw)] min-h-60 overflow-hidden"
        >
            <PictureImage thumb=picture sizes="100vw" first=true/>
        </a>
    }
}

/// What an instance says that shows nothing yet.
#[component]
fn Invitation() -> impl IntoView {
    let settings = expect_context::<Library>().settings();
    let member = expect_context::<Viewer>().member().is_some();
    let open = settings.registration == RegistrationMode::Open;
    view! {
        <PageTitle parts=vec![]/>
        <Preview title=settings.title.clone() description=description(&settings.title, &[]) picture=None/>
        <Frame>
            <h1 class="sr-only">{settings.title.clone()}</h1>
            <EmptyState says="The walls are still bare. The first public gallery will hang here.">
                {if member {
                    view! { <ButtonLink href="/upload">"Upload pictures"</ButtonLink> }.into_any()
                } else {
                    view! {
                        <ButtonLink href="/login">"Sign in"</ButtonLink>
                        {open
                            .then(|| {
                                view! {
                                    <ButtonLink href="/register" kind=Kind::Quiet>
                                        "Create account"
                                    </ButtonLink>
                                }
                            })}
                    }
                        .into_any()
                }}
            </EmptyState>
        </Frame>
    }
}

/// What search results and link previews say of the site: its name, and the galleries that stand first.
fn description(title: &str, galleries: &[&str]) -> String {
    match galleries {
        [] => format!("{title} shows pictures. The first public gallery will hang here."),
        names => format!("{title} shows pictures: {}.", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_says_of_itself_what_there_is() {
        assert_eq!(description("图库", &["Winter sea", "Hills"]), "图库 shows pictures: Winter sea, Hills.");
        assert_eq!(description("Tuku", &["Sea"]), "Tuku shows pictures: Sea.");
        assert!(description("Tuku", &[]).starts_with("Tuku shows pictures. "));
    }
}
