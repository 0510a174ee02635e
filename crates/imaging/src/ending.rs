//! Whether a file is all there, told from its structure alone.

use crate::{Format, Refusal, segments};

/// Why a file that a decoder gave up on is refused.
pub(crate) fn damage(format: Format, bytes: &[u8]) -> Refusal {
    if is_reached(format, bytes) { Refusal::Corrupt } else { Refusal::Truncated }
}

/// Whether the end that the format prescribes comes before the bytes end. What follows it does not matter.
pub(crate) fn is_reached(format: Format, bytes: &[u8]) -> bool {
    match format {
        Format::Jpeg => segments::has_end(bytes),
        Format::Png => png(bytes).is_some(),
        Format::WebP => webp(bytes).is_some(),
        Format::Gif => gif(bytes).is_some(),
    }
}

/// Chunks up to `IEND`.
fn png(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.get(8..)?;
    loop {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, body) = after.split_first_chunk::<4>()?;
        if kind == b"IEND" {
            return Some(());
        }
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        rest = body.get(length.checked_add(4)?..)?;
    }
}

/// The RIFF header says how long the file is. A missing pad byte at the very end is forgiven.
fn webp(bytes: &[u8]) -> Option<()> {
    let (length, _) = bytes.get(4..)?.split_first_chunk::<4>()?;
    let declared = u64::from(u32::from_le_bytes(*length)) + 8;
    (bytes.len() as u64 + 1 >= declared).then_some(())
}

/// Blocks up to the trailer.
fn gif(bytes: &[u8]) -> Option<()> {
    let mut at = 13 + colour_table(*bytes.get(10)?);
    loop {
        match *bytes.get(at)? {
            // An image: its descriptor, its colours, the size of its codes.
            0x2C => at += 10 + colour_table(*bytes.get(at + 9)?) + 1,
            // An extension: its label.
            0x21 => at += 2,
            // The trailer, or no block at all: damaged, but not short.
            _ => return Some(()),
        }
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
    }
}

/// Bytes in the colour table that the flags announce.
fn colour_table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}
