//! PNG: the chunks that make the picture (W3C, Portable Network Graphics, third edition).

use super::orientation_tag::orientation_tag;
use crate::Orientation;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// Pixels, colours, transparency, sizes and frames. The profile's name is of the profile.
const KEPT: [&[u8; 4]; 16] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD",
    b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// Set in the name of a chunk that a decoder may leave out.
const ANCILLARY: u8 = 0x20;

/// Copies the chunks up to the end of the picture, with its orientation. Nothing if it has no end, or chunks without
/// which it cannot be shown but that are not understood.
pub(super) fn without_metadata(bytes: &[u8], orientation: Orientation) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let mut file = Vec::with_capacity(bytes.len());
    file.extend_from_slice(SIGNATURE);
    loop {
        let (length, behind) = rest.split_first_chunk::<4>()?;
        let (name, _) = behind.split_first_chunk::<4>()?;
        // Length, name and checksum around the content.
        let whole = usize::try_from(u32::from_be_bytes(*length)).ok()?.checked_add(12)?;
        let (chunk, behind) = rest.split_at_checked(whole)?;
        rest = behind;
        if KEPT.contains(&name) {
            file.extend_from_slice(chunk);
        } else if name[0] & ANCILLARY == 0 {
            return None;
        }
        match name {
            b"IHDR" => {
                if let Some(tags) = orientation_tag(orientation) {
                    append(&mut file, b"eXIf", &tags)?;
                }
            }
            b"IEND" => return Some(file),
            _ => {}
        }
    }
}

fn append(file: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) -> Option<()> {
    file.extend(u32::try_from(content.len()).ok()?.to_be_bytes());
    let start = file.len();
    file.extend_from_slice(name);
    file.extend_from_slice(content);
    file.extend(checksum(&file[start..]).to_be_bytes());
    Some(())
}

/// CRC-32 as PNG has it (annex D). Bit by bit: it is for a few bytes.
fn checksum(bytes: &[u8]) -> u32 {
    let add = |crc: u32, &byte: &u8| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(u32::MAX, add)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut file = SIGNATURE.to_vec();
        for (name, content) in chunks {
            append(&mut file, name, content).unwrap();
        }
        file
    }

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(checksum(b"IEND"), 0xAE42_6082);
    }

    #[test]
    fn only_the_picture_stays() {
        let original = [
            file(&[
                (b"IHDR", b"sides"),
                (b"tEXt", b"Author\0me"),
                (b"gAMA", b"1234"),
                (b"eXIf", b"position"),
                (b"IDAT", b"pixels"),
                (b"prVt", b"?"),
                (b"IEND", b""),
            ]),
            b"trailing".to_vec(),
        ]
        .concat();
        let expected = file(&[(b"IHDR", b"sides"), (b"gAMA", b"1234"), (b"IDAT", b"pixels"), (b"IEND", b"")]);
        assert_eq!(without_metadata(&original, Orientation::Upright), Some(expected));

        let tags = orientation_tag(Orientation::Mirrored).unwrap();
        let expected =
            file(&[(b"IHDR", b"sides"), (b"eXIf", &tags), (b"gAMA", b"1234"), (b"IDAT", b"pixels"), (b"IEND", b"")]);
        assert_eq!(without_metadata(&original, Orientation::Mirrored), Some(expected));
    }

    #[test]
    fn what_is_not_understood_is_not_copied() {
        let strange = file(&[(b"IHDR", b"sides"), (b"WHAT", b""), (b"IEND", b"")]);
        assert_eq!(without_metadata(&strange, Orientation::Upright), None);
        let short = file(&[(b"IHDR", b"sides"), (b"IDAT", b"pixels")]);
        assert_eq!(without_metadata(&short, Orientation::Upright), None);
    }
}
