//! Writes a picture as JPEG or WebP, without metadata.

use crate::pixels::Pixels;
use crate::refusal::UNDRAWABLE;
use crate::{Refusal, webp};
use turbojpeg::{Compressor, Image, PixelFormat, Subsamp};

/// The format of a rendered picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Output {
    /// For clients that take nothing else. Transparent pixels are drawn on white.
    Jpeg,
    /// Smaller than JPEG, and keeps transparency.
    WebP,
}

impl Output {
    /// Its media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
        }
    }
}

/// The quality of either format unless another is asked for.
const DEFAULT_QUALITY: u8 = 80;

/// A quality out of range means the nearest one in it, 1 to 100.
pub(crate) fn encode(pixels: Pixels, output: Output, quality: Option<u8>) -> Result<Vec<u8>, Refusal> {
    let quality = quality.unwrap_or(DEFAULT_QUALITY).clamp(1, 100);
    match output {
        Output::Jpeg => jpeg(&pixels.on_white(), quality).map_err(|_| UNDRAWABLE),
        Output::WebP => webp::encode(&pixels, quality).ok_or(UNDRAWABLE),
    }
}

/// Takes pixels without opacity.
fn jpeg(pixels: &Pixels, quality: u8) -> turbojpeg::Result<Vec<u8>> {
    let mut compressor = Compressor::new()?;
    compressor.set_quality(i32::from(quality))?;
    compressor.set_subsamp(Subsamp::Sub2x2)?;
    let width = pixels.width as usize;
    compressor.compress_to_vec(Image {
        pixels: pixels.bytes.as_slice(),
        width,
        pitch: width * 3,
        height: pixels.height as usize,
        format: PixelFormat::RGB,
    })
}
