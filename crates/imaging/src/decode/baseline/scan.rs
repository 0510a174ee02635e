//! The bytes of a scan, made ready for reading bits.

use crate::container::jpeg_segments;

/// The codes without stuffing, cut at the restarts.
pub(super) struct Scan {
    pub(super) bytes: Vec<u8>,
    /// Where each part ends in `bytes`.
    pub(super) ends: Vec<usize>,
}

/// Zeros behind the last part, so that eight bytes can be read anywhere before.
const PADDING: usize = 16;

impl Scan {
    /// Up to the end of the picture. Nothing if that does not come, or restarts come that were not announced.
    pub(super) fn new(mut coded: &[u8], restarts: usize) -> Option<Self> {
        let mut scan = Self { bytes: Vec::with_capacity(coded.len() + PADDING), ends: Vec::new() };
        loop {
            let at = memchr::memchr(0xFF, coded)?;
            scan.bytes.extend_from_slice(&coded[..at]);
            let marker = *coded.get(at + 1)?;
            coded = &coded[at + 2..];
            match marker {
                0x00 => scan.bytes.push(0xFF),
                0xD0..=0xD7 if restarts > 0 => scan.ends.push(scan.bytes.len()),
                jpeg_segments::EOI => break,
                _ => return None,
            }
        }
        scan.ends.push(scan.bytes.len());
        scan.bytes.extend_from_slice(&[0; PADDING]);
        Some(scan)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODED: &[u8] = b"\x01\xFF\0\x02\xFF\xD0\x03\xFF\xD9behind";

    #[test]
    fn stuffing_is_taken_out_and_restarts_are_cuts() {
        let scan = Scan::new(CODED, 1).unwrap();
        assert_eq!(scan.bytes, [&[1_u8, 0xFF, 2, 3][..], &[0; PADDING]].concat());
        assert_eq!(scan.ends, [3, 4]);
    }

    #[test]
    fn a_scan_that_is_not_as_announced_is_none() {
        assert!(Scan::new(CODED, 0).is_none(), "a restart that was not announced");
        assert!(Scan::new(&CODED[..7], 1).is_none(), "no end");
        assert!(Scan::new(b"\x01\xFF\xC4\0\x02\xFF\xD9", 1).is_none(), "a segment");
    }
}
