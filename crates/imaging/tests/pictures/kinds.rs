//! Files that are less common, and those with oddities that harm nobody.

use crate::draw::{assert_near, compress, cornered, file, jpeg, jpeg_with, open, plain, render};
use crate::files::{Tags, tiff};
use crate::upright::as_stored;
use ::tiff::encoder::colortype::{Gray8, Gray16, RGB8, RGB16, RGB32Float, RGBA8};
use image::{DynamicImage, ImageFormat, RgbImage};
use imaging::{Facts, Format, Limits, Orientation, Output, Refusal, mean_colour, probe};
use turbojpeg::{Compressor, PixelFormat, Subsamp};

#[track_caller]
fn assert_renders(bytes: &[u8]) {
    let seen = probe(bytes, &Limits::default()).unwrap();
    mean_colour(bytes, &seen, &Limits::default()).unwrap();
    let shown = open(&render(bytes, 100, Output::Jpeg).unwrap(), Output::Jpeg);
    assert_near(shown.get_pixel(10, 7), [230, 20, 20, 255]);
}

fn picture() -> RgbImage {
    cornered(400, 300)
}

#[test]
fn progressive_and_arithmetic_files_are_taken() {
    assert_renders(&jpeg_with(&picture(), |compressor| compressor.set_progressive(true).unwrap()));
    assert_renders(&jpeg_with(&picture(), |compressor| compressor.set_arithmetic(true).unwrap()));
    assert_renders(&jpeg_with(&picture(), |compressor| compressor.set_subsamp(Subsamp::None).unwrap()));
}

#[test]
fn grey_files_are_taken() {
    let mut compressor = Compressor::new().unwrap();
    compressor.set_subsamp(Subsamp::Gray).unwrap();
    let grey = compress(&mut compressor, &[77; 120 * 80], (120, 80), PixelFormat::GRAY);
    let shown = open(&render(&grey, 60, Output::WebP).unwrap(), Output::WebP);
    assert_near(shown.get_pixel(30, 20), [77, 77, 77, 255]);
}

#[test]
fn inks_become_light() {
    let mut compressor = Compressor::new().unwrap();
    // The library marks such files as Adobe's, so inks are inverted: full light, no magenta or yellow light, no black.
    let inks = [255, 0, 0, 255].repeat(120 * 80);
    let cmyk = compress(&mut compressor, &inks, (120, 80), PixelFormat::CMYK);
    let shown = open(&render(&cmyk, 60, Output::WebP).unwrap(), Output::WebP);
    assert_near(shown.get_pixel(30, 20), [255, 0, 0, 255]);
}

#[test]
fn lossless_files_are_refused_with_a_hint() {
    let lossless = jpeg_with(&plain(64, 64, [9, 9, 9]), |compressor| compressor.set_lossless(true).unwrap());
    let refusal = probe(&lossless, &Limits::default()).unwrap_err();
    assert!(matches!(refusal, Refusal::Unsupported(_)), "{refusal:?}");
}

#[test]
fn bytes_behind_the_end_are_ignored() {
    let mut bytes = jpeg(&picture());
    bytes.extend(b"a video, or whatever a telephone puts here");
    assert_renders(&bytes);
}

#[test]
fn stray_bytes_between_segments_are_forgiven() {
    let mut bytes = jpeg(&picture());
    // Behind the start marker and the 18 bytes of the first segment.
    drop(bytes.splice(20..20, [1, 2, 3]));
    assert_renders(&bytes);
    // And before the end marker.
    let end = bytes.len() - 2;
    drop(bytes.splice(end..end, [0, 0]));
    assert_renders(&bytes);
}

#[test]
fn sixteen_bits_a_channel_become_eight() {
    let deep = DynamicImage::from(picture()).into_rgb16();
    assert_renders(&file(deep.clone(), ImageFormat::Png));
    assert_renders(&tiff::<RGB16>((400, 300), deep.as_raw(), Tags::default()));
    let floating: Vec<f32> = picture().as_raw().iter().map(|&part| f32::from(part) / 255.0).collect();
    assert_renders(&tiff::<RGB32Float>((400, 300), &floating, Tags::default()));
}

#[test]
fn bmp_files_are_taken() {
    let bmp = file(picture(), ImageFormat::Bmp);
    let seen = probe(&bmp, &Limits::default()).unwrap();
    assert_eq!((seen.format, seen.width, seen.height, seen.frames), (Format::Bmp, 400, 300, 1));
    assert_eq!(seen.facts, Facts::default());
    assert_renders(&bmp);
}

#[test]
fn tiff_files_are_taken() {
    let bytes = tiff::<RGB8>((400, 300), picture().as_raw(), Tags::default());
    let seen = probe(&bytes, &Limits::default()).unwrap();
    assert_eq!((seen.format, seen.width, seen.height, seen.has_alpha), (Format::Tiff, 400, 300, false));
    assert_renders(&bytes);
}

#[test]
fn tiff_files_of_every_orientation_come_out_upright() {
    for orientation in 1..=8 {
        let stored = as_stored(&picture(), orientation);
        let tags = Tags { orientation: Some(orientation), ..Tags::default() };
        let bytes = tiff::<RGB8>(stored.dimensions(), stored.as_raw(), tags);
        let seen = probe(&bytes, &Limits::default()).unwrap();
        assert_eq!((seen.width, seen.height, seen.orientation), (400, 300, Orientation::from(orientation)));
        assert_renders(&bytes);
    }
}

#[test]
fn tiff_files_may_be_grey_or_transparent() {
    let grey = tiff::<Gray8>((120, 80), &[77; 120 * 80], Tags::default());
    assert_near(open(&render(&grey, 60, Output::WebP).unwrap(), Output::WebP).get_pixel(30, 20), [77, 77, 77, 255]);
    let deep = tiff::<Gray16>((120, 80), &[77 * 257; 120 * 80], Tags::default());
    assert_near(open(&render(&deep, 60, Output::WebP).unwrap(), Output::WebP).get_pixel(30, 20), [77, 77, 77, 255]);
    let through = tiff::<RGBA8>((120, 80), &[20, 40, 220, 0].repeat(120 * 80), Tags::default());
    assert!(probe(&through, &Limits::default()).unwrap().has_alpha);
    assert_eq!(open(&render(&through, 60, Output::WebP).unwrap(), Output::WebP).get_pixel(30, 20)[3], 0);
}
