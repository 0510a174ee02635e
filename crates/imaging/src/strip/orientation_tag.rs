//! The one EXIF tag that stays: how the picture must be turned.

use crate::Orientation;

/// A TIFF structure with this tag alone (EXIF 2.32, section 4.5). Nothing for a picture that is upright as it is.
pub(super) fn orientation_tag(orientation: Orientation) -> Option<Vec<u8>> {
    if orientation == Orientation::Upright {
        return None;
    }
    // Big-endian; the directory is at 8 and has one entry: tag 0x0112, one number of 16 bits, then two bytes to fill.
    let mut tags = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    tags.extend(orientation.as_u16().to_be_bytes());
    // And no further directory.
    tags.extend([0; 6]);
    Some(tags)
}
