//! Variants: the sizes, shapes and formats a picture is served in, and the addresses that name them.

use crate::ImageId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The widths anyone may ask for, in pixels. Other sizes would let a stranger fill the cache by counting up.
pub const WIDTHS: [u32; 9] = [160, 320, 480, 640, 800, 960, 1280, 1920, 2560];

/// The qualities anyone may ask for, for the same reason.
pub const QUALITIES: [u8; 6] = [50, 65, 75, 80, 85, 90];

/// The width of `src` where a browser ignores `srcset`, and of a variant that names no side.
pub const DEFAULT_WIDTH: u32 = 960;

/// Where a picture is served at a width: `/images/view/{id}/width=640`. The version makes the address new when
/// the picture's bytes change, so that what it answers may be kept for ever.
pub fn variant_path(id: &ImageId, version: u32, width: u32) -> String {
    Variant::of_width(width).path(id, version, None)
}

/// How a picture meets two sides that have another shape than it has. With one side all are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Fit {
    /// Whole, within both sides.
    #[default]
    Inside,
    /// Fills both sides; what sticks out is cut off.
    Cover,
    /// Whole, with room around it up to both sides.
    Contain,
}

impl Fit {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Inside, Self::Cover, Self::Contain];

    /// As addresses write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Cover => "cover",
            Self::Contain => "contain",
        }
    }
}

/// Which part stays when a picture is cut, and where it stands when there is room around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Gravity {
    /// The middle.
    #[default]
    Centre,
    /// The top.
    North,
    /// The corner at the top right.
    NorthEast,
    /// The right.
    East,
    /// The corner at the bottom right.
    SouthEast,
    /// The bottom.
    South,
    /// The corner at the bottom left.
    SouthWest,
    /// The left.
    West,
    /// The corner at the top left.
    NorthWest,
}

impl Gravity {
    /// All there are.
    pub const ALL: [Self; 9] = [
        Self::Centre,
        Self::North,
        Self::NorthEast,
        Self::East,
        Self::SouthEast,
        Self::South,
        Self::SouthWest,
        Self::West,
        Self::NorthWest,
    ];

    /// As addresses write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Centre => "centre",
            Self::North => "north",
            Self::NorthEast => "north-east",
            Self::East => "east",
            Self::SouthEast => "south-east",
            Self::South => "south",
            Self::SouthWest => "south-west",
            Self::West => "west",
            Self::NorthWest => "north-west",
        }
    }
}

/// What a variant is encoded as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PictureFormat {
    /// The smallest; slow to make.
    Avif,
    /// Small; may move.
    WebP,
    /// Every program shows it; nothing shines through it.
    Jpeg,
    /// Without loss.
    Png,
    /// May move; 256 colours.
    Gif,
}

impl PictureFormat {
    /// All there are.
    pub const ALL: [Self; 5] = [Self::Avif, Self::WebP, Self::Jpeg, Self::Png, Self::Gif];

    /// The one of a word or of a file's ending: `jpg` as well.
    pub fn named(word: &str) -> Option<Self> {
        let word = if word == "jpg" { Self::Jpeg.word() } else { word };
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// As addresses write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Avif => "avif",
            Self::WebP => "webp",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Gif => "gif",
        }
    }
}

/// A size and shape with a name: anyone may ask for it. Always cut to fill both sides, keeping the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// As addresses write it.
    pub name: &'static str,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// What it is encoded as where the address does not say; `None`: what the browser takes.
    pub format: Option<PictureFormat>,
}

/// The presets there are.
pub const PRESETS: [Preset; 6] = [
    Preset { name: "thumb", width: 320, height: 320, format: None },
    Preset { name: "square", width: 640, height: 640, format: None },
    Preset { name: "card", width: 640, height: 480, format: None },
    Preset { name: "wide", width: 1280, height: 720, format: None },
    Preset { name: "social", width: 1200, height: 630, format: Some(PictureFormat::Jpeg) },
    Preset { name: "icon", width: 96, height: 96, format: None },
];

/// Pixels of the screen to a pixel of the page, kept in halves: 3 is 1.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dpr(pub(crate) u32);

impl Dpr {
    pub(crate) const ONE: Self = Self(2);
    /// Those a preset takes.
    pub(crate) const OF_PRESETS: [Self; 3] = [Self(2), Self(3), Self(4)];
    /// Those a width of the ladder is rounded up to the next rung with.
    pub(crate) const OF_LADDER: [Self; 4] = [Self(2), Self(3), Self(4), Self(6)];
    pub(crate) const ALL: [Self; 5] = [Self(2), Self(3), Self(4), Self(6), Self(8)];

    /// A side on such a screen, rounded up.
    pub(crate) fn times(self, side: u32) -> u32 {
        side.saturating_mul(self.0).div_ceil(2)
    }
}

/// What may be asked of `/images/view/{id}/{options}`, with the screen's pixels multiplied in.
///
/// At least one side is named: [`VariantRequest::parse`](crate::VariantRequest::parse) gives a request without
/// any [`DEFAULT_WIDTH`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    /// Pixels, 1 to 8192; never more than the original has.
    pub width: Option<u32>,
    /// Pixels, 1 to 8192; never more than the original has.
    pub height: Option<u32>,
    /// `Inside` if only one side is named.
    pub fit: Fit,
    /// `Centre` if the picture stays whole without room around it.
    pub gravity: Gravity,
    /// 1 to 100; `None` takes what suits the format.
    pub quality: Option<u8>,
    /// `None`: the best the browser takes.
    pub format: Option<PictureFormat>,
    /// Whether only the first frame of a moving picture is wanted.
    pub still: bool,
}

