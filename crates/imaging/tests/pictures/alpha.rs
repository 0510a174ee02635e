//! Transparency: kept where the format can, on white where it cannot.

use crate::draw::{assert_near, file, open, render};
use image::{ImageFormat, Rgba, RgbaImage};
use imaging::{Limits, Output, mean_colour, probe};

/// Left half transparent (and black beneath), right half blue.
fn half_transparent(width: u32, height: u32) -> RgbaImage {
    let left = Rgba([0, 0, 0, 0]);
    RgbaImage::from_fn(width, height, |x, _| if x < width / 2 { left } else { Rgba([20, 40, 220, 255]) })
}

#[test]
fn webp_keeps_transparency_and_jpeg_is_on_white() {
    let original = file(half_transparent(400, 200), ImageFormat::Png);
    assert!(probe(&original, &Limits::default()).unwrap().has_alpha);

    let webp = open(&render(&original, 100, Output::WebP).unwrap(), Output::WebP);
    assert_eq!(webp.get_pixel(20, 25)[3], 0);
    assert_near(webp.get_pixel(80, 25), [20, 40, 220, 255]);

    let jpeg = open(&render(&original, 100, Output::Jpeg).unwrap(), Output::Jpeg);
    assert_near(jpeg.get_pixel(20, 25), [255, 255, 255, 255]);
    assert_near(jpeg.get_pixel(80, 25), [20, 40, 220, 255]);
}

#[test]
fn colours_beneath_transparency_do_not_bleed() {
    // Light grey beside black that is transparent; the edge falls into the middle of a column of the small picture.
    let grey = |x: u32| if x < 195 { Rgba([0, 0, 0, 0]) } else { Rgba([200, 200, 200, 255]) };
    let original = file(RgbaImage::from_fn(400, 200, |x, _| grey(x)), ImageFormat::Png);
    let jpeg = open(&render(&original, 40, Output::Jpeg).unwrap(), Output::Jpeg);
    for x in 0..jpeg.width() {
        assert!(jpeg.get_pixel(x, 10)[1] > 187, "column {x}");
    }
}

#[test]
fn a_transparent_picture_is_white_on_the_mean() {
    let original = file(RgbaImage::new(50, 50), ImageFormat::Png);
    let seen = probe(&original, &Limits::default()).unwrap();
    assert_eq!(mean_colour(&original, &seen, &Limits::default()), Ok([255, 255, 255]));
    let half = file(half_transparent(50, 50), ImageFormat::WebP);
    let seen = probe(&half, &Limits::default()).unwrap();
    assert_eq!(mean_colour(&half, &seen, &Limits::default()), Ok([138, 148, 238]));
}

#[test]
fn opaque_pictures_are_known_as_such() {
    let opaque = file(image::RgbImage::new(8, 8), ImageFormat::Png);
    assert!(!probe(&opaque, &Limits::default()).unwrap().has_alpha);
}
