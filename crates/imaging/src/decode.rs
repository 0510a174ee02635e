//! Opens a file with the decoder for its format.

use crate::header::Header;
use crate::jpeg::Jpeg;
use crate::pixels::Pixels;
use crate::{Format, Limits, Refusal, frames};

/// Reads the header alone and checks the size.
pub(crate) fn header(format: Format, bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
    match format {
        Format::Jpeg => {
            let jpeg = Jpeg::open(bytes, limits)?;
            Ok(Header { width: jpeg.width(), height: jpeg.height(), has_alpha: false })
        }
        Format::Png | Format::WebP | Format::Gif => frames::header(format, bytes, limits),
    }
}

/// Decodes the whole file, as stored. What comes may be smaller than the original, but leaves a resize to `target`
/// enough to work with.
pub(crate) fn decode(format: Format, bytes: &[u8], target: (u32, u32), limits: &Limits) -> Result<Pixels, Refusal> {
    match format {
        Format::Jpeg => Jpeg::open(bytes, limits)?.decode(target),
        Format::Png | Format::WebP | Format::Gif => frames::first(format, bytes, limits),
    }
}
