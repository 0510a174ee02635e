//! Whether a file is all there, told from its structure alone.

use super::{gif_blocks, jpeg_segments, png_chunks};
use crate::{Format, Refusal};

/// Why a file that a decoder gave up on is refused.
pub(crate) fn damage(format: Format, bytes: &[u8]) -> Refusal {
    if is_reached(format, bytes) { Refusal::Corrupt } else { Refusal::Truncated }
}

/// Whether the end that the format prescribes comes before the bytes end. What follows it does not matter. Formats that
/// prescribe none are taken to be whole.
pub(crate) fn is_reached(format: Format, bytes: &[u8]) -> bool {
    match format {
        Format::Jpeg => jpeg_segments::has_end(bytes),
        Format::Png => png_chunks::walk(bytes).any(|(kind, _)| kind == b"IEND"),
        Format::WebP => webp(bytes).is_some(),
        Format::Gif => gif(bytes),
        Format::Avif | Format::Heic => boxes(bytes),
        Format::Jxl => bytes.starts_with(&[0xFF, 0x0A]) || boxes(bytes),
        Format::Bmp => bmp(bytes).is_some(),
        Format::Svg => svg(bytes),
        Format::Tiff => true,
    }
}

/// The RIFF header says how long the file is. A missing pad byte at the very end is forgiven.
fn webp(bytes: &[u8]) -> Option<()> {
    let (length, _) = bytes.get(4..)?.split_first_chunk::<4>()?;
    let declared = u64::from(u32::from_le_bytes(*length)) + 8;
    (bytes.len() as u64 + 1 >= declared).then_some(())
}

/// Blocks up to the trailer. One of no known kind is damage, but nothing is missing.
fn gif(bytes: &[u8]) -> bool {
    let Some((header, blocks)) = gif_blocks::split(bytes) else { return false };
    let mut end = header.len();
    for block in blocks {
        if block.kind == gif_blocks::Kind::Trailer {
            return true;
        }
        end += block.bytes.len();
    }
    bytes.get(end).is_some_and(|introducer| !matches!(introducer, 0x21 | 0x2C))
}

/// Boxes, the last of which ends within the bytes (ISO/IEC 14496-12, section 4.2).
fn boxes(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = match u32::from_be_bytes(*length) {
            // Up to the end of the file.
            0 => return true,
            1 => match after.get(4..).and_then(|after| after.first_chunk::<8>()) {
                Some(length) => u64::from_be_bytes(*length),
                None => return false,
            },
            length => u64::from(length),
        };
        // No box is shorter than its header: what follows the last one is something else.
        if length < 8 {
            return true;
        }
        match usize::try_from(length).ok().and_then(|length| rest.get(length..)) {
            Some(next) => rest = next,
            None => return false,
        }
    }
    true
}

/// The header says how long the file is.
fn bmp(bytes: &[u8]) -> Option<()> {
    let (length, _) = bytes.get(2..)?.split_first_chunk::<4>()?;
    (bytes.len() as u64 >= u64::from(u32::from_le_bytes(*length))).then_some(())
}

/// The root element is closed.
fn svg(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii_end();
    text.ends_with(b"svg>") || text.ends_with(b"/>") || text.ends_with(b"-->")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_followed_to_the_last() {
        let file = b"\0\0\0\x0Cftypavif\0\0\0\x01mdat\0\0\0\0\0\0\0\x12ab";
        assert!(is_reached(Format::Avif, file));
        assert!(is_reached(Format::Heic, b"\0\0\0\x0Cftypheic\0\0\0\0mdatwhatever"));
        assert!(!is_reached(Format::Avif, &file[..file.len() - 1]));
        assert!(!is_reached(Format::Avif, &file[..20]));
    }

    #[test]
    fn lengths_are_held_against_the_file() {
        assert!(is_reached(Format::Bmp, b"BM\x08\0\0\0\0\0"));
        assert!(!is_reached(Format::Bmp, b"BM\x09\0\0\0\0\0"));
        assert!(is_reached(Format::WebP, b"RIFF\x04\0\0\0WEBP"));
        assert!(!is_reached(Format::WebP, b"RIFF\x06\0\0\0WEBP"));
    }

    #[test]
    fn an_open_drawing_is_cut_short() {
        assert!(is_reached(Format::Svg, b"<svg><g/></svg>\n"));
        assert!(is_reached(Format::Svg, b"<svg/>"));
        assert!(!is_reached(Format::Svg, b"<svg><g></g>"));
    }
}
