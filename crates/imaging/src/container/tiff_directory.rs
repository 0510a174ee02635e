//! The first page of a TIFF file, by its tags: whether it is a picture, or what a camera keeps before it makes one.

/// The marks of a classic and of a big TIFF file, in either byte order.
pub(super) fn is_tiff(bytes: &[u8]) -> bool {
    matches!(bytes, [b'I', b'I', b'*' | b'+', 0, ..] | [b'M', b'M', 0, b'*' | b'+', ..])
}

/// Whether a TIFF file is a camera's raw picture, which shows a small preview first or says what it is.
pub(super) fn is_camera_raw(bytes: &[u8]) -> bool {
    const NEW_SUBFILE_TYPE: u16 = 254;
    const PHOTOMETRIC: u16 = 262;
    const DNG_VERSION: u16 = 50_706;
    let is_classic = is_tiff(bytes) && bytes.iter().take(4).any(|&byte| byte == b'*');
    let is_raw = |(tag, value): (u16, u32)| match tag {
        // A reduced copy of another picture in the file.
        NEW_SUBFILE_TYPE => value & 1 == 1,
        // A mosaic of filters, or the same after the mosaic was taken out.
        PHOTOMETRIC => matches!(value, 32_803 | 34_892),
        DNG_VERSION => true,
        _ => false,
    };
    is_classic && (bytes.get(8..10) == Some(&b"CR"[..]) || first_directory(bytes).any(is_raw))
}

/// The tags of the first page of a classic TIFF file, each with its first value.
fn first_directory(bytes: &[u8]) -> impl Iterator<Item = (u16, u32)> {
    const SHORT: u16 = 3;
    let is_little = bytes.starts_with(b"II");
    let short = move |at: usize| {
        let number = *bytes.get(at..)?.first_chunk()?;
        Some(if is_little { u16::from_le_bytes(number) } else { u16::from_be_bytes(number) })
    };
    let long = move |at: usize| {
        let number = *bytes.get(at..)?.first_chunk()?;
        Some(if is_little { u32::from_le_bytes(number) } else { u32::from_be_bytes(number) })
    };
    let start = long(4).map_or(0, |start| start as usize);
    let count = short(start).map_or(0, usize::from);
    (0..count).map_while(move |index| {
        let at = start + 2 + index * 12;
        let value = if short(at + 2)? == SHORT { u32::from(short(at + 8)?) } else { long(at + 8)? };
        Some((short(at)?, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_pictures_of_cameras_are_told_from_others() {
        let file = |tag: u16, value: u16| {
            let mut bytes = b"II*\0\x08\0\0\0\x01\0".to_vec();
            bytes.extend([tag, 3, 1, 0, value, 0].into_iter().flat_map(u16::to_le_bytes));
            bytes
        };
        assert!(is_camera_raw(&file(50_706, 1)));
        assert!(is_camera_raw(&file(254, 1)));
        assert!(is_camera_raw(&file(262, 32_803)));
        assert!(!is_camera_raw(&file(262, 2)));
        assert!(!is_camera_raw(&file(254, 0)));
        assert!(is_camera_raw(b"II*\0\x10\0\0\0CR\x02\0"));
        assert!(!is_camera_raw(b"II*\0\xFF\xFF\xFF\xFF"));
        assert!(!is_camera_raw(b"BM"));
    }
}
