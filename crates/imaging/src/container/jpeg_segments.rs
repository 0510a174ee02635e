//! The marker segments of a JPEG file (ITU-T T.81, annex B).

const RST0: u8 = 0xD0;
const RST7: u8 = 0xD7;
const SOI: u8 = 0xD8;
pub(crate) const EOI: u8 = 0xD9;
pub(crate) const SOS: u8 = 0xDA;
pub(crate) const DQT: u8 = 0xDB;
pub(crate) const DRI: u8 = 0xDD;
pub(crate) const DHT: u8 = 0xC4;
pub(crate) const SOF0: u8 = 0xC0;
pub(crate) const SOF1: u8 = 0xC1;
const APP1: u8 = 0xE1;
const APP2: u8 = 0xE2;
pub(crate) const APP14: u8 = 0xEE;

/// One of them.
pub(crate) struct Segment<'a> {
    pub(crate) marker: u8,
    /// What follows its length.
    pub(crate) payload: &'a [u8],
}

/// Walks the segments, over whatever lies between them: stray bytes, and the scans. Ends with the bytes.
pub(crate) struct Segments<'a>(&'a [u8]);

impl<'a> Segments<'a> {
    /// Those of a file.
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// What comes after the last segment seen.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.0
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        loop {
            let prefix = self.0.iter().position(|&byte| byte == 0xFF)?;
            let code = prefix + self.0[prefix..].iter().position(|&byte| byte != 0xFF)?;
            let marker = self.0[code];
            self.0 = &self.0[code + 1..];
            match marker {
                // Stuffing, and markers that stand alone.
                0x00 | 0x01 | RST0..=RST7 | SOI => {}
                EOI => return Some(Segment { marker, payload: &[] }),
                _ => {
                    let (length, _) = self.0.split_first_chunk::<2>()?;
                    let length = usize::from(u16::from_be_bytes(*length));
                    let payload = self.0.get(2..length)?;
                    self.0 = &self.0[length..];
                    return Some(Segment { marker, payload });
                }
            }
        }
    }
}

fn before_scans(bytes: &[u8]) -> impl Iterator<Item = Segment<'_>> {
    Segments(bytes).take_while(|segment| segment.marker != SOS && segment.marker != EOI)
}

/// The TIFF structure with the EXIF tags.
pub(crate) fn exif(bytes: &[u8]) -> Option<&[u8]> {
    before_scans(bytes)
        .filter(|segment| segment.marker == APP1)
        .find_map(|segment| segment.payload.strip_prefix(b"Exif\0\0"))
}

/// The ICC profile, put together from its parts (ICC.1:2022, annex B.4). One with a part missing counts as none.
pub(crate) fn profile(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut parts: Vec<(u8, u8, &[u8])> = before_scans(bytes)
        .filter(|segment| segment.marker == APP2)
        .filter_map(|segment| match segment.payload.strip_prefix(b"ICC_PROFILE\0")? {
            [number, count, part @ ..] => Some((*number, *count, part)),
            _ => None,
        })
        .collect();
    parts.sort_by_key(|&(number, ..)| number);
    let &(_, count, _) = parts.first()?;
    let is_whole = parts.len() == usize::from(count)
        && (1..=count).zip(&parts).all(|(number, part)| number == part.0 && count == part.1);
    is_whole.then(|| parts.into_iter().flat_map(|(.., part)| part).copied().collect())
}

/// How many samples a decoder holds until the last scan: those of the whole picture when its scans refine it, or bring
/// one component each; otherwise none.
pub(crate) fn buffered_samples(bytes: &[u8]) -> u64 {
    let mut frame: Option<Segment<'_>> = None;
    for segment in Segments(bytes) {
        match segment.marker {
            SOS => {
                let Some(frame) = &frame else { return 0 };
                let scanned = segment.payload.first().copied().unwrap_or(0);
                let is_progressive = matches!(frame.marker, 0xC2 | 0xC6 | 0xCA | 0xCE);
                let has_more_scans = frame.payload.get(5).is_some_and(|&components| scanned < components);
                return if is_progressive || has_more_scans { samples(frame.payload).unwrap_or(0) } else { 0 };
            }
            EOI => return 0,
            // Start of frame; the three that are left out are tables and an extension.
            0xC0..=0xCF if !matches!(segment.marker, 0xC4 | 0xC8 | 0xCC) => frame = Some(segment),
            _ => {}
        }
    }
    0
}

