//! The blocks of a GIF file (GIF89a, section 11 and on).

use crate::{Limits, Refusal};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A frame: its place, its colours and its pixels.
    Image,
    /// How the frame that follows is shown: for how long, and what is transparent.
    Control,
    /// Text to be drawn by the viewer, which none does.
    PlainText,
    /// What a program put there, under its name.
    Application([u8; 11]),
    /// Any other extension: comments.
    Other,
    /// The end.
    Trailer,
}

/// A block, whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block<'a> {
    pub(crate) kind: Kind,
    pub(crate) bytes: &'a [u8],
}

/// Walks the blocks behind the header. Ends behind the trailer; without one, where the file is short or makes no sense.
pub(crate) struct Blocks<'a>(&'a [u8]);

/// The signature, the logical screen and its colours; then the blocks.
pub(crate) fn split(bytes: &[u8]) -> Option<(&[u8], Blocks<'_>)> {
    let length = 13 + colour_table(*bytes.get(10)?);
    let (header, blocks) = bytes.split_at_checked(length)?;
    Some((header, Blocks(blocks)))
}

impl<'a> Iterator for Blocks<'a> {
    type Item = Block<'a>;

    fn next(&mut self) -> Option<Block<'a>> {
        let (kind, before_parts) = match self.0 {
            [0x3B, ..] => (Kind::Trailer, None),
            [0x2C, ..] => (Kind::Image, Some(10 + colour_table(*self.0.get(9)?) + 1)),
            [0x21, 0xF9, ..] => (Kind::Control, Some(2)),
            [0x21, 0x01, ..] => (Kind::PlainText, Some(2)),
            [0x21, 0xFF, 11, rest @ ..] => (Kind::Application(*rest.first_chunk()?), Some(2)),
            [0x21, ..] => (Kind::Other, Some(2)),
            _ => return None,
        };
        let end = match before_parts {
            Some(at) => end_of_parts(self.0, at)?,
            None => 1,
        };
        let (bytes, rest) = self.0.split_at_checked(end)?;
        self.0 = if kind == Kind::Trailer { &[] } else { rest };
        Some(Block { kind, bytes })
    }
}

/// How many frames there are: image blocks. Each tells its own sides, which a decoder believes, so they are checked.
pub(crate) fn frames(bytes: &[u8], limits: &Limits) -> Result<u32, Refusal> {
    let Some((_, blocks)) = split(bytes) else { return Ok(1) };
    let mut frames = 0_u32;
    for block in blocks.filter(|block| block.kind == Kind::Image) {
        if let Some(&[wide, wider, high, higher]) = block.bytes.get(5..).and_then(|sides| sides.first_chunk()) {
            limits.check(u16::from_le_bytes([wide, wider]).into(), u16::from_le_bytes([high, higher]).into())?;
        }
        frames = frames.saturating_add(1);
    }
    Ok(frames.max(1))
}

/// How often an animation is shown; 0: for ever. One that tells nothing is shown once.
pub(crate) fn plays(bytes: &[u8]) -> u16 {
    let repeats = split(bytes).and_then(|(_, mut blocks)| blocks.find_map(|block| repeats(&block)));
    match repeats {
        None => 1,
        Some(0) => 0,
        Some(repeats) => repeats.saturating_add(1),
    }
}

/// How often the animation is shown again, if the block tells; 0: for ever.
pub(crate) fn repeats(block: &Block<'_>) -> Option<u16> {
    let Kind::Application(name) = block.kind else { return None };
    if !matches!(&name, b"NETSCAPE2.0" | b"ANIMEXTS1.0") {
        return None;
    }
    match block.bytes.get(14..)? {
        [3..=255, 1, low, high, ..] => Some(u16::from_le_bytes([*low, *high])),
        _ => None,
    }
}

/// Where the parts end that begin at `at`: each tells its length, and the last is empty.
fn end_of_parts(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

/// Bytes in the colour table that the flags announce.
fn colour_table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREEN: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF";
    const LOOP: &[u8] = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\x02\0\0";
    const REST: &[u8] = b"\x21\xFE\x02hi\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3Btrailing";

    #[test]
    fn blocks_are_walked_to_the_trailer() {
        let file = [SCREEN, LOOP, REST].concat();
        let (header, blocks) = split(&file).unwrap();
        assert_eq!(header, SCREEN);
        let kinds: Vec<Kind> = blocks.map(|block| block.kind).collect();
        assert_eq!(kinds, [Kind::Application(*b"NETSCAPE2.0"), Kind::Other, Kind::Image, Kind::Trailer]);
        assert_eq!(plays(&file), 3);
        assert_eq!(plays(&[SCREEN, REST].concat()), 1);
    }

    #[test]
    fn a_short_file_ends_without_a_trailer() {
        let file = [SCREEN, LOOP, REST].concat();
        for length in SCREEN.len()..file.len() - b"\x3Btrailing".len() {
            let (_, mut blocks) = split(&file[..length]).unwrap();
            assert!(!blocks.any(|block| block.kind == Kind::Trailer), "cut to {length}");
        }
    }
}
