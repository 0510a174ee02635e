//! GIF: frames, their times, and how often they are shown.

use crate::container::gif_blocks::{Block, Kind, repeats, split};

/// Copies the blocks up to the trailer. Nothing if there is none.
pub(super) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let (header, blocks) = split(bytes)?;
    let mut file = Vec::with_capacity(bytes.len());
    file.extend_from_slice(header);
    // It is of the frame or text that follows.
    let mut control: Option<Block<'_>> = None;
    for block in blocks {
        match block.kind {
            Kind::Control => control = Some(block),
            Kind::Image => {
                if let Some(control) = control.take() {
                    file.extend_from_slice(control.bytes);
                }
                file.extend_from_slice(block.bytes);
            }
            Kind::PlainText => control = None,
            Kind::Application(name) => {
                if let Some(repeats) = repeats(&block) {
                    file.extend([0x21, 0xFF, 11]);
                    file.extend(name);
                    file.extend([3, 1]);
                    file.extend(repeats.to_le_bytes());
                    file.push(0);
                }
            }
            Kind::Other => {}
            Kind::Trailer => {
                file.extend_from_slice(block.bytes);
                return Some(file);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF";
    const LOOP: &[u8] = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\x05\0\0";
    const XMP: &[u8] = b"\x21\xFF\x0BXMP DataXMP\x03<x>\0";
    const COMMENT: &[u8] = b"\x21\xFE\x02me\0";
    const CONTROL: &[u8] = b"\x21\xF9\x04\x08\x0A\0\0\0";
    const TEXT: &[u8] = b"\x21\x01\x0C\0\0\0\0\0\0\0\0\0\0\0\0\x02hi\0";
    const FRAME: &[u8] = b"\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0";

    #[test]
    fn only_the_frames_and_their_times_stay() {
        let file = [SCREEN, XMP, LOOP, COMMENT, CONTROL, FRAME, CONTROL, TEXT, FRAME, b"\x3B", b"trailing"].concat();
        let expected = [SCREEN, LOOP, CONTROL, FRAME, FRAME, b"\x3B"].concat();
        assert_eq!(without_metadata(&file), Some(expected));
    }

    #[test]
    fn a_file_without_its_end_is_not_copied() {
        assert_eq!(without_metadata(&[SCREEN, CONTROL, FRAME].concat()), None);
        assert_eq!(without_metadata(b"GIF89a"), None);
    }
}
