//! The same picture, smaller or cropped, upright and without its metadata.

mod moving;

use crate::colour::{Colour, to_srgb};
use crate::container::jpeg_segments;
use crate::decode::{self, Decoded, baseline};
use crate::encode::{encode, encode_planes};
use crate::geometry::Layout;
use crate::{Format, Limits, Probe, Recipe, Refusal, probe};
use serde::{Deserialize, Serialize};

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
    let colour = Colour::of_profile(jpeg_segments::profile(bytes));
    let planes = layout.draw_planes(&baseline::decode(bytes, target)?, probe.orientation)?;
    match colour {
        Colour::Srgb => encode_planes(&planes, recipe.output, recipe.quality).ok(),
        colour => encode(to_srgb(planes.pixels()?, &colour), recipe.output, recipe.quality).ok(),
    }
}
