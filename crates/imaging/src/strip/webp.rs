//! WebP: the chunks that make the picture (RFC 9649, section 2).

use super::orientation_tag::orientation_tag;
use crate::Orientation;

/// In the flags of the extended header.
const HAS_PROFILE: u8 = 0x20;
const HAS_ALPHA: u8 = 0x10;
const HAS_EXIF: u8 = 0x08;
const IS_ANIMATED: u8 = 0x02;

/// The bytes of a frame in front of its chunks: place, size, time, and how it is drawn.
const FRAME_HEADER: usize = 16;

/// Copies the chunks of the picture, with its colour profile and its orientation. Nothing if chunks are cut short, or
/// if a picture without an extended header has an orientation all the same.
pub(super) fn without_metadata(bytes: &[u8], orientation: Orientation) -> Option<Vec<u8>> {
    let (length, body) = bytes.strip_prefix(b"RIFF")?.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    // What is behind the end is of no picture. The last byte, one to fill, may be missing.
    let body = body.get(..length).unwrap_or(body).strip_prefix(b"WEBP")?;
    let tags = orientation_tag(orientation);
    let mut file = b"RIFF\0\0\0\0WEBP".to_vec();
    let (mut is_extended, mut is_complete) = (false, false);
    for chunk in Chunks(body) {
        let Chunk { name, content } = chunk?;
        match name {
            b"VP8X" => {
                is_extended = true;
                append(&mut file, name, &extended_header(content, tags.is_some())?)?;
            }
            b"ICCP" | b"ANIM" | b"ALPH" => append(&mut file, name, content)?,
            b"VP8 " | b"VP8L" => {
                append(&mut file, name, content)?;
                is_complete = true;
                // Nothing belongs behind a picture without an extended header.
                if !is_extended {
                    break;
                }
            }
            b"ANMF" => {
                append(&mut file, name, &frame(content)?)?;
                is_complete = true;
            }
            _ => {}
        }
    }
    if !is_complete || (tags.is_some() && !is_extended) {
        return None;
    }
    if let Some(tags) = tags {
        append(&mut file, b"EXIF", &tags)?;
    }
    let length = u32::try_from(file.len() - 8).ok()?;
    file[4..8].copy_from_slice(&length.to_le_bytes());
    Some(file)
}

/// The header with the flags of what stays.
fn extended_header(content: &[u8], has_tags: bool) -> Option<Vec<u8>> {
    let mut header = content.get(..10)?.to_vec();
    header[0] &= HAS_PROFILE | HAS_ALPHA | IS_ANIMATED;
    if has_tags {
        header[0] |= HAS_EXIF;
    }
    header[1..4].fill(0);
    Some(header)
}

/// A frame with nothing in it but its picture.
fn frame(content: &[u8]) -> Option<Vec<u8>> {
    let (header, chunks) = content.split_at_checked(FRAME_HEADER)?;
    let mut frame = header.to_vec();
    for chunk in Chunks(chunks) {
        let Chunk { name, content } = chunk?;
        if matches!(name, b"ALPH" | b"VP8 " | b"VP8L") {
            append(&mut frame, name, content)?;
        }
    }
    Some(frame)
}

fn append(file: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) -> Option<()> {
    file.extend_from_slice(name);
    file.extend(u32::try_from(content.len()).ok()?.to_le_bytes());
    file.extend_from_slice(content);
    if content.len() % 2 == 1 {
        file.push(0);
    }
    Some(())
}

struct Chunk<'a> {
    name: &'a [u8; 4],
    content: &'a [u8],
}

/// Walks chunks to the end of the bytes; one that is cut short is told by nothing, and ends the walk.
struct Chunks<'a>(&'a [u8]);

impl<'a> Chunks<'a> {
    fn first(&self) -> Option<(Chunk<'a>, &'a [u8])> {
        let (name, rest) = self.0.split_first_chunk::<4>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (content, rest) = rest.split_at_checked(length)?;
        // The byte to fill.
        let rest = rest.get(length % 2..).unwrap_or_default();
        Some((Chunk { name, content }, rest))
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Option<Chunk<'a>>;

    fn next(&mut self) -> Option<Option<Chunk<'a>>> {
        if self.0.is_empty() {
            return None;
        }
        let first = self.first();
        self.0 = first.as_ref().map(|(_, rest)| *rest).unwrap_or_default();
        Some(first.map(|(chunk, _)| chunk))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut body = b"WEBP".to_vec();
        for (name, content) in chunks {
            append(&mut body, name, content).unwrap();
        }
        [&b"RIFF"[..], &(body.len() as u32).to_le_bytes(), &body].concat()
    }

    #[test]
    fn only_the_picture_stays() {
        let header = b"\x3C\xFF\0\0\x09\0\0\x09\0\0";
        let original = [
            file(&[
                (b"VP8X", header),
                (b"ICCP", b"icc"),
                (b"ALPH", b"opacity"),
                (b"VP8 ", b"pixels"),
                (b"EXIF", b"position"),
                (b"XMP ", b"names"),
                (b"what", b"?"),
            ]),
            b"trailing".to_vec(),
        ]
        .concat();
        let expected = file(&[
            (b"VP8X", b"\x30\0\0\0\x09\0\0\x09\0\0"),
            (b"ICCP", b"icc"),
            (b"ALPH", b"opacity"),
            (b"VP8 ", b"pixels"),
        ]);
        assert_eq!(without_metadata(&original, Orientation::Upright), Some(expected));

        let tags = orientation_tag(Orientation::HalfTurn).unwrap();
        let expected = file(&[
            (b"VP8X", b"\x38\0\0\0\x09\0\0\x09\0\0"),
            (b"ICCP", b"icc"),
            (b"ALPH", b"opacity"),
            (b"VP8 ", b"pixels"),
            (b"EXIF", &tags),
        ]);
        assert_eq!(without_metadata(&original, Orientation::HalfTurn), Some(expected));
    }

    #[test]
    fn frames_are_looked_into() {
        let part = |chunks: &[(&[u8; 4], &[u8])]| {
            let mut part = [7; FRAME_HEADER].to_vec();
            for (name, content) in chunks {
                append(&mut part, name, content).unwrap();
            }
            part
        };
        let header = b"\x02\0\0\0\x09\0\0\x09\0\0";
        let full = part(&[(b"VP8L", b"pixels"), (b"note", b"secret")]);
        let original = file(&[(b"VP8X", header), (b"ANIM", b"loops!"), (b"ANMF", &full)]);
        let clean = part(&[(b"VP8L", b"pixels")]);
        let expected = file(&[(b"VP8X", header), (b"ANIM", b"loops!"), (b"ANMF", &clean)]);
        assert_eq!(without_metadata(&original, Orientation::Upright), Some(expected));
    }

    #[test]
    fn what_is_not_understood_is_not_copied() {
        let simple = file(&[(b"VP8 ", b"pixels"), (b"EXIF", b"position")]);
        assert_eq!(without_metadata(&simple, Orientation::Upright), Some(file(&[(b"VP8 ", b"pixels")])));
        assert_eq!(without_metadata(&simple, Orientation::Mirrored), None);
        let picture = file(&[(b"VP8X", b"\x10\0\0\0\x09\0\0\x09\0\0"), (b"VP8 ", b"pixels")]);
        for length in 12..picture.len() {
            assert_eq!(without_metadata(&picture[..length], Orientation::Upright), None, "cut to {length}");
        }
    }
}
