//! Draws pictures, writes them as files, and opens what was rendered.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use imaging::{Fit, Format, Gravity, Limits, Output, Recipe, Refusal, Rendered};
use std::io::Cursor;
use turbojpeg::{Compressor, Image, PixelFormat, Subsamp};

/// A gradient without red, and a red block in the top left corner: a quarter of each side.
pub fn cornered(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let is_corner = x < width / 4 && y < height / 4;
        if is_corner { Rgb([230, 20, 20]) } else { Rgb([20, (x * 200 / width) as u8, (y * 200 / height) as u8]) }
    })
}

/// One colour all over.
pub fn plain(width: u32, height: u32, colour: [u8; 3]) -> RgbImage {
    RgbImage::from_pixel(width, height, Rgb(colour))
}

pub fn jpeg(picture: &RgbImage) -> Vec<u8> {
    jpeg_with(picture, |_| ())
}

/// A JPEG whose encoder was set up further.
pub fn jpeg_with(picture: &RgbImage, set_up: impl FnOnce(&mut Compressor)) -> Vec<u8> {
    let mut compressor = Compressor::new().unwrap();
    compressor.set_quality(92).unwrap();
    compressor.set_subsamp(Subsamp::Sub2x2).unwrap();
    set_up(&mut compressor);
    compress(&mut compressor, picture.as_raw(), picture.dimensions(), PixelFormat::RGB)
}

pub fn compress(compressor: &mut Compressor, pixels: &[u8], sides: (u32, u32), format: PixelFormat) -> Vec<u8> {
    let (width, height) = (sides.0 as usize, sides.1 as usize);
    compressor.compress_to_vec(Image { pixels, width, pitch: width * format.size(), height, format }).unwrap()
}

/// A file of a format that the tests' encoders know: PNG, GIF, lossless WebP.
pub fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.into().write_to(Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// A still of this width.
pub fn still(width: u32, output: Output) -> Recipe {
    let (fit, gravity) = (Fit::Inside, Gravity::Centre);
    Recipe { width: Some(width), height: None, fit, gravity, quality: None, output, moving: false }
}

pub fn render(bytes: &[u8], width: u32, output: Output) -> Result<Rendered, Refusal> {
    imaging::render(bytes, &still(width, output), &Limits::default())
}

/// Opens a rendered picture, having checked that it is of the size and format it is said to be.
pub fn open(rendered: &Rendered, output: Output) -> RgbaImage {
    let picture = match Format::sniff(&rendered.bytes) {
        Some(Format::Jpeg) => {
            assert_eq!(output, Output::Jpeg);
            let decoded = turbojpeg::decompress(&rendered.bytes, PixelFormat::RGBA).unwrap();
            RgbaImage::from_raw(decoded.width as u32, decoded.height as u32, decoded.pixels).unwrap()
        }
        Some(format @ (Format::WebP | Format::Png | Format::Gif)) => {
            assert_eq!(output.content_type(), format.content_type());
            image::load_from_memory(&rendered.bytes).unwrap().into_rgba8()
        }
        other => panic!("rendered as {other:?}"),
    };
    assert_eq!(picture.dimensions(), (rendered.width, rendered.height));
    picture
}

#[track_caller]
pub fn assert_near(pixel: &Rgba<u8>, expected: [u8; 4]) {
    let is_near = pixel.0.iter().zip(expected).all(|(part, expected)| part.abs_diff(expected) <= 14);
    assert!(is_near, "{pixel:?} is not {expected:?}");
}

pub fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