/// Samples of all components, in whole blocks.
fn samples(frame: &[u8]) -> Option<u64> {
    let [_, high, low, wide, narrow, _, components @ ..] = frame else { return None };
    let height = u64::from(u16::from_be_bytes([*high, *low]));
    let width = u64::from(u16::from_be_bytes([*wide, *narrow]));
    let both = |&[_, factors, _]: &[u8; 3]| (u64::from(factors >> 4), u64::from(factors & 15));
    let factors = || components.as_chunks::<3>().0.iter().map(both);
    let most_across = factors().map(|(across, _)| across).max()?.max(1);
    let most_down = factors().map(|(_, down)| down).max()?.max(1);
    let blocks = |side: u64, factor: u64, most: u64| (side * factor).div_ceil(most).next_multiple_of(8 * factor.max(1));
    Some(factors().map(|(across, down)| blocks(width, across, most_across) * blocks(height, down, most_down)).sum())
}

/// Whether Adobe's segment is there. With it, inks are stored inverted.
pub(crate) fn is_adobe(bytes: &[u8]) -> bool {
    before_scans(bytes).any(|segment| segment.marker == APP14 && segment.payload.starts_with(b"Adobe"))
}

/// Whether the end marker comes before the bytes end.
pub(crate) fn has_end(bytes: &[u8]) -> bool {
    Segments(bytes).any(|segment| segment.marker == EOI)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &[u8] =
        b"\xFF\xD8\xFF\xE1\0\x0AExif\0\0\xFF\xD9stray\xFF\xFF\xDA\0\x03\x01\x12\xFF\0\xFF\xD3\x34\xFF\xD9";

    #[test]
    fn segments_are_walked_over_stray_bytes_and_scans() {
        let markers: Vec<u8> = Segments(FILE).map(|segment| segment.marker).collect();
        assert_eq!(markers, [APP1, SOS, EOI]);
        assert_eq!(exif(FILE), Some(&b"\xFF\xD9"[..]));
        assert!(!is_adobe(FILE));
    }

    fn segment(marker: u8, payload: &[u8]) -> Vec<u8> {
        let length = (payload.len() as u16 + 2).to_be_bytes();
        [&[0xFF, marker][..], &length, payload].concat()
    }

    #[test]
    fn a_profile_is_put_together_from_its_parts() {
        let part = |number: u8, count: u8, text: &[u8]| {
            segment(APP2, &[&b"ICC_PROFILE\0"[..], &[number, count], text].concat())
        };
        let file = |parts: &[Vec<u8>]| [b"\xFF\xD8".to_vec(), parts.concat(), b"\xFF\xD9".to_vec()].concat();
        assert_eq!(profile(&file(&[part(2, 2, b"file"), part(1, 2, b"pro")])).as_deref(), Some(&b"profile"[..]));
        assert_eq!(profile(&file(&[part(1, 1, b"profile")])).as_deref(), Some(&b"profile"[..]));
        assert_eq!(profile(&file(&[part(1, 2, b"pro")])), None);
        assert_eq!(profile(&file(&[part(1, 2, b"pro"), part(1, 2, b"pro")])), None);
        assert_eq!(profile(&file(&[part(0, 0, b"")])), None);
        assert_eq!(profile(&file(&[segment(APP2, b"MPF\0")])), None);
        assert_eq!(profile(FILE), None);
    }

    #[test]
    fn scans_to_come_are_seen_in_the_header() {
        // 100 by 50, three components, the second and third at half the width and height.
        let frame = [8, 0, 50, 0, 100, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0];
        let file = |marker: u8, components: u8| {
            [b"\xFF\xD8".to_vec(), segment(marker, &frame), segment(SOS, &[components]), b"\xFF\xD9".to_vec()].concat()
        };
        let whole = 112 * 64 + 2 * 56 * 32;
        assert_eq!(buffered_samples(&file(0xC0, 3)), 0);
        assert_eq!(buffered_samples(&file(0xC0, 1)), whole);
        assert_eq!(buffered_samples(&file(0xC2, 3)), whole);
        assert_eq!(buffered_samples(b"\xFF\xD8\xFF\xD9"), 0);
    }

    #[test]
    fn an_end_marker_inside_a_segment_does_not_count() {
        assert!(has_end(FILE));
        for length in 0..FILE.len() {
            assert!(!has_end(&FILE[..length]), "cut to {length}");
        }
    }
}
