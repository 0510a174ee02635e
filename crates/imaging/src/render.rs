//! The same picture, smaller, upright and without its metadata.

use crate::encode::{Output, encode};
use crate::resize::resize;
use crate::upright::upright;
use crate::{Limits, Refusal, decode, probe};

/// The longest side that is drawn: WebP's limit.
const LONGEST_SIDE: u32 = 16_383;

/// What to make of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Recipe {
    /// The width wanted, in pixels, of the upright picture. The height follows from it.
    pub width: u32,
    /// 1 (small) to 100 (faithful); 80 if absent.
    pub quality: Option<u8>,
    /// The format to write.
    pub output: Output,
}

/// A picture ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its width in pixels: that of the recipe, or of the original if that is less.
    pub width: u32,
    /// Its height in pixels, at least 1.
    pub height: u32,
}

/// Draws a picture by a recipe. It is never larger than the original, keeps its proportions, and carries nothing but
/// pixels: no EXIF, no XMP, no colour profile.
pub fn render(bytes: &[u8], recipe: &Recipe, limits: &Limits) -> Result<Rendered, Refusal> {
    let probe = probe(bytes, limits)?;
    let (width, height) = fit((probe.width, probe.height), recipe.width);
    // As stored: the small picture is turned, not the large one.
    let stored = if probe.orientation.swaps_sides() { (height, width) } else { (width, height) };
    let decoded = decode::decode(probe.format, bytes, stored, limits)?;
    let small = resize(decoded, stored)?;
    let bytes = encode(upright(small, probe.orientation), recipe.output, recipe.quality)?;
    Ok(Rendered { bytes, width, height })
}

/// The sides of the result for the width wanted.
fn fit((width, height): (u32, u32), wanted: u32) -> (u32, u32) {
    let wide = wanted.min(width).clamp(1, LONGEST_SIDE);
    let tall = in_proportion(height, wide, width);
    if tall <= LONGEST_SIDE { (wide, tall) } else { (in_proportion(width, LONGEST_SIDE, height), LONGEST_SIDE) }
}

/// `side` times `numerator` by `denominator`, rounded, at least 1. For a numerator of at most the denominator, at most
/// `side`.
fn in_proportion(side: u32, numerator: u32, denominator: u32) -> u32 {
    let denominator = u64::from(denominator.max(1));
    let scaled = (u64::from(side) * u64::from(numerator) + denominator / 2) / denominator;
    u32::try_from(scaled).unwrap_or(side).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_keeps_its_proportions_and_never_grows() {
        assert_eq!(fit((4000, 3000), 800), (800, 600));
        assert_eq!(fit((4000, 3001), 800), (800, 600));
        assert_eq!(fit((300, 200), 800), (300, 200));
        assert_eq!(fit((300, 200), 0), (1, 1));
        assert_eq!(fit((5000, 2), 100), (100, 1));
    }

    #[test]
    fn no_side_is_longer_than_the_formats_allow() {
        assert_eq!(fit((20_000, 1000), 20_000), (16_383, 819));
        assert_eq!(fit((1000, 60_000), 1000), (273, 16_383));
        assert_eq!(fit((2, 65_000), 2), (1, 16_383));
    }
}
