//! Pictures come out upright, whichever way the camera was held.

use crate::draw::{assert_near, contains, cornered, file, jpeg, open, render};
use crate::tiff::{camera, in_jpeg};
use image::{ImageFormat, RgbImage};
use imaging::{Limits, Output, probe};

/// Where a pixel of the upright picture is stored, by what EXIF says of the first row and the first column.
fn stored_at(orientation: u16, (x, y): (u32, u32), (width, height): (u32, u32)) -> (u32, u32) {
    let (from_right, from_bottom) = (width - 1 - x, height - 1 - y);
    match orientation {
        1 => (x, y),
        2 => (from_right, y),
        3 => (from_right, from_bottom),
        4 => (x, from_bottom),
        5 => (y, x),
        6 => (y, from_right),
        7 => (from_bottom, from_right),
        _ => (from_bottom, x),
    }
}

pub fn as_stored(upright: &RgbImage, orientation: u16) -> RgbImage {
    let (width, height) = upright.dimensions();
    let mut stored = if orientation < 5 { RgbImage::new(width, height) } else { RgbImage::new(height, width) };
    for (x, y, pixel) in upright.enumerate_pixels() {
        let (column, row) = stored_at(orientation, (x, y), (width, height));
        stored.put_pixel(column, row, *pixel);
    }
    stored
}

#[test]
fn all_orientations_come_out_upright_in_both_formats() {
    let upright = cornered(800, 480);
    for orientation in 1..=8 {
        let original = in_jpeg(&jpeg(&as_stored(&upright, orientation)), &camera(orientation));
        let seen = probe(&original, &Limits::default()).unwrap();
        assert_eq!((seen.width, seen.height, seen.orientation.as_u16()), (800, 480, orientation));
        // 800 is full scale, 100 is scaled while decoding.
        for (width, height) in [(100, 60), (800, 480)] {
            for output in [Output::Jpeg, Output::WebP] {
                let rendered = render(&original, width, output).unwrap();
                assert_eq!((rendered.width, rendered.height), (width, height), "orientation {orientation}");
                let shown = open(&rendered, output);
                assert_near(shown.get_pixel(width / 8, height / 8), [230, 20, 20, 255]);
                assert_near(shown.get_pixel(width * 7 / 8, height / 8), [20, 175, 25, 255]);
                assert_near(shown.get_pixel(width / 8, height * 7 / 8), [20, 25, 175, 255]);
                assert_near(shown.get_pixel(width * 7 / 8, height * 7 / 8), [20, 175, 175, 255]);
            }
        }
    }
}

#[test]
fn nothing_of_the_metadata_is_in_what_comes_out() {
    let original = in_jpeg(&jpeg(&cornered(400, 300)), &camera(6));
    assert!(contains(&original, b"Exif") && contains(&original, b"SN-0012345"));
    for output in [Output::Jpeg, Output::WebP] {
        let rendered = render(&original, 200, output).unwrap();
        for trace in [&b"Exif"[..], b"EXIF", b"Lumen", b"Jane", b"SN-00", b"ICC", b"XMP", b"xmp"] {
            assert!(!contains(&rendered.bytes, trace), "{trace:?} in {output:?}");
        }
    }
}

#[test]
fn png_files_are_turned_too() {
    let stored = as_stored(&cornered(400, 240), 6);
    let mut png = file(stored, ImageFormat::Png);
    let tags = camera(6);
    let mut chunk = (tags.len() as u32).to_be_bytes().to_vec();
    chunk.extend(b"eXIf");
    chunk.extend(&tags);
    chunk.extend(crate::refusals::crc(&chunk[4..]).to_be_bytes());
    // Behind the header: 8 bytes of signature, 25 of the first chunk.
    drop(png.splice(33..33, chunk));
    let rendered = render(&png, 100, Output::WebP).unwrap();
    assert_eq!((rendered.width, rendered.height), (100, 60));
    assert_near(open(&rendered, Output::WebP).get_pixel(12, 7), [230, 20, 20, 255]);
}

#[test]
fn an_orientation_out_of_range_or_broken_tags_mean_upright() {
    let plain = jpeg(&cornered(400, 240));
    for tags in [camera(0), camera(9), b"II*\0\xFF\xFF\xFF\xFF".to_vec(), b"no tags at all".to_vec()] {
        let seen = probe(&in_jpeg(&plain, &tags), &Limits::default()).unwrap();
        assert_eq!((seen.width, seen.height, seen.orientation.as_u16()), (400, 240, 1));
    }
}
