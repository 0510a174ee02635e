//! Makes a picture smaller.

use crate::Refusal;
use crate::pixels::{Channels, Pixels};
use crate::refusal::UNDRAWABLE;
use fast_image_resize::images::Image;
use fast_image_resize::{MulDiv, PixelType, ResizeOptions, Resizer};

/// Scales to exactly this width and height with a Lanczos3 filter. Colours are weighed by their opacity, so that what
/// is transparent does not bleed into what is not.
pub(crate) fn resize(pixels: Pixels, (width, height): (u32, u32)) -> Result<Pixels, Refusal> {
    if (pixels.width, pixels.height) == (width, height) {
        return Ok(pixels);
    }
    let channels = pixels.channels;
    let kind = match channels {
        Channels::Rgb => PixelType::U8x3,
        Channels::Rgba => PixelType::U8x4,
    };
    let mut source = Image::from_vec_u8(pixels.width, pixels.height, pixels.bytes, kind).map_err(|_| UNDRAWABLE)?;
    let mut target = Image::new(width, height, kind);
    // Multiplied in place: the resizer would make a copy of the whole source for it.
    let opacity = MulDiv::new();
    if channels == Channels::Rgba {
        opacity.multiply_alpha_inplace(&mut source).map_err(|_| UNDRAWABLE)?;
    }
    let options = ResizeOptions::new().use_alpha(false);
    Resizer::new().resize(&source, &mut target, &options).map_err(|_| UNDRAWABLE)?;
    if channels == Channels::Rgba {
        opacity.divide_alpha_inplace(&mut target).map_err(|_| UNDRAWABLE)?;
    }
    Ok(Pixels { width, height, channels, bytes: target.into_vec() })
}
