//! What a picture is written as.

use serde::{Deserialize, Serialize};

/// The format of a rendered picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Output {
    /// For clients that take nothing else. Transparent pixels are drawn on white.
    Jpeg,
    /// Exact, so it knows no quality. For transparency where nothing smaller is taken.
    Png,
    /// Smaller than JPEG, keeps transparency, and can move.
    WebP,
    /// The smallest and the slowest to make. Keeps transparency.
    Avif,
    /// For moving pictures where WebP is not taken. 256 colours a frame; it knows no quality.
    Gif,
}

impl Output {
    /// Its media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Avif => "image/avif",
            Self::Gif => "image/gif",
        }
    }

    /// Whether transparent pixels stay transparent. Those of a GIF are so wholly or not at all.
    pub fn has_alpha(self) -> bool {
        self != Self::Jpeg
    }

    /// Whether a moving picture can go on moving in it.
    pub fn moves(self) -> bool {
        matches!(self, Self::WebP | Self::Gif)
    }

    /// The longest side that the format or its encoder can write, in pixels.
    pub(crate) fn longest_side(self) -> u32 {
        match self {
            Self::WebP | Self::Avif => 16_383,
            Self::Jpeg | Self::Png | Self::Gif => 65_500,
        }
    }

    /// The quality unless another is asked for: about the same look in every format.
    fn default_quality(self) -> u8 {
        match self {
            Self::Jpeg | Self::WebP => 78,
            Self::Avif => 62,
            // Exact, or bound by its colours: as good as it gets.
            Self::Png | Self::Gif => 100,
        }
    }

    /// A quality out of range means the nearest one in it, 1 to 100.
    pub(crate) fn quality(self, asked: Option<u8>) -> u8 {
        asked.unwrap_or_else(|| self.default_quality()).clamp(1, 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn qualities_out_of_range_mean_the_nearest_in_it() {
        assert_eq!(Output::Jpeg.quality(Some(0)), 1);
        assert_eq!(Output::Jpeg.quality(Some(255)), 100);
        assert_eq!(Output::WebP.quality(None), 78);
    }
}
