//! JPEG files that are less common, and those with oddities that harm nobody.

use crate::draw::{assert_near, compress, cornered, jpeg, jpeg_with, open, plain, render};
use image::RgbImage;
use imaging::{Limits, Output, Refusal, mean_colour, probe};
use turbojpeg::{Compressor, PixelFormat, Subsamp};

#[track_caller]
fn assert_renders(bytes: &[u8]) {
    let seen = probe(bytes, &Limits::default()).unwrap();
    mean_colour(bytes, &seen).unwrap();
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
