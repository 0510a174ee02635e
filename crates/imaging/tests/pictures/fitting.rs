//! Boxes of a width and a height: what is cut off, what is added, and where.

use crate::draw::{assert_near, cornered, file, jpeg, open, render, still};
use crate::tiff::{camera, in_jpeg};
use crate::upright::as_stored;
use image::ImageFormat;
use imaging::{Fit, Gravity, Limits, Output, Recipe, Refusal, size_of};

const RED: [u8; 4] = [230, 20, 20, 255];

fn boxed(width: u32, height: u32, fit: Fit, gravity: Gravity, output: Output) -> Recipe {
    Recipe { height: Some(height), fit, gravity, ..still(width, output) }
}

#[test]
fn what_is_cut_off_is_cut_off_the_upright_picture() {
    let upright = cornered(800, 480);
    for orientation in 1..=8 {
        let original = in_jpeg(&jpeg(&as_stored(&upright, orientation)), &camera(orientation));
        // 100 is scaled while decoding, 480 is not.
        for side in [100, 480] {
            let shown = |gravity| {
                let recipe = boxed(side, side, Fit::Cover, gravity, Output::WebP);
                let rendered = imaging::render(&original, &recipe, &Limits::default()).unwrap();
                assert_eq!((rendered.width, rendered.height), (side, side), "orientation {orientation}");
                open(&rendered, Output::WebP)
            };
            let (near, far) = (side / 8, side * 7 / 8);
            assert_near(shown(Gravity::West).get_pixel(near, near), RED);
            assert_near(shown(Gravity::NorthWest).get_pixel(far, near), [20, 105, 25, 255]);
            assert_near(shown(Gravity::Centre).get_pixel(near, near), [20, 55, 25, 255]);
            assert_near(shown(Gravity::SouthEast).get_pixel(near, near), [20, 95, 25, 255]);
            assert_near(shown(Gravity::SouthEast).get_pixel(far, far), [20, 185, 175, 255]);
        }
    }
}

#[test]
fn what_a_box_has_left_is_transparent_or_white() {
    let original = jpeg(&cornered(400, 200));
    let shown = |output| {
        let recipe = boxed(100, 100, Fit::Contain, Gravity::South, output);
        open(&imaging::render(&original, &recipe, &Limits::default()).unwrap(), output)
    };
    for (output, rest) in [(Output::Png, [0; 4]), (Output::WebP, [0; 4]), (Output::Jpeg, [255; 4])] {
        let shown = shown(output);
        assert_eq!(shown.dimensions(), (100, 100));
        if rest[3] == 0 {
            assert_eq!(shown.get_pixel(50, 20)[3], 0);
        } else {
            assert_near(shown.get_pixel(50, 20), rest);
        }
        assert_near(shown.get_pixel(10, 56), RED);
        assert_near(shown.get_pixel(90, 95), [20, 180, 180, 255]);
    }
}

#[test]
fn png_is_exact() {
    let picture = cornered(123, 45);
    let original = file(picture.clone(), ImageFormat::Png);
    let rendered = render(&original, 123, Output::Png).unwrap();
    assert_eq!(image::load_from_memory(&rendered.bytes).unwrap().into_rgb8(), picture);
}

#[test]
fn sizes_are_known_before_any_work() {
    let original = jpeg(&cornered(333, 217));
    for fit in [Fit::Inside, Fit::Cover, Fit::Contain] {
        for (width, height) in [(100, 100), (50, 200), (1000, 10), (400, 400), (1, 1)] {
            let recipe = boxed(width, height, fit, Gravity::Centre, Output::Jpeg);
            let rendered = imaging::render(&original, &recipe, &Limits::default()).unwrap();
            assert_eq!((rendered.width, rendered.height), size_of(&recipe, (333, 217)), "{recipe:?}");
            open(&rendered, Output::Jpeg);
        }
    }
    let whole = Recipe { width: None, ..still(0, Output::Jpeg) };
    assert_eq!(size_of(&whole, (333, 217)), (333, 217));
}

#[test]
fn a_box_may_not_have_more_pixels_than_a_picture() {
    let recipe = boxed(2000, 2000, Fit::Contain, Gravity::Centre, Output::Jpeg);
    let limits = Limits { max_pixels: 1_000_000, ..Limits::default() };
    let strip = file(cornered(3000, 2), ImageFormat::Png);
    let refusal = Refusal::TooManyPixels { pixels: 4_000_000, most: 1_000_000 };
    assert_eq!(imaging::render(&strip, &recipe, &limits), Err(refusal));
}
