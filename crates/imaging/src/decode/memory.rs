//! How much memory it takes to open a picture, worked out from its header before anything is decoded.

use super::header::Header;
use crate::{Format, Limits, Refusal};

/// What a decoder may take beside the picture itself: colour profiles, rows, tables.
pub(super) const WORKING: u64 = 64 * 1024 * 1024;

/// Refuses what takes more memory than allowed when it is opened for a result of the sides `target`. Only drawings are
/// ever opened smaller than they are: a picture that is taken can be shown in every size.
pub(super) fn check(format: Format, header: &Header, target: (u32, u32), limits: &Limits) -> Result<(), Refusal> {
    let sides = if format == Format::Svg { target } else { (header.width, header.height) };
    allow(pixels(sides).saturating_mul(bytes_a_pixel(format)), limits)
}

/// Likewise for a JPEG file of which the decoder holds so many samples until the last scan, two bytes each.
pub(super) fn check_jpeg(header: &Header, samples: u64, limits: &Limits) -> Result<(), Refusal> {
    let decoded = pixels((header.width, header.height)).saturating_mul(bytes_a_pixel(Format::Jpeg));
    allow(decoded.saturating_add(samples.saturating_mul(2)), limits)
}

/// Refuses what takes more bytes than allowed.
pub(super) fn allow(needed: u64, limits: &Limits) -> Result<(), Refusal> {
    if needed > limits.max_memory {
        return Err(Refusal::TooMuchMemory { needed, most: limits.max_memory });
    }
    Ok(())
}

/// What the `image` crate may allocate.
pub(super) fn allowance(bytes: u64) -> image::Limits {
    let mut limits = image::Limits::no_limits();
    limits.max_alloc = Some(bytes);
    limits
}

pub(crate) fn pixels((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

/// What decoders hold at their peak, the decoded picture included. With more than eight bits a channel it is more; the
/// decoders that take those add that themselves.
pub(super) fn bytes_a_pixel(format: Format) -> u64 {
    match format {
        Format::Jpeg => 3,
        Format::Png | Format::WebP | Format::Gif | Format::Tiff | Format::Bmp | Format::Avif | Format::Svg => 8,
        Format::Heic => 20,
        Format::Jxl => 24,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: Header = Header { width: 1000, height: 1000, has_alpha: false, frames: 1, orientation: None };

    fn limits(max_memory: u64) -> Limits {
        Limits { max_memory, ..Limits::default() }
    }

    #[test]
    fn memory_follows_from_format_and_sides() {
        let full = (1000, 1000);
        assert_eq!(check(Format::Png, &HEADER, full, &limits(8_000_000)), Ok(()));
        let refusal = Refusal::TooMuchMemory { needed: 8_000_000, most: 7_999_999 };
        assert_eq!(check(Format::Png, &HEADER, full, &limits(7_999_999)), Err(refusal));
        assert_eq!(check(Format::Jpeg, &HEADER, full, &limits(3_000_000)), Ok(()));
        assert!(check(Format::Jxl, &HEADER, (10, 10), &limits(20_000_000)).is_err());
        assert_eq!(check(Format::Svg, &HEADER, (10, 10), &limits(800)), Ok(()));
    }

    #[test]
    fn scans_to_come_count_for_a_jpeg() {
        assert_eq!(check_jpeg(&HEADER, 1_500_000, &limits(6_000_000)), Ok(()));
        assert!(check_jpeg(&HEADER, 1_500_001, &limits(6_000_000)).is_err());
        assert!(check_jpeg(&HEADER, u64::MAX, &limits(6_000_000)).is_err());
    }
}
