//! Writes a picture in the format asked for, without metadata.

mod avif;
pub(crate) mod gif;
mod jpeg;
pub(crate) mod png;
mod webp;
pub(crate) mod webp_animation;

use crate::raster::{Pixels, Planes};
use crate::refusal::UNDRAWABLE;
use crate::{Output, Refusal};

/// Writes one picture of sRGB; see [`Output::quality`].
pub(crate) fn encode(pixels: Pixels, output: Output, quality: Option<u8>) -> Result<Vec<u8>, Refusal> {
    let quality = output.quality(quality);
    match output {
        Output::Jpeg => jpeg::encode(&pixels.on_white(), quality).ok_or(UNDRAWABLE),
        Output::Png => png::encode(&pixels).ok_or(UNDRAWABLE),
        Output::WebP => webp::encode(&pixels, quality).ok_or(UNDRAWABLE),
        Output::Avif => avif::encode(&pixels, quality).ok_or(UNDRAWABLE),
        Output::Gif => gif::still(pixels).ok_or(UNDRAWABLE),
    }
}

/// The same of planes.
pub(crate) fn encode_planes(planes: &Planes, output: Output, quality: Option<u8>) -> Result<Vec<u8>, Refusal> {
    let exact = output.quality(quality);
    match output {
        Output::Jpeg => jpeg::encode_planes(planes, exact).ok_or(UNDRAWABLE),
        Output::WebP => webp::encode_planes(planes, exact).ok_or(UNDRAWABLE),
        Output::Avif => avif::encode_planes(planes, exact).ok_or(UNDRAWABLE),
        Output::Png | Output::Gif => encode(planes.pixels().ok_or(UNDRAWABLE)?, output, quality),
    }
}
