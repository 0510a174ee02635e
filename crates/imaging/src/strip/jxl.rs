//! JPEG XL: the boxes that make the picture.

use crate::container::jxl_boxes;
use crate::decode::jxl::is_exact;

/// Copies the boxes of the picture. Nothing if its codestream does not end where it should.
pub(super) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let codestream = jxl_boxes::codestream(bytes).ok()?;
    is_exact(&codestream).then(|| jxl_boxes::without_metadata(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_codestream_without_a_picture_is_not_copied() {
        assert_eq!(without_metadata(b"\xFF\n"), None);
    }
}
