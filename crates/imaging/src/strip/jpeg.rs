//! JPEG: the segments that make the picture (ITU-T T.81, annex B).

use super::orientation_tag::orientation_tag;
use crate::Orientation;

const START: [u8; 2] = [0xFF, 0xD8];
const END: [u8; 2] = [0xFF, 0xD9];
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP2: u8 = 0xE2;
const APP14: u8 = 0xEE;

/// The bytes of Adobe's segment that decoders read.
const ADOBE: usize = 12;

/// The bytes of JFIF's segment in front of its thumbnail.
const JFIF: usize = 14;

/// Copies the picture up to its end marker, with its colour profile and its orientation. Nothing if it has no end or
/// segments that are not understood.
pub(super) fn without_metadata(bytes: &[u8], orientation: Orientation) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(&START)?;
    let (mut first, mut others) = (Vec::new(), Vec::with_capacity(bytes.len()));
    loop {
        let (marker, behind) = next_marker(rest)?;
        rest = behind;
        if marker == EOI {
            break;
        }
        let (payload, behind) = payload(rest)?;
        rest = behind;
        match kept(marker, payload)? {
            Keep::First(payload) => segment(&mut first, marker, &payload)?,
            Keep::Whole => segment(&mut others, marker, payload)?,
            Keep::Start(length) => segment(&mut others, marker, payload.get(..length)?)?,
            Keep::Nothing => {}
        }
        if marker == SOS {
            let (scan, behind) = rest.split_at_checked(scan_length(rest)?)?;
            others.extend_from_slice(scan);
            rest = behind;
        }
    }
    let mut file = START.to_vec();
    file.append(&mut first);
    if let Some(tags) = orientation_tag(orientation) {
        segment(&mut file, APP1, &[b"Exif\0\0", tags.as_slice()].concat())?;
    }
    file.append(&mut others);
    file.extend(END);
    Some(file)
}

enum Keep {
    /// This in its place, and in front of all others: JFIF says so.
    First(Vec<u8>),
    Whole,
    /// So many bytes.
    Start(usize),
    Nothing,
}

/// What stays of a segment. Nothing at all for markers that have no meaning here.
fn kept(marker: u8, payload: &[u8]) -> Option<Keep> {
    Some(match marker {
        // Frames, tables, scans.
        0xC0..=0xC7 | 0xC9..=0xCF | SOS..=0xDF => Keep::Whole,
        // Without its thumbnail.
        APP0 if payload.starts_with(b"JFIF\0") => {
            let mut header = payload.get(..JFIF)?.to_vec();
            header[JFIF - 2..].fill(0);
            Keep::First(header)
        }
        APP2 if payload.starts_with(b"ICC_PROFILE\0") => Keep::Whole,
        APP14 if payload.starts_with(b"Adobe") && payload.len() >= ADOBE => Keep::Start(ADOBE),
        // Applications, extensions of the standard that hold no picture, comments.
        APP0..=0xFE => Keep::Nothing,
        _ => return None,
    })
}

/// The marker that comes next, over stray bytes; and what is behind it.
fn next_marker(mut bytes: &[u8]) -> Option<(u8, &[u8])> {
    loop {
        let prefix = bytes.iter().position(|&byte| byte == 0xFF)?;
        let code = prefix + bytes[prefix..].iter().position(|&byte| byte != 0xFF)?;
        let marker = bytes[code];
        bytes = &bytes[code + 1..];
        // Stuffing, and markers that stand alone and mean nothing outside scans.
        if !matches!(marker, 0x00 | 0x01 | 0xD0..=0xD8) {
            return Some((marker, bytes));
        }
    }
}

/// A segment's content, and what is behind it.
fn payload(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, _) = bytes.split_first_chunk::<2>()?;
    let length = usize::from(u16::from_be_bytes(*length));
    Some((bytes.get(2..length)?, &bytes[length..]))
}

/// Bytes up to the marker behind a scan. Stuffed zeros and restart markers are of the scan.
fn scan_length(bytes: &[u8]) -> Option<usize> {
    let ends = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF);
    bytes.windows(2).position(ends)
}

fn segment(file: &mut Vec<u8>, marker: u8, payload: &[u8]) -> Option<()> {
    let length = u16::try_from(payload.len() + 2).ok()?;
    file.extend([0xFF, marker]);
    file.extend(length.to_be_bytes());
    file.extend_from_slice(payload);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With a thumbnail, EXIF, stray bytes, a comment, further pictures, and bytes behind the end.
    const FILE: &[u8] = b"\xFF\xD8\xFF\xE0\0\x14JFIF\0\x01\x02\x01\0\x48\0\x48\x01\x01rgb!\
        \xFF\xE1\0\x08secret..\xFF\xFE\0\x06text\xFF\xE2\0\x06MPF\0\
        \xFF\xEE\0\x10Adobe\0\x64\0\0\0\0\x01ID\
        \xFF\xC0\0\x03a\xFF\xDA\0\x03b12\xFF\0\xFF\xD034\xFF\xC4\0\x03c\xFF\xDA\0\x03d56\xFF\xD9trailing";
    const BEGINNING: &[u8] = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x02\x01\0\x48\0\x48\0\0";
    const REST: &[u8] = b"\xFF\xEE\0\x0EAdobe\0\x64\0\0\0\0\x01\
        \xFF\xC0\0\x03a\xFF\xDA\0\x03b12\xFF\0\xFF\xD034\xFF\xC4\0\x03c\xFF\xDA\0\x03d56\xFF\xD9";

    #[track_caller]
    fn assert_same(copy: Option<Vec<u8>>, expected: &[u8]) {
        assert_eq!(copy.unwrap().escape_ascii().to_string(), expected.escape_ascii().to_string());
    }

    #[test]
    fn only_the_picture_stays() {
        assert_same(without_metadata(FILE, Orientation::Upright), &[BEGINNING, REST].concat());
        let tag = b"\xFF\xE1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let turned = [BEGINNING, tag, REST].concat();
        assert_same(without_metadata(FILE, Orientation::QuarterRight), &turned);
        assert_same(without_metadata(&turned, Orientation::QuarterRight), &turned);
    }

    #[test]
    fn what_is_not_understood_is_not_copied() {
        let end = FILE.len() - b"trailing".len();
        for length in 0..end {
            assert_eq!(without_metadata(&FILE[..length], Orientation::Upright), None, "cut to {length}");
        }
        let mut reserved = FILE.to_vec();
        reserved[3] = 0x02;
        assert_eq!(without_metadata(&reserved, Orientation::Upright), None);
    }
}
