//! JPEG XL decoding by jxl-oxide, and the container around it (ISO/IEC 18181-2).
//!
//! The decoder is given the codestream alone. Other boxes may be compressed, and it would unpack them without a bound.

use crate::colour::Colour;
use crate::decode::Decoded;
use crate::header::Header;
use crate::isobmff::{Boxes, after_offset};
use crate::opacity::unmultiply;
use crate::pixels::{Channels, Pixels};
use crate::{Limits, Orientation, Refusal};
use jxl_oxide::color::ColourEncoding;
use jxl_oxide::{
    AllocTracker, EnumColourEncoding, InitializeResult, JxlImage, JxlThreadPool, PixelFormat, Render, RenderingIntent,
};
use std::borrow::Cow;

/// The first box of a container.
const SIGNATURE: &[u8] = b"\0\0\0\x0CJXL \r\n\x87\n";

/// What a codestream begins with.
const CODESTREAM: &[u8] = b"\xFF\n";

/// Boxes without which a container is no picture, or a worse one: signature, type, level, codestream, index of frames.
const PICTURE_BOXES: [&[u8; 4]; 6] = [b"JXL ", b"ftyp", b"jxll", b"jxlc", b"jxlp", b"jxli"];

/// How much of the codestream is read at first to find its header; then twice as much, and so on.
const FIRST_PIECE: usize = 4096;

const TOO_HEAVY: Refusal = Refusal::unsupported(
    "This picture needs too much memory to be opened. Save it again as JPEG or PNG and upload that file.",
);

/// Reads the sides. What the decoder answers is upright already.
pub(crate) fn header(bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
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
pub(crate) fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
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

/// The TIFF structure with the EXIF tags, unless it is compressed.
pub(crate) fn exif(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.starts_with(SIGNATURE) {
        return None;
    }
    let payload = Boxes::new(bytes).find(|part| &part.kind == b"Exif")?.body;
    Some(after_offset(payload)?.to_vec())
}

/// The file with nothing in it but its picture. Nothing if its codestream does not end where it should.
pub(crate) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    if !is_exact(&codestream(bytes).ok()?) {
        return None;
    }
    if !bytes.starts_with(SIGNATURE) {
        return Some(bytes.to_vec());
    }
    let mut cleaned = Vec::with_capacity(bytes.len());
    for part in Boxes::new(bytes).filter(|part| PICTURE_BOXES.contains(&&part.kind)) {
        cleaned.extend_from_slice(&bytes[part.start..part.body_start + part.body.len()]);
    }
    Some(cleaned)
}

/// The codestream: the file itself, or what lies in the boxes of a container.
fn codestream(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Refusal> {
    let codestream = unpack(bytes)?;
    // A container in a container would bring the other boxes back.
    if codestream.starts_with(CODESTREAM) { Ok(codestream) } else { Err(Refusal::Corrupt) }
}

fn unpack(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Refusal> {
    if !bytes.starts_with(SIGNATURE) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut parts = Vec::new();
    let mut boxes = Boxes::new(bytes);
    for part in boxes.by_ref() {
        match &part.kind {
            b"jxlc" => return Ok(Cow::Borrowed(part.body)),
            b"jxlp" => {
                let (number, piece) = part.body.split_first_chunk::<4>().ok_or(Refusal::Corrupt)?;
                parts.push(piece);
                // The first bit marks the last piece.
                if number[0] & 0x80 != 0 {
                    return Ok(Cow::Owned(parts.concat()));
                }
            }
            _ => {}
        }
    }
    Err(if boxes.rest().is_empty() { Refusal::Corrupt } else { Refusal::Truncated })
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

/// Whether the last frame ends with the last byte.
fn is_exact(codestream: &[u8]) -> bool {
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

    fn part(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
        [&(8 + body.len() as u32).to_be_bytes()[..], kind, body].concat()
    }

    #[test]
    fn pieces_of_a_codestream_are_joined_up_to_the_last() {
        let file = [
            SIGNATURE.to_vec(),
            part(b"ftyp", b"jxl \0\0\0\0jxl "),
            part(b"jxlp", b"\0\0\0\0\xFF\nab"),
            part(b"Exif", b"\0\0\0\0II*\0"),
            part(b"jxlp", b"\x80\0\0\x01cd"),
            part(b"jxlp", b"\0\0\0\x02ef"),
        ];
        assert_eq!(codestream(&file.concat()).as_deref(), Ok(&b"\xFF\nabcd"[..]));
        assert_eq!(exif(&file.concat()).as_deref(), Some(&b"II*\0"[..]));
        assert_eq!(codestream(&file[..4].concat()), Err(Refusal::Corrupt));
        let cut = &file[..5].concat();
        assert_eq!(codestream(&cut[..cut.len() - 1]), Err(Refusal::Truncated));
    }

    #[test]
    fn a_container_holds_no_other() {
        let inner = [SIGNATURE, &part(b"jxlc", b"\xFF\n")].concat();
        let outer = [SIGNATURE, &part(b"jxlc", &inner)].concat();
        assert_eq!(codestream(&outer), Err(Refusal::Corrupt));
        assert_eq!(codestream(&inner).as_deref(), Ok(&b"\xFF\n"[..]));
    }

    #[test]
    fn a_codestream_without_a_picture_is_cut_short() {
        assert_eq!(header(b"\xFF\n", &Limits::default()), Err(Refusal::Truncated));
        assert_eq!(without_metadata(b"\xFF\n"), None);
    }
}
