//! Pictures as the site shows them.

use crate::{DEFAULT_WIDTH, Description, ImageId, Tags, Title, Variant, WIDTHS, variant_path};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a grid needs of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Thumb {
    /// The picture.
    pub id: ImageId,
    /// May be empty.
    pub title: String,
    /// Pixels, as shown.
    pub width: u32,
    /// Pixels, as shown.
    pub height: u32,
    /// Its mean colour, `#rrggbb`: what stands in its place while it loads.
    pub colour: String,
    /// Grows when the bytes change.
    pub version: u32,
}

impl Thumb {
    /// The address of a variant of this width.
    pub fn at(&self, width: u32) -> String {
        variant_path(&self.id, self.version, width)
    }

    /// Width and height, in pixels, in which it is sent at this width: never more than it has.
    pub fn sides_at(&self, width: u32) -> (u32, u32) {
        let wide = width.min(self.width).max(1);
        let (whole, height) = (u64::from(self.width.max(1)), u64::from(self.height));
        let high = (height * u64::from(wide) + whole / 2) / whole;
        (wide, u32::try_from(high).unwrap_or(self.height).max(1))
    }

    /// The smallest rung of the ladder, at most `DEFAULT_WIDTH`, that is not narrower than it needs to be.
    pub fn src(&self) -> String {
        self.at(DEFAULT_WIDTH)
    }

    /// The rungs of the ladder for a place that shows at most so many pixels of its width: none wider than the original
    /// or than that place, but for the first that covers it.
    pub fn widths(&self, most: u32) -> &'static [u32] {
        let needed = most.min(self.width);
        let covering = WIDTHS.iter().position(|width| *width >= needed).unwrap_or(WIDTHS.len() - 1);
        &WIDTHS[..=covering]
    }

    /// `srcset` over the ladder, for a place that shows at most so many pixels of its width. Rungs wider than the
    /// original or than that place are left out, but for the first that covers it.
    pub fn srcset(&self, most: u32) -> String {
        let mut set = String::with_capacity(80 * WIDTHS.len());
        let mut digits = itoa::Buffer::new();
        for &width in self.widths(most) {
            if !set.is_empty() {
                set.push_str(", ");
            }
            Variant::of_width(width).write_path(&mut set, &self.id, self.version);
            set.push(' ');
            set.push_str(digits.format(width.min(self.width)));
            set.push('w');
        }
        set
    }

    /// Text in place of the picture: its title, or a plain word.
    pub fn alt(&self) -> &str {
        if self.title.is_empty() { "Untitled picture" } else { &self.title }
    }
}

/// A picture with what is known of it. `image.getMetadata` answers this.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Picture {
    /// id, title, width, height, colour, version.
    #[serde(flatten)]
    pub thumb: Thumb,
    /// May be empty.
    pub description: String,
    /// Unix seconds.
    pub upload_date: i64,
    /// In the order given.
    pub tags: Vec<String>,
    /// The owner's name.
    pub owner: String,
    /// How many members like it.
    pub likes: u64,
    /// Whether the one who asks is among them.
    pub liked: bool,
    /// Whether it is among the favourites of the one who asks; nobody else sees that.
    pub favourite: bool,
    /// How many comments it has.
    pub comments: u64,
    /// Whether anyone may see it.
    pub is_public: bool,
    /// Whether the one who asks may change it.
    pub editable: bool,
    /// Whether the one who asks may download it.
    pub downloadable: bool,
    /// Names it in short links: `/i/{short}` leads to its page, `/i/{short}.jpg` to its bytes.
    pub short: String,
    /// What the camera wrote, without place, serial numbers and names.
    pub camera: Camera,
    /// The gallery it is shown in first, as (slug, name), if the one who asks may see one.
    pub gallery: Option<(String, String)>,
}

/// What a camera wrote into the file, as text ready to show. Never the place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Camera {
    /// Maker and model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Lens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lens: Option<String>,
    /// As `f/2.8`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aperture: Option<String>,
    /// As `1/250 s`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exposure: Option<String>,
    /// As `ISO 200`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iso: Option<String>,
    /// As `35 mm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub focal_length: Option<String>,
    /// When it was taken, `2024-05-01 12:30`, in the camera's own time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<String>,
}

/// What `image.update` changes; `None` leaves a thing as it is.
#[derive(Clone, Debug, Default)]
pub struct PictureChange {
    /// The new title.
    pub title: Option<Title>,
    /// The new description.
    pub description: Option<Description>,
    /// All the tags it has from now on.
    pub tags: Option<Tags>,
}

/// What `image.updateMany` changes.
#[derive(Clone, Debug, Default)]
pub struct TagsChange {
    /// Given to the pictures that lack them.
    pub add: Tags,
    /// Taken from the pictures that have them.
    pub remove: Tags,
}

/// `image.like` answers this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Likes {
    /// Whether the one who asks likes it now.
    pub liked: bool,
    /// How many do.
    pub likes: u64,
}

/// `image.favourite` answers this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Favourite {
    /// Whether it is a favourite of the caller’s now.
    pub favourite: bool,
}

/// One page of pictures that the one who asks may see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PicturePage {
    /// At most 60.
    pub pictures: Vec<Thumb>,
    /// Give it back as `cursor` for those that follow; absent at the end.
    pub next_cursor: Option<String>,
}

/// `image.updateMany` answers this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangedPictures {
    /// How many have other tags now than before.
    pub changed: u64,
}

/// `image.deleteMany` answers this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DeletedPictures {
    /// How many there were.
    pub deleted: u64,
}

/// `image.generateViewUrl` answers this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ViewUrl {
    /// A presigned address of the original, good for a few minutes.
    pub view_url: String,
}

/// `image.variantUrl` answers this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VariantUrl {
    /// A path of this site, good as long as the server's signing keys are.
    pub url: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thumb(width: u32) -> Thumb {
        Thumb {
            id: ImageId::parse("abc").unwrap(),
            title: String::new(),
            width,
            height: 100,
            colour: "#000000".into(),
            version: 2,
        }
    }

    #[test]
    fn a_smaller_copy_has_the_shape_of_the_picture_and_is_never_larger() {
        for (sides, width, sent) in [
            ((1200, 800), 640, (640, 427)),
            ((600, 400), 320, (320, 213)),
            ((800, 1200), 640, (640, 960)),
            ((4000, 1), 640, (640, 1)),
            ((300, 200), 640, (300, 200)),
        ] {
            let picture = Thumb { height: sides.1, ..thumb(sides.0) };
            assert_eq!(picture.sides_at(width), sent, "{sides:?}");
        }
    }

    #[test]
    fn srcset_stops_at_the_rung_that_covers_the_original() {
        assert_eq!(
            thumb(400).srcset(u32::MAX),
            "/images/view/abc/width=160,v=2 160w, /images/view/abc/width=320,v=2 320w, /images/view/abc/width=480,v=2 400w"
        );
        assert!(thumb(9000).srcset(u32::MAX).ends_with("2560w"));
        assert!(thumb(9000).srcset(1000).ends_with("1280w"));
    }
}
