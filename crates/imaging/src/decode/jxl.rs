//! JPEG XL decoding by jxl-oxide.

use super::decoded::Decoded;
use super::header::Header;
use crate::colour::Colour;
use crate::container::jxl_boxes::codestream;
use crate::raster::{Channels, Pixels, unmultiply};
use crate::refusal::TOO_HEAVY;
use crate::{Limits, Orientation, Refusal};
use jxl_oxide::color::ColourEncoding;
use jxl_oxide::{
    AllocTracker, EnumColourEncoding, InitializeResult, JxlImage, JxlThreadPool, PixelFormat, Render, RenderingIntent,
};

/// How much of the codestream is read at first to find its header; then twice as much, and so on.
const FIRST_PIECE: usize = 4096;

/// Reads the sides. What the decoder answers is upright already.
pub(super) fn header(bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
    let codestream = codestream(bytes)?;
    let (image, _) = open(&codestream, limits)?;
    Ok(Header {
        width: image.width(),
        height: image.height(),
        has_alpha: has_alpha(&image),
        frames: 1,
        orientation: Some(Orientation::Upright),
    })
}

/// Decodes the picture, or the first frame of an animation.
pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let codestream = codestream(bytes)?;
    let (mut image, read) = open(&codestream, limits)?;
    image.feed_bytes(codestream.get(read..).unwrap_or_default()).map_err(refusal)?;
    if !image.is_loading_done() {
        return Err(Refusal::Truncated);
    }
    // The decoder turns what it knows itself into sRGB; what a profile says is left to whoever knows profiles.
    let metadata = &image.image_header().metadata;
    let is_known = metadata.xyb_encoded || matches!(metadata.colour_encoding, ColourEncoding::Enum(_));
    let is_grey = metadata.grayscale();
    let colour = if is_known {
        let intent = RenderingIntent::Relative;
        let srgb = if is_grey { EnumColourEncoding::gray_srgb(intent) } else { EnumColourEncoding::srgb(intent) };
        image.request_color_encoding(srgb);
        Colour::Srgb
    } else {
        Colour::Icc(image.rendered_icc())
    };
    let frame = image.render_frame(0).map_err(refusal)?;
    let mut pixels = pixels(&image, &frame)?;
    let is_multiplied =
        image.image_header().metadata.ec_info.iter().find_map(|channel| channel.alpha_associated()).unwrap_or(false);
    if is_multiplied && pixels.channels == Channels::Rgba {
        unmultiply(&mut pixels.bytes);
    }
    Ok(Decoded { pixels, colour })
}

/// Reads the header and checks the sides. Answers with the image how many bytes it was given.
fn open(codestream: &[u8], limits: &Limits) -> Result<(JxlImage, usize), Refusal> {
    let memory = usize::try_from(limits.max_memory).unwrap_or(usize::MAX);
    let mut opening =
        JxlImage::builder().pool(JxlThreadPool::none()).alloc_tracker(AllocTracker::with_limit(memory)).build_uninit();
    let mut read = 0;
    let mut piece = FIRST_PIECE;
    while read < codestream.len() {
        let end = codestream.len().min(read + piece);
        opening.feed_bytes(&codestream[read..end]).map_err(refusal)?;
        (read, piece) = (end, piece * 2);
        match opening.try_init().map_err(refusal)? {
            InitializeResult::NeedMoreData(more) => opening = more,
            InitializeResult::Initialized(image) => {
                limits.check(image.width(), image.height())?;
                return Ok((image, read));
            }
        }
    }
    Err(Refusal::Truncated)
}

/// Whether the last frame of a codestream ends with its last byte.
pub(crate) fn is_exact(codestream: &[u8]) -> bool {
    let is_done = |bytes: &[u8]| {
        let (mut image, read) = open(bytes, &Limits::default()).ok()?;
        image.feed_bytes(bytes.get(read..)?).ok()?;
        Some(image.is_loading_done())
    };
    let shorter = codestream.get(..codestream.len().saturating_sub(1)).unwrap_or_default();
    is_done(codestream) == Some(true) && is_done(shorter) != Some(true)
}

fn has_alpha(image: &JxlImage) -> bool {
    image.pixel_format().has_alpha() && !image.pixel_format().has_black()
}

/// The samples of a rendered frame, as the rest of this crate knows them.
fn pixels(image: &JxlImage, frame: &Render) -> Result<Pixels, Refusal> {
    let (width, height) = (image.width(), image.height());
    // Beside inks there is no room for opacity.
    let mut stream = if image.pixel_format().has_black() { frame.stream_no_alpha() } else { frame.stream() };
    if (stream.width(), stream.height()) != (width, height) {
        return Err(Refusal::Corrupt);
    }
    let count = stream.channels() as usize;
    let mut samples = vec![0_u8; width as usize * height as usize * count];
    stream.write_to_buffer(&mut samples);
    let (channels, bytes) = match (count, image.pixel_format()) {
        // Full ink is zero.
        (4, PixelFormat::Cmyk | PixelFormat::Cmyka) => {
            samples.iter_mut().for_each(|ink| *ink = 255 - *ink);
            (Channels::Cmyk, samples)
        }
        (1, _) => (Channels::Rgb, samples.iter().flat_map(|&grey| [grey; 3]).collect()),
        (2, _) => {
            let shown = samples.as_chunks::<2>().0.iter().flat_map(|&[grey, alpha]| [grey, grey, grey, alpha]);
            (Channels::Rgba, shown.collect())
        }
        (3, _) => (Channels::Rgb, samples),
        (4, _) => (Channels::Rgba, samples),
        _ => return Err(Refusal::Corrupt),
    };
    Ok(Pixels { width, height, channels, bytes })
}

/// What the decoder could not do. It says in words alone that it was not given enough memory.
fn refusal(error: Box<dyn std::error::Error + Send + Sync>) -> Refusal {
    let message = error.to_string();
    if message.contains("failed to allocate") || message.contains("out of memory") {
        TOO_HEAVY
    } else {
        Refusal::Corrupt
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_codestream_without_a_picture_is_cut_short() {
        assert_eq!(header(b"\xFF\n", &Limits::default()), Err(Refusal::Truncated));
    }
}
