//! What to make of a picture.

use crate::Output;
use serde::{Deserialize, Serialize};

/// How a picture fits into a width and a height that are both given. With one of them, or none, every way is `Inside`.
/// Nothing is ever enlarged: a box that the picture does not fill shrinks and keeps its shape.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fit {
    /// Whole, neither wider nor higher than the box; the result is as large as the picture then is.
    #[default]
    Inside,
    /// Fills the box; what stands over is cut off.
    Cover,
    /// Whole, in a result as large as the box. The rest is transparent, or white where the format knows no
    /// transparency.
    Contain,
}

/// The part of the picture that stays when it is cropped, and the place it has in a box that it does not fill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gravity {
    /// The middle.
    #[default]
    Centre,
    /// The middle of the upper edge.
    North,
    /// The upper right corner.
    NorthEast,
    /// The middle of the right edge.
    East,
    /// The lower right corner.
    SouthEast,
    /// The middle of the lower edge.
    South,
    /// The lower left corner.
    SouthWest,
    /// The middle of the left edge.
    West,
    /// The upper left corner.
    NorthWest,
}

/// What to make of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Recipe {
    /// The most pixels across the upright picture. Without it, the height decides.
    pub width: Option<u32>,
    /// The most pixels down the upright picture. Without it, the width decides; without both, it keeps its size.
    pub height: Option<u32>,
    /// How it fits into both.
    pub fit: Fit,
    /// What stays when it is cropped, and where it stands when it does not fill the box.
    pub gravity: Gravity,
    /// 1 (small) to 100 (faithful); if absent, what looks alike in all formats. PNG and GIF know none.
    pub quality: Option<u8>,
    /// The format to write.
    pub output: Output,
    /// Whether a moving picture goes on moving, if the format can. Otherwise it is the first frame.
    pub moving: bool,
}
