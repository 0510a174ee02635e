//! The marker segments of a JPEG file (ITU-T T.81, annex B).

const RST0: u8 = 0xD0;
const RST7: u8 = 0xD7;
const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;
const APP1: u8 = 0xE1;
const APP14: u8 = 0xEE;

struct Segment<'a> {
    marker: u8,
    payload: &'a [u8],
}

/// Walks the segments, over whatever lies between them: stray bytes, and the scans. Ends with the bytes.
struct Segments<'a>(&'a [u8]);

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

    #[test]
    fn an_end_marker_inside_a_segment_does_not_count() {
        assert!(has_end(FILE));
        for length in 0..FILE.len() {
            assert!(!has_end(&FILE[..length]), "cut to {length}");
        }
    }
}
