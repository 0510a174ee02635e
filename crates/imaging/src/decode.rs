//! Opens a file with the decoder for its format.

mod animation;
mod av1;
mod avif;
pub(crate) mod baseline;
mod decoded;
mod first_frame;
mod header;
mod heic;
mod jpeg;
pub(crate) mod jxl;
pub(crate) mod memory;
mod svg;
mod tiff;

use crate::colour::{Colour, to_srgb};
use crate::container::{exif_tags, jpeg_segments};
use crate::geometry::upright;
use crate::raster::Pixels;
use crate::{Format, Limits, Refusal};
use header::Header;
use jpeg::Jpeg;
use std::sync::atomic::{AtomicU64, Ordering};

pub(crate) use animation::Animation;
pub(crate) use decoded::Decoded;

/// Reads the header alone, and checks sides, frames and memory.
pub(crate) fn header(format: Format, bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
    let header = match format {
        Format::Jpeg => jpeg_header(bytes, limits)?,
        Format::Avif => avif::header(bytes, limits)?,
        Format::Heic => heic::header(bytes, limits)?,
        Format::Jxl => jxl::header(bytes, limits)?,
        Format::Svg => svg::header(bytes, limits)?,
        Format::Tiff => tiff::header(bytes, limits)?,
        Format::Png | Format::WebP | Format::Gif | Format::Bmp => first_frame::header(format, bytes, limits)?,
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
            Ok(Decoded { pixels, colour: Colour::of_profile(jpeg_segments::profile(bytes)) })
        }
        Format::Avif => avif::decode(bytes, limits),
        Format::Heic => heic::decode(bytes, limits),
        Format::Jxl => jxl::decode(bytes, limits),
        Format::Svg => {
            let taken = AtomicU64::new(0);
            svg::decode(bytes, target, limits, &|file: &[u8]| within_drawing(file, limits, &taken))
        }
        Format::Tiff => tiff::decode(bytes, limits),
        Format::Png | Format::WebP | Format::Gif | Format::Bmp => first_frame::decode(format, bytes, limits),
    }
}

/// A progressive file is held whole until its last scan, whatever the scale.
fn jpeg_header(bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
    let jpeg = Jpeg::open(bytes, limits)?;
    let header = Header { width: jpeg.width(), height: jpeg.height(), has_alpha: false, frames: 1, orientation: None };
    memory::check_jpeg(&header, jpeg_segments::buffered_samples(bytes), limits)?;
    Ok(header)
}

/// A picture within a drawing, upright and in sRGB, opened like any other within the same limits. Nothing if it cannot
/// be opened or is a drawing itself, or if all of them together, counted in `taken`, have too many pixels.
fn within_drawing(file: &[u8], limits: &Limits, taken: &AtomicU64) -> Option<Pixels> {
    let format = Format::sniff(file).filter(|&format| format != Format::Svg)?;
    let stored = header(format, file, limits).ok()?;
    let pixels = memory::pixels((stored.width, stored.height));
    if taken.fetch_add(pixels, Ordering::Relaxed).saturating_add(pixels) > limits.max_pixels {
        return None;
    }
    let Decoded { pixels, colour } = decode(format, file, (stored.width, stored.height), limits).ok()?;
    let by_tags = || exif_tags::read(format, file).as_ref().map(exif_tags::orientation).unwrap_or_default();
    Some(upright(to_srgb(pixels, &colour), stored.orientation.unwrap_or_else(by_tags)))
}
