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
    let size = format!("{width} × {}", height_at(&thumb, width));
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

/// How high it is then.
fn height_at(thumb: &Thumb, width: u32) -> u64 {
    let (of, height) = (u64::from(thumb.width.max(1)), u64::from(thumb.height));
    (height * u64::from(width) + of / 2) / of
}

/// What a copy is called, without its ending: the picture's title, or its id.
fn file_name(thumb: &Thumb) -> &str {
    if thumb.title.is_empty() { thumb.id.as_str() } else { &thumb.title }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ImageId;

    fn thumb(width: u32, height: u32) -> Thumb {
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
    fn a_copy_has_the_shape_of_the_picture() {
        assert_eq!(height_at(&thumb(1200, 800), 640), 427);
        assert_eq!(height_at(&thumb(800, 1200), 640), 960);
        assert_eq!(height_at(&thumb(4000, 1), 640), 0);
    }

    #[test]
    fn every_width_offered_is_one_that_anyone_may_ask_for() {
        for (width, _) in WIDTHS {
            assert!(Variant::of_width(width).is_free(), "{width}");
        }
    }
}
