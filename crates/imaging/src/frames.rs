//! PNG, WebP, GIF and BMP: the header, and the first frame.

use crate::colour::Colour;
use crate::decode::Decoded;
use crate::header::Header;
use crate::pixels::{Channels, Pixels};
use crate::{Format, Limits, Refusal, ending, gif_blocks, memory};
use image::codecs::bmp::BmpDecoder;
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::{UnsupportedError, UnsupportedErrorKind};
use image::{DynamicImage, ImageDecoder, ImageError, ImageResult};
use std::io::Cursor;

/// What a decoder may take beside the picture itself: colour profiles, rows, tables.
pub(crate) const WORKING_MEMORY: u64 = 64 * 1024 * 1024;

/// Bytes a pixel of what comes out.
const BYTES_A_PIXEL: u64 = 4;

pub(crate) const TOO_HEAVY: Refusal = Refusal::unsupported(
    "This picture needs too much memory to be opened. Save it again as JPEG or PNG and upload that file.",
);
pub(crate) const UNKNOWN_KIND: Refusal = Refusal::unsupported(
    "This kind of picture is not taken. Save it again as an ordinary JPEG or PNG and upload that file.",
);

/// Reads the header, counts the frames and checks the size, before anything is decoded.
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
    let shown = memory::pixels((width, height)).saturating_mul(BYTES_A_PIXEL);
    memory::allow(decoder.total_bytes().saturating_add(shown), limits)?;
    let has_alpha = decoder.color_type().has_alpha();
    let frames = match format {
        Format::Png => png_frames(bytes),
        Format::WebP => webp_frames(bytes),
        Format::Gif => gif_frames(bytes, limits)?,
        _ => 1,
    };
    Ok(Header { width, height, has_alpha, frames, orientation: None })
}

/// Decodes the picture, or the first frame of an animation.
pub(crate) fn first(format: Format, bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
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
    let most = decoder.total_bytes().max(shown).saturating_add(WORKING_MEMORY);
    decoder.set_limits(allowance(most)).map_err(refused)?;
    let colour = match (format, png_code_points(format, bytes)) {
        (_, Some(code_points)) => code_points,
        // A profile that cannot be read is no reason to refuse the picture.
        (Format::Png | Format::WebP, None) => Colour::of_profile(decoder.icc_profile().ok().flatten()),
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
        Format::Png => Box::new(PngDecoder::with_limits(file, allowance(WORKING_MEMORY))?),
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

/// What the `image` crate may allocate.
pub(crate) fn allowance(bytes: u64) -> image::Limits {
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

/// The chunks that come before the pixels, by name and content.
fn before_pixels(bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    ending::png_chunks(bytes).take_while(|(kind, _)| *kind != b"IDAT")
}

/// What the chunk `acTL` announces.
fn png_frames(bytes: &[u8]) -> u32 {
    let control = before_pixels(bytes).find(|(kind, _)| *kind == b"acTL");
    control.and_then(|(_, content)| content.first_chunk()).map_or(1, |frames| u32::from_be_bytes(*frames).max(1))
}

/// The chunk `cICP`, which counts before any profile.
pub(crate) fn png_code_points(format: Format, bytes: &[u8]) -> Option<Colour> {
    if format != Format::Png {
        return None;
    }
    let (_, content) = before_pixels(bytes).find(|(kind, _)| *kind == b"cICP")?;
    let &[primaries, transfer, ..] = content else { return None };
    Some(Colour::Cicp { primaries, transfer })
}

/// `ANMF` chunks of a file that says it is an animation.
fn webp_frames(bytes: &[u8]) -> u32 {
    const ANIMATION: u8 = 0b10;
    let is_animation =
        bytes.get(12..16) == Some(&b"VP8X"[..]) && bytes.get(20).is_some_and(|flags| flags & ANIMATION != 0);
    if !is_animation {
        return 1;
    }
    let mut rest = bytes.get(12..).unwrap_or_default();
    let mut frames = 0_u32;
    while let Some((kind, after)) = rest.split_first_chunk::<4>() {
        let Some((length, content)) = after.split_first_chunk::<4>() else { break };
        frames += u32::from(kind == b"ANMF");
        let length = u64::from(u32::from_le_bytes(*length)).next_multiple_of(2);
        let Some(next) = usize::try_from(length).ok().and_then(|length| content.get(length..)) else { break };
        rest = next;
    }
    frames.max(1)
}

/// Image blocks. Each tells its own sides, which a decoder believes.
fn gif_frames(bytes: &[u8], limits: &Limits) -> Result<u32, Refusal> {
    let Some((_, blocks)) = gif_blocks::split(bytes) else { return Ok(1) };
    let mut frames = 0_u32;
    for block in blocks.filter(|block| block.kind == gif_blocks::Kind::Image) {
        if let Some(&[wide, wider, high, higher]) = block.bytes.get(5..).and_then(|sides| sides.first_chunk()) {
            limits.check(u16::from_le_bytes([wide, wider]).into(), u16::from_le_bytes([high, higher]).into())?;
        }
        frames = frames.saturating_add(1);
    }
    Ok(frames.max(1))
}

fn refusal(error: &ImageError, format: Format, bytes: &[u8]) -> Refusal {
    match error {
        ImageError::Unsupported(_) => UNKNOWN_KIND,
        ImageError::Limits(_) => TOO_HEAVY,
        _ => ending::damage(format, bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_a_webp_are_counted() {
        let still = b"RIFF\x1E\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\0\0\0\0\0\0";
        assert_eq!(webp_frames(still), 1);
        let mut moving = still.to_vec();
        moving[20] = 2;
        moving.extend(b"ANIM\x06\0\0\0\0\0\0\0\0\0ANMF\x01\0\0\0x\0ANMF\x02\0\0\0xx");
        assert_eq!(webp_frames(&moving), 2);
        // The second one's content is cut short: it was announced all the same.
        assert_eq!(webp_frames(&moving[..moving.len() - 1]), 2);
    }

    #[test]
    fn chunks_of_a_png_are_read_up_to_the_pixels() {
        let chunk = |kind: &[u8; 4], content: &[u8]| {
            [&(content.len() as u32).to_be_bytes()[..], kind, content, b"sums"].concat()
        };
        let signature = b"\x89PNG\r\n\x1A\n".to_vec();
        let file = |chunks: &[Vec<u8>]| [signature.clone(), chunks.concat()].concat();
        let control = chunk(b"acTL", b"\0\0\0\x07\0\0\0\0");
        assert_eq!(png_frames(&file(&[control.clone(), chunk(b"IDAT", b"")])), 7);
        assert_eq!(png_frames(&file(&[chunk(b"IDAT", b""), control])), 1);
        let colour = png_code_points(Format::Png, &file(&[chunk(b"cICP", &[12, 13, 0, 1])]));
        assert_eq!(colour, Some(Colour::Cicp { primaries: 12, transfer: 13 }));
    }
}
