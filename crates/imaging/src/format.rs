//! The kinds of pictures that are taken.

use serde::{Deserialize, Serialize};

/// What is taken, for sentences.
pub const TAKEN: &str = "JPEG, PNG, WebP, AVIF, GIF, HEIC, JPEG XL, TIFF, BMP and SVG";

/// A picture format that is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// JPEG, lossy, 8 bits a channel.
    Jpeg,
    /// PNG, still or moving.
    Png,
    /// WebP, lossy or lossless, still or moving.
    WebP,
    /// GIF, still or moving.
    Gif,
    /// AVIF; of a sequence, the first picture.
    Avif,
    /// HEIC, what telephones write.
    Heic,
    /// JPEG XL; of an animation, the first frame.
    Jxl,
    /// TIFF; of several pages, the first.
    Tiff,
    /// BMP, as Windows writes it.
    Bmp,
    /// SVG, drawn as pixels.
    Svg,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Jpeg,
        Self::Png,
        Self::WebP,
        Self::Avif,
        Self::Gif,
        Self::Heic,
        Self::Jxl,
        Self::Tiff,
        Self::Bmp,
        Self::Svg,
    ];

    /// Its media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Avif => "image/avif",
            Self::Heic => "image/heic",
            Self::Jxl => "image/jxl",
            Self::Tiff => "image/tiff",
            Self::Bmp => "image/bmp",
            Self::Svg => "image/svg+xml",
        }
    }

    /// The usual file name ending, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
            Self::Avif => "avif",
            Self::Heic => "heic",
            Self::Jxl => "jxl",
            Self::Tiff => "tif",
            Self::Bmp => "bmp",
            Self::Svg => "svg",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_format_has_names_of_its_own_and_is_told_of() {
        let types = HashSet::from(Format::ALL.map(Format::content_type));
        let endings = HashSet::from(Format::ALL.map(Format::extension));
        assert_eq!((types.len(), endings.len()), (Format::ALL.len(), Format::ALL.len()));
        assert_eq!(TAKEN.split([',', ' ']).filter(|word| word.chars().any(char::is_uppercase)).count(), 11);
    }
}
