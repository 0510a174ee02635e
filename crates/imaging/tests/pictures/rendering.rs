//! Sizes, qualities and colours of what is rendered.

use crate::draw::{assert_near, cornered, file, jpeg, open, plain, render, still};
use image::codecs::gif::GifEncoder;
use image::{Frame, ImageFormat, Rgba, RgbaImage};
use imaging::{Limits, Output, Recipe, mean_colour, probe};

#[test]
fn nothing_is_enlarged() {
    let original = jpeg(&cornered(321, 123));
    for output in [Output::Jpeg, Output::WebP] {
        let rendered = render(&original, 10_000, output).unwrap();
        assert_eq!((rendered.width, rendered.height), (321, 123));
        open(&rendered, output);
    }
}

#[test]
fn the_height_follows_from_the_width_and_is_at_least_one() {
    let strip = file(plain(500, 2, [1, 2, 3]), ImageFormat::Png);
    for output in [Output::Jpeg, Output::WebP] {
        let rendered = render(&strip, 50, output).unwrap();
        assert_eq!((rendered.width, rendered.height), (50, 1));
        open(&rendered, output);
    }
}

#[test]
fn a_lower_quality_takes_fewer_bytes() {
    let original = jpeg(&cornered(640, 480));
    for output in [Output::Jpeg, Output::WebP] {
        let bytes = |quality| {
            let recipe = Recipe { quality, ..still(320, output) };
            imaging::render(&original, &recipe, &Limits::default()).unwrap().bytes.len()
        };
        assert!(bytes(Some(20)) < bytes(None));
        assert!(bytes(None) < bytes(Some(100)));
        assert_eq!(bytes(None), bytes(Some(78)));
        // Out of range means the nearest in it.
        assert_eq!(bytes(Some(0)), bytes(Some(1)));
        assert_eq!(bytes(Some(255)), bytes(Some(100)));
    }
}

#[test]
fn the_mean_colour_of_a_plain_picture_is_its_colour() {
    let colour = [40, 90, 160];
    let picture = plain(333, 217, colour);
    let files = [
        jpeg(&picture),
        file(picture.clone(), ImageFormat::Png),
        file(picture.clone(), ImageFormat::Gif),
        file(picture, ImageFormat::WebP),
    ];
    for bytes in files {
        let seen = probe(&bytes, &Limits::default()).unwrap();
        assert_eq!((seen.width, seen.height), (333, 217));
        let mean = mean_colour(&bytes, &seen, &Limits::default()).unwrap();
        let is_near = mean.iter().zip(colour).all(|(part, expected)| part.abs_diff(expected) <= 4);
        assert!(is_near, "{mean:?} for {:?}", seen.format);
    }
}

#[test]
fn the_first_frame_stands_for_an_animation() {
    let frames = [[200, 60, 40, 255], [40, 60, 200, 255]].map(|colour| {
        let picture = RgbaImage::from_pixel(400, 300, Rgba(colour));
        Frame::new(picture)
    });
    let mut gif = Vec::new();
    GifEncoder::new(&mut gif).encode_frames(frames).unwrap();
    let rendered = render(&gif, 200, Output::WebP).unwrap();
    assert_eq!((rendered.width, rendered.height), (200, 150));
    assert_near(open(&rendered, Output::WebP).get_pixel(20, 20), [200, 60, 40, 255]);
}
