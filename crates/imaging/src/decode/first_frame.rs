//! PNG, WebP, GIF and BMP by the `image` crate: the header, and the first frame.

use super::decoded::Decoded;
use super::header::Header;
use super::memory;
use crate::colour::Colour;
use crate::container::{ending, gif_blocks, png_chunks, webp_chunks};
use crate::raster::{Channels, Pixels};
use crate::refusal::{TOO_HEAVY, UNKNOWN_KIND};
use crate::{Format, Limits, Refusal};
use image::codecs::bmp::BmpDecoder;
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::{UnsupportedError, UnsupportedErrorKind};
use image::{DynamicImage, ImageDecoder, ImageError, ImageResult};
use std::io::Cursor;

/// Bytes a pixel of what comes out.
const BYTES_A_PIXEL: u64 = 4;

/// Reads the header, counts the frames and checks the size, before anything is decoded.
pub(super) fn header(format: Format, bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
    if format == Format::Png
        && let Some((width, height)) = png_chunks::declared_sides(bytes)
    {
        limits.check(width, height)?;
    }
    let decoder = open(format, bytes).map_err(|error| refusal(&error, format, bytes))?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Refusal::Corrupt);
    }
    limits.check(width, height)?;
    let shown = memory::pixels((width, height)).saturating_mul(BYTES_A_PIXEL);
    memory::allow(decoder.total_bytes().saturating_add(shown), limits)?;
    let has_alpha = decoder.color_type().has_alpha();
    let frames = match format {
        Format::Png => png_chunks::frames(bytes),
        Format::WebP => webp_chunks::frames(bytes),
        Format::Gif => gif_blocks::frames(bytes, limits)?,
        _ => 1,
    };
    Ok(Header { width, height, has_alpha, frames, orientation: None })
}

/// Decodes the picture, or the first frame of an animation.
pub(super) fn decode(format: Format, bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    // A WebP decoder can come to the end of a short file without noticing.
    if format == Format::WebP && !ending::is_reached(format, bytes) {
        return Err(Refusal::Truncated);
    }
    let refused = |error: ImageError| refusal(&error, format, bytes);
    let mut decoder = open(format, bytes).map_err(refused)?;
    let (width, height) = decoder.dimensions();
    limits.check(width, height)?;
    let shown = memory::pixels((width, height)).saturating_mul(BYTES_A_PIXEL);
    memory::allow(decoder.total_bytes().saturating_add(shown), limits)?;
    let most = decoder.total_bytes().max(shown).saturating_add(memory::WORKING);
    decoder.set_limits(memory::allowance(most)).map_err(refused)?;
    // A profile that cannot be read is no reason to refuse the picture.
    let mut by_profile = || Colour::of_profile(decoder.icc_profile().ok().flatten());
    let colour = match format {
        Format::Png => png_chunks::code_points(bytes).unwrap_or_else(by_profile),
        Format::WebP => by_profile(),
        _ => Colour::Srgb,
    };
    let decoded = DynamicImage::from_decoder(decoder).map_err(refused)?;
    let (channels, bytes) = if decoded.color().has_alpha() {
        (Channels::Rgba, decoded.into_rgba8().into_raw())
    } else {
        (Channels::Rgb, decoded.into_rgb8().into_raw())
    };
    Ok(Decoded { pixels: Pixels { width, height, channels, bytes }, colour })
}

fn open(format: Format, bytes: &[u8]) -> ImageResult<Box<dyn ImageDecoder + '_>> {
    let file = Cursor::new(bytes);
    let decoder: Box<dyn ImageDecoder + '_> = match format {
        Format::Png => Box::new(PngDecoder::with_limits(file, memory::allowance(memory::WORKING))?),
        Format::WebP => Box::new(WebPDecoder::new(file)?),
        Format::Gif => Box::new(GifDecoder::new(file)?),
        Format::Bmp => Box::new(BmpDecoder::new(file)?),
        // They have decoders of their own.
        _ => {
            let kind = UnsupportedErrorKind::GenericFeature(format.extension().to_owned());
            let hint = image::error::ImageFormatHint::Unknown;
            return Err(ImageError::Unsupported(UnsupportedError::from_format_and_kind(hint, kind)));
        }
    };
    Ok(decoder)
}

fn refusal(error: &ImageError, format: Format, bytes: &[u8]) -> Refusal {
    match error {
        ImageError::Unsupported(_) => UNKNOWN_KIND,
        ImageError::Limits(_) => TOO_HEAVY,
        _ => ending::damage(format, bytes),
    }
}
