//! The container around a JPEG XL codestream (ISO/IEC 18181-2).
//!
//! Decoders are given the codestream alone. Other boxes may be compressed, and would be unpacked without a bound.

use super::isobmff::{Boxes, after_offset};
use crate::Refusal;
use std::borrow::Cow;

/// The first box of a container.
const SIGNATURE: &[u8] = b"\0\0\0\x0CJXL \r\n\x87\n";

/// What a codestream begins with.
const CODESTREAM: &[u8] = b"\xFF\n";

/// Boxes without which a container is no picture, or a worse one: signature, type, level, codestream, index of frames.
const PICTURE_BOXES: [&[u8; 4]; 6] = [b"JXL ", b"ftyp", b"jxll", b"jxlc", b"jxlp", b"jxli"];

/// The codestream: the file itself, or what lies in the boxes of a container.
pub(crate) fn codestream(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Refusal> {
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

/// The TIFF structure with the EXIF tags, unless it is compressed.
pub(crate) fn exif(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.starts_with(SIGNATURE) {
        return None;
    }
    let payload = Boxes::new(bytes).find(|part| &part.kind == b"Exif")?.body;
    Some(after_offset(payload)?.to_vec())
}

/// The file with nothing in it but its picture.
pub(crate) fn without_metadata(bytes: &[u8]) -> Vec<u8> {
    if !bytes.starts_with(SIGNATURE) {
        return bytes.to_vec();
    }
    let mut cleaned = Vec::with_capacity(bytes.len());
    for part in Boxes::new(bytes).filter(|part| PICTURE_BOXES.contains(&&part.kind)) {
        cleaned.extend_from_slice(&bytes[part.start..part.body_start + part.body.len()]);
    }
    cleaned
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
}
