//! Makes a picture smaller.

use crate::Refusal;
use crate::raster::{Channels, Pixels, Plane};
use crate::refusal::UNDRAWABLE;
use fast_image_resize::images::{CroppedImage, Image, ImageRef};
use fast_image_resize::{MulDiv, PixelType, ResizeOptions, Resizer};

/// The part of a picture to scale, in its pixels; edges may lie within a pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Part {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Scales a part of a picture to exactly this width and height with a Lanczos3 filter. Colours are weighed by their
/// opacity, so that what is transparent does not bleed into what is not.
pub(super) fn resize(pixels: Pixels, part: Part, (width, height): (u32, u32)) -> Result<Pixels, Refusal> {
    if part.is_to_be_copied(width, height) {
        return cut(pixels, part.left as usize, part.top as usize, (width, height)).ok_or(UNDRAWABLE);
    }
    let channels = pixels.channels;
    let kind = match channels {
        Channels::Rgb => PixelType::U8x3,
        Channels::Rgba | Channels::Cmyk => PixelType::U8x4,
    };
    let mut source = Image::from_vec_u8(pixels.width, pixels.height, pixels.bytes, kind).map_err(|_| UNDRAWABLE)?;
    let mut target = Image::new(width, height, kind);
    // Multiplied in place: the resizer would make a copy of the whole source for it.
    let opacity = MulDiv::new();
    if channels == Channels::Rgba {
        opacity.multiply_alpha_inplace(&mut source).map_err(|_| UNDRAWABLE)?;
    }
    let options = ResizeOptions::new().use_alpha(false).crop(part.left, part.top, part.width, part.height);
    Resizer::new().resize(&source, &mut target, &options).map_err(|_| UNDRAWABLE)?;
    if channels == Channels::Rgba {
        opacity.divide_alpha_inplace(&mut target).map_err(|_| UNDRAWABLE)?;
    }
    Ok(Pixels { width, height, channels, bytes: target.into_vec() })
}

/// The same for a plane. What stands beside it in its rows and below is not looked at: encoders put there what they
/// like.
pub(super) fn resize_plane(plane: &Plane, part: Part, (width, height): (u32, u32)) -> Option<Vec<u8>> {
    let rows = u32::try_from(plane.samples.len() / plane.stride.max(1)).ok()?;
    let all = ImageRef::new(u32::try_from(plane.stride).ok()?, rows, &plane.samples, PixelType::U8).ok()?;
    let source = CroppedImage::new(&all, 0, 0, plane.width, plane.height).ok()?;
    let mut target = Image::new(width, height, PixelType::U8);
    let options = ResizeOptions::new().crop(part.left, part.top, part.width, part.height);
    Resizer::new().resize(&source, &mut target, &options).ok()?;
    Some(target.into_vec())
}

impl Part {
    /// Whether its pixels are those of the result, one by one.
    fn is_to_be_copied(&self, width: u32, height: u32) -> bool {
        let is_same_size = (self.width, self.height) == (f64::from(width), f64::from(height));
        is_same_size && self.left.fract() == 0.0 && self.top.fract() == 0.0
    }
}

/// Rows of a part; nothing if it is not within the picture.
fn cut(pixels: Pixels, left: usize, top: usize, (width, height): (u32, u32)) -> Option<Pixels> {
    if (pixels.width, pixels.height) == (width, height) {
        return Some(pixels);
    }
    let size = pixels.channels.count();
    let (pitch, row) = (pixels.width as usize * size, width as usize * size);
    let mut bytes = Vec::with_capacity(row * height as usize);
    for above in top..top + height as usize {
        let line = pixels.bytes.get(above * pitch..(above + 1) * pitch)?;
        bytes.extend_from_slice(line.get(left * size..left * size + row)?);
    }
    Some(Pixels { width, height, channels: pixels.channels, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two colours beside each other: 40 columns each.
    fn halves() -> Pixels {
        let row = [[10, 20, 30].repeat(40), [200, 100, 50].repeat(40)].concat();
        Pixels { width: 80, height: 20, channels: Channels::Rgb, bytes: row.repeat(20) }
    }

    #[test]
    fn only_the_part_is_drawn() {
        let right = Part { left: 40.0, top: 0.0, width: 40.0, height: 20.0 };
        let small = resize(halves(), right, (10, 5)).unwrap();
        assert_eq!((small.width, small.height), (10, 5));
        let is_near = |pixel: &[u8; 3]| pixel.iter().zip([200_u8, 100, 50]).all(|(part, of)| part.abs_diff(of) <= 1);
        // The filter looks over the edge of the part, three pixels wide: as if the whole had been scaled and then cut.
        assert!(small.bytes.as_chunks::<3>().0.chunks(10).all(|row| row[3..].iter().all(is_near)));
        let copied = resize(halves(), right, (40, 20)).unwrap();
        assert_eq!(copied.bytes, [200, 100, 50].repeat(800));
    }

    #[test]
    fn what_stands_beside_a_plane_is_not_drawn() {
        let row = [[90; 24].as_slice(), &[255; 8]].concat();
        let samples = [row.repeat(12), vec![255; 32 * 4]].concat();
        let plane = Plane { width: 24, height: 12, extent: (24.0, 12.0), stride: 32, samples };
        let whole = Part { left: 0.0, top: 0.0, width: 24.0, height: 12.0 };
        assert!(resize_plane(&plane, whole, (7, 3)).unwrap().iter().all(|&sample| sample == 90));
    }

    #[test]
    fn a_part_outside_the_picture_is_no_reason_to_panic() {
        for (left, width) in [(60.0, 40.0), (100.0, 10.0)] {
            let part = Part { left, top: 0.0, width, height: 20.0 };
            assert_eq!(resize(halves(), part, (width as u32, 20)), Err(UNDRAWABLE));
            assert_eq!(resize(halves(), part, (5, 5)), Err(UNDRAWABLE));
        }
    }
}
