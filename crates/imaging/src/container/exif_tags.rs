//! Finds and parses the EXIF tags of a file.

use super::{isobmff, jpeg_segments, jxl_boxes};
use crate::{Format, Orientation};
use exif::{Exif, In, Reader, Tag};
use std::io::Cursor;

/// The tags, or as many of them as can be read. A file without tags or with broken ones is still a picture.
pub(crate) fn read(format: Format, bytes: &[u8]) -> Option<Exif> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let tags = match format {
        Format::Jpeg => reader.read_raw(jpeg_segments::exif(bytes)?.to_vec()),
        Format::Png | Format::WebP | Format::Tiff => reader.read_from_container(&mut Cursor::new(bytes)),
        Format::Avif | Format::Heic => reader.read_raw(isobmff::exif(bytes)?),
        Format::Jxl => reader.read_raw(jxl_boxes::exif(bytes)?),
        Format::Gif | Format::Bmp | Format::Svg => return None,
    };
    tags.or_else(|error| error.distill_partial_result(|_| ())).ok()
}

/// How the picture must be turned; upright unless the tags say otherwise.
pub(crate) fn orientation(tags: &Exif) -> Orientation {
    tags.get_field(Tag::Orientation, In::PRIMARY)
        .and_then(|field| field.value.get_uint(0))
        .and_then(|value| u16::try_from(value).ok())
        .map(Orientation::from)
        .unwrap_or_default()
}
