//! Opens a file with the decoder for its format.

use crate::colour::Colour;
use crate::header::Header;
use crate::jpeg::Jpeg;
use crate::pixels::Pixels;
use crate::{Format, Limits, Refusal, avif_decode, frames, heic, jxl, memory, segments, svg, tiff};

/// A decoded picture, and what its numbers mean.
pub(crate) struct Decoded {
    pub(crate) pixels: Pixels,
    pub(crate) colour: Colour,
}

/// Reads the header alone, and checks sides, frames and memory.
pub(crate) fn header(format: Format, bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
    let header = match format {
        Format::Jpeg => jpeg_header(bytes, limits)?,
        Format::Avif => avif_decode::header(bytes, limits)?,
        Format::Heic => heic::header(bytes, limits)?,
        Format::Jxl => jxl::header(bytes, limits)?,
        Format::Svg => svg::header(bytes, limits)?,
        Format::Tiff => tiff::header(bytes, limits)?,
        Format::Png | Format::WebP | Format::Gif | Format::Bmp => frames::header(format, bytes, limits)?,
    };
    limits.check(header.width, header.height)?;
    limits.check_frames(header.frames, header.width, header.height)?;
    memory::check(format, &header, (header.width, header.height), limits)?;
    Ok(header)
}

/// Decodes a still, or the first frame of an animation, as stored. What comes may be smaller than the original, but
/// leaves a resize to `target` enough to work with.
pub(crate) fn decode(format: Format, bytes: &[u8], target: (u32, u32), limits: &Limits) -> Result<Decoded, Refusal> {
    match format {
        Format::Jpeg => {
            let pixels = Jpeg::open(bytes, limits)?.decode(target)?;
            Ok(Decoded { pixels, colour: Colour::of_profile(segments::profile(bytes)) })
        }
        Format::Avif => avif_decode::decode(bytes, limits),
        Format::Heic => heic::decode(bytes, limits),
        Format::Jxl => jxl::decode(bytes, limits),
        Format::Svg => svg::decode(bytes, target, limits),
        Format::Tiff => tiff::decode(bytes, limits),
        Format::Png | Format::WebP | Format::Gif | Format::Bmp => frames::first(format, bytes, limits),
    }
}

/// A progressive file is held whole until its last scan, whatever the scale.
fn jpeg_header(bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
    let jpeg = Jpeg::open(bytes, limits)?;
    let header = Header { width: jpeg.width(), height: jpeg.height(), has_alpha: false, frames: 1, orientation: None };
    memory::check_jpeg(&header, segments::buffered_samples(bytes), limits)?;
    Ok(header)
}
