//! PNG, WebP and GIF: the header, and the first frame.

use crate::header::Header;
use crate::pixels::{Channels, Pixels};
use crate::{Format, Limits, Refusal, ending};
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::ImageFormatHint;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageResult};
use std::io::Cursor;

/// What a decoder may take beside the picture itself: colour profiles, rows, tables.
const WORKING_MEMORY: u64 = 64 * 1024 * 1024;

/// Bytes a pixel that [`Limits`] promise not to pass.
const MOST_BYTES_A_PIXEL: u64 = 4;

const TOO_DEEP: Refusal = Refusal::Unsupported(
    "This picture has 16 bits a channel and is too large for that. Save it with 8 bits a channel and upload that file.",
);
const TOO_HEAVY: Refusal = Refusal::Unsupported(
    "This picture needs too much memory to be opened. Save it again as JPEG or PNG and upload that file.",
);
const UNKNOWN_KIND: Refusal = Refusal::Unsupported(
    "This kind of picture is not taken. Save it again as an ordinary JPEG or PNG and upload that file.",
);

/// Reads the header and checks the size, before anything is decoded.
pub(crate) fn header(format: Format, bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
    if let Some((width, height)) = declared_by_png(format, bytes) {
        limits.check(width, height)?;
    }
    let decoder = open(format, bytes).map_err(|error| refusal(&error, format, bytes))?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Refusal::Corrupt);
    }
    limits.check(width, height)?;
    if decoder.total_bytes() > limits.max_pixels.saturating_mul(MOST_BYTES_A_PIXEL) {
        return Err(TOO_DEEP);
    }
    Ok(Header { width, height, has_alpha: decoder.color_type().has_alpha() })
}

/// Decodes the picture, or the first frame of an animation.
pub(crate) fn first(format: Format, bytes: &[u8], limits: &Limits) -> Result<Pixels, Refusal> {
    // A WebP decoder can come to the end of a short file without noticing.
    if format == Format::WebP && !ending::is_reached(format, bytes) {
        return Err(Refusal::Truncated);
    }
    let refused = |error: ImageError| refusal(&error, format, bytes);
    let mut decoder = open(format, bytes).map_err(refused)?;
    let (width, height) = decoder.dimensions();
    limits.check(width, height)?;
    let pixels = u64::from(width) * u64::from(height);
    let most = pixels.saturating_mul(MOST_BYTES_A_PIXEL).saturating_add(WORKING_MEMORY);
    decoder.set_limits(memory(most)).map_err(refused)?;
    let decoded = DynamicImage::from_decoder(decoder).map_err(refused)?;
    let (channels, bytes) = if decoded.color().has_alpha() {
        (Channels::Rgba, decoded.into_rgba8().into_raw())
    } else {
        (Channels::Rgb, decoded.into_rgb8().into_raw())
    };
    Ok(Pixels { width, height, channels, bytes })
}

fn open(format: Format, bytes: &[u8]) -> ImageResult<Box<dyn ImageDecoder + '_>> {
    let file = Cursor::new(bytes);
    let decoder: Box<dyn ImageDecoder + '_> = match format {
        Format::Png => Box::new(PngDecoder::with_limits(file, memory(WORKING_MEMORY))?),
        Format::WebP => Box::new(WebPDecoder::new(file)?),
        Format::Gif => Box::new(GifDecoder::new(file)?),
        // It has a decoder of its own.
        Format::Jpeg => return Err(ImageError::Unsupported(ImageFormatHint::Exact(ImageFormat::Jpeg).into())),
    };
    Ok(decoder)
}

fn memory(bytes: u64) -> image::Limits {
    let mut limits = image::Limits::no_limits();
    limits.max_alloc = Some(bytes);
    limits
}

/// The sides in a PNG file's first chunk, before a decoder looks at the rest.
fn declared_by_png(format: Format, bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(12..)?.strip_prefix(b"IHDR").filter(|_| format == Format::Png)?;
    let (width, rest) = header.split_first_chunk::<4>()?;
    let (height, _) = rest.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height)))
}

fn refusal(error: &ImageError, format: Format, bytes: &[u8]) -> Refusal {
    match error {
        ImageError::Unsupported(_) => UNKNOWN_KIND,
        ImageError::Limits(_) => TOO_HEAVY,
        _ => ending::damage(format, bytes),
    }
}
