//! The file as it was uploaded, without anything that tells of its maker: for those who may have the original.

mod gif;
mod jpeg;
mod jxl;
mod orientation_tag;
mod png;
mod webp;

use crate::container::isobmff;
use crate::{Facts, Fit, Format, Gravity, Limits, Output, Probe, Recipe, Refusal, probe, render};

/// The quality of a JPEG that is written where the original cannot be copied.
const QUALITY: u8 = 92;

/// A file without metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stripped {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its format: that of the original, or JPEG or PNG where it had to be written anew.
    pub format: Format,
}

/// Takes everything out of a picture but the picture: no position, no serial numbers, no names, no dates, no
/// thumbnails, nothing behind its end. The colour profile stays, and how the picture must be turned. Pixels are copied
/// as they are, except of TIFF, BMP and SVG files and of those that are put together oddly: such a one is written anew
/// at full size, as PNG if it may have transparent pixels, else as JPEG, and of an animation only the first frame.
pub fn strip(bytes: &[u8], limits: &Limits) -> Result<Stripped, Refusal> {
    let original = probe(bytes, limits)?;
    let copied = match original.format {
        Format::Jpeg => jpeg::without_metadata(bytes, original.orientation),
        Format::Png => png::without_metadata(bytes, original.orientation),
        Format::WebP => webp::without_metadata(bytes, original.orientation),
        Format::Gif => gif::without_metadata(bytes),
        Format::Avif | Format::Heic => isobmff::without_metadata(bytes),
        Format::Jxl => jxl::without_metadata(bytes),
        Format::Tiff | Format::Bmp | Format::Svg => None,
    };
    match copied.filter(|copy| is_the_same(&original, copy, limits)) {
        Some(bytes) => Ok(Stripped { bytes, format: original.format }),
        None => written_anew(bytes, &original, limits),
    }
}

/// Whether a copy shows the same and tells nothing.
fn is_the_same(original: &Probe, copy: &[u8], limits: &Limits) -> bool {
    probe(copy, limits).is_ok_and(|copy| copy == Probe { facts: Facts::default(), ..original.clone() })
}

fn written_anew(bytes: &[u8], original: &Probe, limits: &Limits) -> Result<Stripped, Refusal> {
    let (output, format) = if original.has_alpha { (Output::Png, Format::Png) } else { (Output::Jpeg, Format::Jpeg) };
    let recipe = Recipe {
        width: None,
        height: None,
        fit: Fit::Inside,
        gravity: Gravity::Centre,
        quality: Some(QUALITY),
        output,
        moving: false,
    };
    Ok(Stripped { bytes: render(bytes, &recipe, limits)?.bytes, format })
}
