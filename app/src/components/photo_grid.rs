//! Pictures side by side in rows of one height, edge to edge.
//!
//! The style sheet lays the rows out from two classes of each picture: `ar-150`, its width divided by its height
//! in hundredths, and `share-60`, the part of a row it takes on a phone, where two share one.

use super::{Glyph, Icon, PictureImage, picture::ratio};
use leptos::prelude::*;
use model::{GalleryId, ImageId, Thumb};

/// How many pictures are fetched at once because they are seen first.
const SEEN_FIRST: usize = 6;

/// What each picture takes of its row on a phone, in percent: two by two, so that both become equally high. One
/// left over takes a whole row, or half of it when it is upright.
fn shares(pictures: &[Thumb]) -> Vec<u32> {
    let mut shares = Vec::with_capacity(pictures.len());
    for row in pictures.chunks(2) {
        match row {
            [left, right] => {
                let (left, right) = (ratio(left), ratio(right));
                let share = (left * 100 / (left + right)).clamp(20, 80);
                shares.extend([share, 100 - share]);
            }
            [only] if ratio(only) < 120 => shares.push(50),
            _ => shares.push(100),
        }
    }
    shares
}

/// A picture's place in the rows.
struct Place {
    class: String,
    /// How wide it will be, for `sizes`.
    sizes: String,
    /// The most pixels of a screen that it is wide: three for each of CSS, and a phone has no more of those than 480.
    widest: u32,
}

impl Place {
    fn of(thumb: &Thumb, share: u32) -> Self {
        let ratio = ratio(thumb);
        let wide = ratio * 280 / 100;
        Self {
            class: format!("ar-{ratio} share-{share}"),
            sizes: format!("(min-width: 40rem) {wide}px, {share}vw"),
            widest: 3 * wide.max(480 * share / 100),
        }
    }
}

/// Pictures that lead to their pages.
#[component]
pub fn PhotoGrid(
    /// In this order.
    pictures: Vec<Thumb>,
) -> impl IntoView {
    let shares = shares(&pictures);
    let places = pictures
        .into_iter()
        .zip(shares)
        .enumerate()
        .map(|(at, (thumb, share))| {
            let Place { class, sizes, widest } = Place::of(&thumb, share);
            let href = format!("/photos/{}", thumb.id);
            let first = at < SEEN_FIRST;
            let caption = (!thumb.title.is_empty()).then(|| thumb.title.clone());
            view! {
                <li class=class>
                    <a href=href>
                        <PictureImage thumb=thumb sizes=sizes widest=widest first=first/>
                        {caption
                            .map(|caption| view! { <span aria-hidden="true">{caption}</span> })}
                    </a>
                </li>
            }
        })
        .collect_view()
        .to_html();
    // As one text: of a tree that waits for nothing, a page still makes a text for each element, and copies it.
    view! { <ul role="list" class="wall" inner_html=places></ul> }
}

/// How the pictures to tick may be moved about, by the island around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movable {
    /// The gallery they hang in.
    pub gallery: GalleryId,
    /// How many it has.
    pub count: u64,
    /// Those on the pages before, in their order.
    pub earlier: Vec<ImageId>,
}

/// Pictures to tick, in a form. Each ticked one is sent as `imageIds[]`.
#[component]
pub fn PictureChoices(
    /// In this order.
    pictures: Vec<Thumb>,
    /// How they may be moved, if they may.
    #[prop(default = None)]
    movable: Option<Movable>,
) -> impl IntoView {
    let moves = movable.is_some();
    let choices = pictures.into_iter().map(|thumb| view! { <PictureChoice thumb=thumb moves=moves/> }).collect_view();
    let earlier = movable.as_ref().map(|Movable { earlier, .. }| {
        let ids: Vec<_> = earlier.iter().map(ImageId::as_str).collect();
        ids.join(" ")
    });
    let (gallery, count) = movable.map(|movable| (movable.gallery.to_string(), movable.count.to_string())).unzip();
    view! {
        <ul
            role="list"
            data-order-of=gallery
            data-count=count
            data-earlier=earlier
            class="grid grid-cols-3 gap-2 sm:grid-cols-[repeat(auto-fill,minmax(9rem,1fr))]"
        >
            {choices}
        </ul>
    }
}

#[component]
fn PictureChoice(thumb: Thumb, moves: bool) -> impl IntoView {
    let (id, value) = (thumb.id.to_string(), thumb.id.to_string());
    let label = thumb.alt().to_owned();
    let buttons = moves.then(|| view! { <MoveButtons of=label.clone()/> });
    view! {
        <li data-picture-id=id class="data-dragged:opacity-40">
            <label class="relative block aspect-square cursor-pointer overflow-hidden rounded-picture has-checked:outline-2 has-checked:outline-offset-2 has-checked:outline-accent">
                <PictureImage thumb=thumb sizes="(min-width: 40rem) 160px, 33vw" decorative=true/>
                <input
                    type="checkbox"
                    name="imageIds[]"
                    value=value
                    aria-label=label
                    class="absolute top-2 left-2 size-6 accent-accent outline-offset-2 focus-visible:bg-paper"
                />
            </label>
            {buttons}
        </li>
    }
}

/// Buttons to move a picture by one. There is nothing to press where scripts do not run.
#[component]
fn MoveButtons(of: String) -> impl IntoView {
    let button = |way: &'static str, glyph: Glyph| {
        view! {
            <button
                type="button"
                data-move=way
                aria-label=format!("Move {of} {way}")
                class="inline-flex size-11 cursor-pointer items-center justify-center rounded-control transition-colors hover:bg-tint"
            >
                <Icon glyph=glyph/>
            </button>
        }
    };
    view! {
        <div class="flex justify-between noscript:hidden">
            {button("earlier", Glyph::Left)} {button("later", Glyph::Right)}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sized(width: u32, height: u32) -> Thumb {
        Thumb {
            id: ImageId::parse("a").unwrap(),
            title: String::new(),
            width,
            height,
            colour: "#808080".into(),
            version: 1,
        }
    }

    #[test]
    fn a_ratio_is_one_the_style_sheet_has() {
        let told = [(3, 2), (2, 3), (100, 1), (1, 100), (0, 0), (1024, 1000)].map(|(w, h)| ratio(&sized(w, h)));
        assert_eq!(told, [150, 65, 400, 30, 100, 100]);
    }

    #[test]
    fn two_pictures_fill_a_row_on_a_phone() {
        let pictures = [sized(3, 2), sized(3, 2), sized(2, 1), sized(1, 2), sized(1, 1)];
        assert_eq!(shares(&pictures), [50, 50, 80, 20, 50]);
        assert_eq!(shares(&[sized(3, 2)]), [100]);
        assert_eq!(shares(&[]), [0; 0]);
    }
}
