//! A gallery in a list: its cover, composed of up to three pictures, its name and how many there are.

use super::{Glyph, Icon, PictureImage, counted};
use leptos::prelude::*;
use model::{Gallery, Thumb};

/// The large picture, and the small ones beside it, as classes of a grid three wide and two high.
fn places(count: usize) -> &'static [&'static str] {
    match count {
        0 => &[],
        1 => &["relative col-span-3 row-span-2"],
        2 => &["relative col-span-2 row-span-2", "relative row-span-2"],
        _ => &["relative col-span-2 row-span-2", "relative", "relative"],
    }
}

#[component]
fn Cover(covers: Vec<Thumb>) -> impl IntoView {
    let places = places(covers.len());
    let empty = covers.is_empty();
    let pictures = covers
        .into_iter()
        .zip(places)
        .enumerate()
        .map(|(at, (thumb, &class))| {
            let sizes = if at == 0 { "(min-width: 64rem) 420px, 66vw" } else { "(min-width: 64rem) 210px, 33vw" };
            view! {
                <div class=class>
                    <PictureImage thumb=thumb sizes=sizes decorative=true/>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="grid aspect-3/2 grid-cols-3 grid-rows-2 gap-1 overflow-hidden rounded-picture transition-opacity group-hover:opacity-90">
            {pictures}
            {empty.then(|| view! { <div class="col-span-3 row-span-2 bg-tint"></div> })}
        </div>
    }
}

/// A gallery that leads to its page, or to another that is given.
#[component]
pub fn GalleryCard(
    /// The gallery and its covers.
    card: model::GalleryCard,
    /// Where it leads instead of to its own page.
    #[prop(default = None)]
    href: Option<String>,
) -> impl IntoView {
    let model::GalleryCard { gallery, covers } = card;
    let Gallery { slug, name, count, is_public, .. } = gallery;
    let href = href.unwrap_or_else(|| format!("/gallery/{slug}"));
    let lock = (!is_public).then(|| {
        view! {
            <Icon glyph=Glyph::Lock/>
            <span class="sr-only">"Private: "</span>
        }
    });
    view! {
        <li>
            <a href=href class="group grid gap-2">
                <Cover covers=covers/>
                <h3 class="flex items-center gap-2 text-lg font-medium">{lock} <span>{name}</span></h3>
                <p class="text-sm text-muted">{counted(count, "picture")}</p>
            </a>
        </li>
    }
}

/// Galleries side by side.
#[component]
pub fn GalleryCards(
    /// One [`GalleryCard`] each.
    children: Children,
) -> impl IntoView {
    view! {
        <ul role="list" class="grid gap-x-6 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
            {children()}
        </ul>
    }
}
