//! The same picture, smaller or cropped, upright and without its metadata.

use crate::colour::{Colour, to_srgb};
use crate::decode::{self, Decoded};
use crate::encode::{Output, encode, encode_planes};
use crate::geometry::Layout;
use crate::{Format, Limits, Probe, Refusal, baseline, moving, probe, segments};
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

/// A picture ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its width in pixels, at least 1.
    pub width: u32,
    /// Its height in pixels, at least 1.
    pub height: u32,
}

/// Width and height that [`render`] will give to a picture whose upright sides are known. Both are at least 1.
pub fn size_of(recipe: &Recipe, picture: (u32, u32)) -> (u32, u32) {
    Layout::new(recipe, picture).canvas
}

/// Draws a picture by a recipe. It is never larger than the original, keeps its proportions, and carries nothing but
/// pixels: no EXIF, no XMP, no colour profile.
pub fn render(bytes: &[u8], recipe: &Recipe, limits: &Limits) -> Result<Rendered, Refusal> {
    let probe = probe(bytes, limits)?;
    let layout = Layout::new(recipe, (probe.width, probe.height));
    let (width, height) = layout.canvas;
    // A box of its own shape may have more pixels than the picture in it.
    limits.check(width, height)?;
    if recipe.moving && recipe.output.moves() && probe.frames > 1 {
        let quality = recipe.output.quality(recipe.quality);
        if let Some(bytes) = moving::render(bytes, &probe, &layout, recipe.output, quality, limits)? {
            return Ok(Rendered { bytes, width, height });
        }
    }
    let target = layout.whole(probe.orientation);
    if let Some(bytes) = ordinary(bytes, &probe, &layout, target, recipe) {
        return Ok(Rendered { bytes, width, height });
    }
    let Decoded { pixels, colour } = decode::decode(probe.format, bytes, target, limits)?;
    let drawn = layout.draw(pixels, &colour, probe.orientation, recipe.output)?;
    let bytes = encode(drawn, recipe.output, recipe.quality)?;
    Ok(Rendered { bytes, width, height })
}

/// The short way for most photographs: brightness and colour are never put together. Nothing if this is not such a
/// file, or anything went wrong; then the long way tells what.
fn ordinary(bytes: &[u8], probe: &Probe, layout: &Layout, target: (u32, u32), recipe: &Recipe) -> Option<Vec<u8>> {
    if probe.format != Format::Jpeg {
        return None;
    }
    let colour = Colour::of_profile(segments::profile(bytes));
    let planes = layout.draw_planes(&baseline::decode(bytes, target)?, probe.orientation)?;
    match colour {
        Colour::Srgb => encode_planes(&planes, recipe.output, recipe.quality).ok(),
        colour => encode(to_srgb(planes.pixels()?, &colour), recipe.output, recipe.quality).ok(),
    }
}