impl Variant {
    /// A rung of the ladder in the format the browser likes best.
    pub fn of_width(width: u32) -> Self {
        Self {
            width: Some(width),
            height: None,
            fit: Fit::Inside,
            gravity: Gravity::Centre,
            quality: None,
            format: None,
            still: false,
        }
    }

    /// Whether anyone may ask for it without a signature: on the ladder or a preset.
    pub fn is_free(&self) -> bool {
        self.has_free_quality() && self.has_free_size()
    }

    /// Whether the quality is on its ladder, or none is named.
    pub(crate) fn has_free_quality(&self) -> bool {
        self.quality.is_none_or(|quality| QUALITIES.contains(&quality))
    }

    /// Whether size and shape are on the ladder or those of a preset.
    pub(crate) fn has_free_size(&self) -> bool {
        match (self.width, self.height) {
            (Some(width), None) => WIDTHS.contains(&width),
            (Some(width), Some(height)) => {
                self.fit == Fit::Cover
                    && self.gravity == Gravity::Centre
                    && PRESETS.iter().any(|preset| {
                        Dpr::OF_PRESETS
                            .iter()
                            .any(|dpr| (dpr.times(preset.width), dpr.times(preset.height)) == (width, height))
                    })
            }
            _ => false,
        }
    }

    /// Without what makes no difference: a fit with one side, a gravity with nothing to place.
    #[must_use]
    pub(crate) fn settled(mut self) -> Self {
        if self.width.is_none() || self.height.is_none() {
            self.fit = Fit::Inside;
        }
        if self.fit == Fit::Inside {
            self.gravity = Gravity::Centre;
        }
        self
    }

    /// One text for one variant, in the form options have in addresses: what is signed, and a part of entity tags
    /// and of cache keys.
    pub fn canonical(&self) -> String {
        let mut text = String::with_capacity(64);
        self.write_canonical(&mut text);
        text
    }

    /// Where it is served: its canonical options, the picture's version and, where one is needed, the signature.
    pub fn path(&self, id: &ImageId, version: u32, signature: Option<&str>) -> String {
        let mut text = String::with_capacity(96);
        self.write_path(&mut text, id, version);
        if let Some(signature) = signature {
            text.push_str(",s=");
            text.push_str(signature);
        }
        text
    }

    /// The same without signature, at the end of a text: a page has hundreds.
    pub(crate) fn write_path(&self, text: &mut String, id: &ImageId, version: u32) {
        text.push_str("/images/view/");
        text.push_str(id.as_str());
        text.push('/');
        self.write_canonical(text);
        text.push_str(",v=");
        text.push_str(itoa::Buffer::new().format(version));
    }

    fn write_canonical(&self, text: &mut String) {
        let variant = self.settled();
        let start = text.len();
        let mut option = |name: &str, value: &str| {
            if text.len() > start {
                text.push(',');
            }
            text.push_str(name);
            text.push('=');
            text.push_str(value);
        };
        let mut digits = itoa::Buffer::new();
        if let Some(width) = variant.width {
            option("width", digits.format(width));
        }
        if let Some(height) = variant.height {
            option("height", digits.format(height));
        }
        if variant.fit != Fit::Inside {
            option("fit", variant.fit.word());
        }
        if variant.gravity != Gravity::Centre {
            option("gravity", variant.gravity.word());
        }
        if let Some(quality) = variant.quality {
            option("quality", digits.format(quality));
        }
        if let Some(format) = variant.format {
            option("format", format.word());
        }
        if variant.still {
            option("still", "1");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_and_the_presets_are_free_and_nothing_else() {
        let free = Variant::of_width(640);
        assert!(free.is_free());
        assert!(Variant { quality: Some(80), format: Some(PictureFormat::Png), still: true, ..free }.is_free());
        let thumb = Variant { width: Some(320), height: Some(320), fit: Fit::Cover, ..free };
        assert!(thumb.is_free());
        assert!(Variant { width: Some(640), height: Some(640), ..thumb }.is_free(), "twice the pixels");
        for closed in [
            Variant::of_width(641),
            Variant { quality: Some(81), ..free },
            Variant { height: Some(640), ..free },
            Variant { width: None, height: Some(640), ..free },
            Variant { gravity: Gravity::North, ..thumb },
            Variant { fit: Fit::Contain, ..thumb },
            Variant { width: Some(321), ..thumb },
        ] {
            assert!(!closed.is_free(), "{closed:?}");
        }
    }

    #[test]
    fn one_variant_has_one_text() {
        let plain = Variant::of_width(640);
        assert_eq!(plain.canonical(), "width=640");
        assert_eq!(Variant { fit: Fit::Cover, gravity: Gravity::South, ..plain }.canonical(), "width=640");
        let full = Variant {
            height: Some(200),
            fit: Fit::Cover,
            gravity: Gravity::NorthEast,
            quality: Some(7),
            format: Some(PictureFormat::WebP),
            still: true,
            ..plain
        };
        let text = "width=640,height=200,fit=cover,gravity=north-east,quality=7,format=webp,still=1";
        assert_eq!(full.canonical(), text);
        let id = ImageId::parse("abc").unwrap();
        assert_eq!(full.path(&id, 3, Some("xyz")), format!("/images/view/abc/{text},v=3,s=xyz"));
        assert_eq!(plain.path(&id, 3, None), variant_path(&id, 3, 640));
    }

    #[test]
    fn words_are_as_serde_writes_them() {
        for gravity in Gravity::ALL {
            assert_eq!(serde_json::to_value(gravity).unwrap(), gravity.word());
        }
        for fit in Fit::ALL {
            assert_eq!(serde_json::to_value(fit).unwrap(), fit.word());
        }
        for format in PictureFormat::ALL {
            assert_eq!(serde_json::to_value(format).unwrap(), format.word());
        }
    }
}
