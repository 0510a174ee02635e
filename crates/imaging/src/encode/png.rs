//! PNG encoding.

use crate::raster::{Channels, Pixels};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

/// Exact. Nothing for inks.
pub(crate) fn encode(pixels: &Pixels) -> Option<Vec<u8>> {
    let kind = match pixels.channels {
        Channels::Rgb => ExtendedColorType::Rgb8,
        Channels::Rgba => ExtendedColorType::Rgba8,
        Channels::Cmyk => return None,
    };
    // The encoder panics on anything else.
    if pixels.bytes.len() != pixels.width as usize * pixels.height as usize * pixels.channels.count() {
        return None;
    }
    let mut file = Vec::new();
    PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Adaptive)
        .write_image(&pixels.bytes, pixels.width, pixels.height, kind)
        .ok()?;
    Some(file)
}
