//! A picture's file to keep, and smaller copies of it.

use crate::components::{Glyph, ITEM, Menu, MenuPlace};
use leptos::prelude::*;
use model::{PictureFormat, Thumb, Variant};

/// The widths offered beside the file itself, of those that anyone may ask for.
const WIDTHS: [(u32, &str); 4] = [(640, "Small"), (1280, "Medium"), (1920, "Large"), (2560, "Very large")];

/// The file as its owner lets others have it, and copies that every program opens. Plain links.
#[component]
pub(super) fn DownloadMenu(
    /// The picture.
    thumb: Thumb,
) -> impl IntoView {
    let copies = WIDTHS.iter().filter(|(width, _)| *width < thumb.width);
    let copies =
        copies.map(|&(width, name)| view! { <SmallerCopy thumb=thumb.clone() width=width name=name/> }).collect_view();
    let size = format!("{} × {}", thumb.width, thumb.height);
    view! {
        <Menu place=MenuPlace::Actions glyph=Glyph::Download label="Download">
            <a href=format!("/images/original/{}", thumb.id) class=ITEM>
                <span class="grow">"Original "</span>
                <span class="text-muted">{size}</span>
            </a>
            {copies}
        </Menu>
    }
}

/// A copy of this width.
#[component]
fn SmallerCopy(thumb: Thumb, width: u32, name: &'static str) -> impl IntoView {
    let variant = Variant { format: Some(PictureFormat::Jpeg), ..Variant::of_width(width) };
    let (wide, high) = thumb.sides_at(width);
    let size = format!("{wide} × {high}");
    view! {
        <a
            href=variant.path(&thumb.id, thumb.version, None)
            download=format!("{}-{width}.jpg", file_name(&thumb))
            class=ITEM
        >
            <span class="grow">{name} " "</span>
            <span class="text-muted">{size}</span>
        </a>
    }
}

/// What a copy is called, without its ending: the picture's title, or its id.
fn file_name(thumb: &Thumb) -> &str {
    if thumb.title.is_empty() { thumb.id.as_str() } else { &thumb.title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_width_offered_is_one_that_anyone_may_ask_for() {
        for (width, _) in WIDTHS {
            assert!(Variant::of_width(width).is_free(), "{width}");
        }
    }
}
