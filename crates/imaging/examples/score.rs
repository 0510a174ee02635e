//! How like a large picture small ones are, by SSIMULACRA2, for `make bench-pictures`.
//!
//! `score LARGE.png SMALL.png…` prints a score a line, in the order of the small ones; 100 is a perfect likeness. They
//! are held against a reference that no encoder has seen: the large picture, scaled to the size of the small one in
//! linear light and in floating point by a Lanczos3 filter over all its pixels. It is never rounded to 8 bits.

use fast_image_resize::images::TypedImage;
use fast_image_resize::pixels::F32x3;
use fast_image_resize::{FilterType, ImageView, ResizeAlg, ResizeOptions, Resizer};
use ssimulacra2::{LinearRgb, compute_frame_ssimulacra2};
use std::error::Error;

type Light = TypedImage<'static, F32x3>;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let large = read(&arguments.next().ok_or("score LARGE.png SMALL.png…")?)?;
    let mut reference: Option<LinearRgb> = None;
    for path in arguments {
        let small = linear(&read(&path)?)?;
        let kept = reference.take().filter(|kept| (kept.width(), kept.height()) == (small.width(), small.height()));
        let kept = match kept {
            Some(kept) => kept,
            None => linear(&scaled(&large, small.width().try_into()?, small.height().try_into()?)?)?,
        };
        println!("{:.3}", compute_frame_ssimulacra2(kept.clone(), small)?);
        reference = Some(kept);
    }
    Ok(())
}

/// A PNG in sRGB, as light.
fn read(path: &str) -> Result<Light, Box<dyn Error>> {
    let picture = image::open(path)?.into_rgb8();
    let light: Vec<f32> = (0..=u8::MAX).map(light_of).collect();
    let pixels = picture.pixels().map(|pixel| F32x3::new(pixel.0.map(|part| light[usize::from(part)]))).collect();
    Ok(TypedImage::from_pixels(picture.width(), picture.height(), pixels)?)
}

/// The transfer function of sRGB (IEC 61966-2-1).
fn light_of(part: u8) -> f32 {
    let part = f32::from(part) / 255.0;
    if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

fn scaled(large: &Light, width: u32, height: u32) -> Result<Light, Box<dyn Error>> {
    let mut small = TypedImage::new(width, height);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize_typed(large, &mut small, &options)?;
    Ok(small)
}

/// What the filter overshoots is cut off, as no screen shows it.
fn linear(light: &Light) -> Result<LinearRgb, Box<dyn Error>> {
    let pixels = light.pixels().iter().map(|pixel| pixel.0.map(|part| part.clamp(0.0, 1.0))).collect();
    Ok(LinearRgb::new(pixels, light.width() as usize, light.height() as usize)?)
}
