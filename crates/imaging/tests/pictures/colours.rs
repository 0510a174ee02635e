//! Wide colours and inks come out right in sRGB.

use crate::draw::{assert_near, compress, cornered, file, jpeg, open, plain, render};
use crate::files::{Tags, jpeg_with_profile, png_with_profile, print_profile, printed_jpeg, tiff};
use ::tiff::encoder::colortype::{CMYK8, RGB8};
use image::ImageFormat;
use imaging::{Limits, Output, mean_colour, probe};
use moxcms::ColorProfile;
use turbojpeg::{Compressor, PixelFormat, Subsamp};

/// The first pixel but a few, in a result that knows no losses of note.
fn shown(bytes: &[u8]) -> image::Rgba<u8> {
    *open(&render(bytes, 60, Output::Png).unwrap(), Output::Png).get_pixel(5, 4)
}

fn mean(bytes: &[u8]) -> [u8; 3] {
    let limits = Limits::default();
    mean_colour(bytes, &probe(bytes, &limits).unwrap(), &limits).unwrap()
}

#[track_caller]
fn assert_close(colour: [u8; 3], expected: [u8; 3], most: u8) {
    let is_close = colour.iter().zip(expected).all(|(part, expected)| part.abs_diff(expected) <= most);
    assert!(is_close, "{colour:?} is not {expected:?}");
}

#[test]
fn display_p3_becomes_srgb() {
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let picture = plain(120, 90, [120, 180, 100]);
    let files = [
        png_with_profile(&picture, &profile),
        jpeg_with_profile(&jpeg(&picture), &profile, 60_000),
        jpeg_with_profile(&jpeg(&picture), &profile, 100),
        tiff::<RGB8>((120, 90), picture.as_raw(), Tags { profile: Some(&profile), ..Tags::default() }),
    ];
    for bytes in files {
        let [red, green, blue, _] = shown(&bytes).0;
        assert_close([red, green, blue], [100, 182, 89], 4);
        assert_close(mean(&bytes), [100, 182, 89], 4);
    }
}

#[test]
fn what_srgb_cannot_show_is_as_near_as_it_gets() {
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let picture = cornered(400, 300);
    for bytes in [png_with_profile(&picture, &profile), jpeg_with_profile(&jpeg(&picture), &profile, 60_000)] {
        let shown = open(&render(&bytes, 100, Output::WebP).unwrap(), Output::WebP);
        assert_near(shown.get_pixel(10, 7), [251, 0, 0, 255]);
        assert_near(shown.get_pixel(90, 70), [0, 180, 179, 255]);
    }
}

#[test]
fn the_code_points_of_a_png_count_more_than_its_profile() {
    let picture = plain(120, 90, [120, 180, 100]);
    let mut png = png_with_profile(&picture, &ColorProfile::new_adobe_rgb().encode().unwrap());
    let mut chunk = b"\0\0\0\x04cICP\x0C\x0D\0\x01".to_vec();
    chunk.extend(crate::refusals::crc(&chunk[4..]).to_be_bytes());
    drop(png.splice(33..33, chunk));
    let [red, green, blue, _] = shown(&png).0;
    assert_close([red, green, blue], [100, 182, 89], 3);
}

#[test]
fn a_profile_of_srgb_changes_nothing() {
    let profile = ColorProfile::new_srgb().encode().unwrap();
    let picture = plain(60, 45, [120, 180, 100]);
    assert_eq!(shown(&png_with_profile(&picture, &profile)).0, [120, 180, 100, 255]);
}

#[test]
fn broken_profiles_and_those_of_grey_are_ignored() {
    let picture = plain(60, 45, [120, 180, 100]);
    let grey = ColorProfile::new_gray_with_gamma(1.8).encode().unwrap();
    let whole = ColorProfile::new_display_p3().encode().unwrap();
    for profile in [&grey[..], b"no profile", &whole[..whole.len() / 2]] {
        assert_eq!(shown(&png_with_profile(&picture, profile)).0, [120, 180, 100, 255]);
        let [red, green, blue, _] = shown(&jpeg_with_profile(&jpeg(&picture), profile, 60_000)).0;
        assert_close([red, green, blue], [120, 180, 100], 3);
    }
}

#[test]
fn inks_without_a_profile_mix_as_if_ideal() {
    for (inks, light) in [
        ([0, 255, 255, 0], [255, 0, 0, 255]),
        ([255, 0, 0, 0], [0, 255, 255, 255]),
        ([0, 0, 0, 255], [0, 0, 0, 255]),
        ([0, 0, 0, 0], [255, 255, 255, 255]),
    ] {
        assert_near(&shown(&printed_jpeg(inks, (120, 80))), light);
        let samples = inks.repeat(120 * 80);
        assert_near(&shown(&tiff::<CMYK8>((120, 80), &samples, Tags::default())), light);
    }
}

#[test]
fn inks_are_seen_through_the_profile_of_their_press() {
    let profile = print_profile();
    for (inks, light) in [
        ([255, 0, 0, 0], [0, 128, 0, 255]),
        ([0, 255, 255, 0], [255, 255, 255, 255]),
        ([255, 0, 0, 255], [0, 0, 0, 255]),
    ] {
        let printed = jpeg_with_profile(&printed_jpeg(inks, (120, 80)), &profile, 1000);
        assert_near(&shown(&printed), light);
        assert_close(mean(&printed), [light[0], light[1], light[2]], 14);
        let tags = Tags { profile: Some(&profile), ..Tags::default() };
        assert_near(&shown(&tiff::<CMYK8>((120, 80), &inks.repeat(120 * 80), tags)), light);
    }
}

#[test]
fn a_profile_of_light_says_nothing_of_inks() {
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let printed = jpeg_with_profile(&printed_jpeg([0, 255, 255, 0], (120, 80)), &profile, 60_000);
    assert_near(&shown(&printed), [255, 0, 0, 255]);
}

#[test]
fn grey_pictures_stay_grey() {
    let mut compressor = Compressor::new().unwrap();
    compressor.set_subsamp(Subsamp::Gray).unwrap();
    let grey = compress(&mut compressor, &[77; 120 * 80], (120, 80), PixelFormat::GRAY);
    let profile = ColorProfile::new_gray_with_gamma(2.2).encode().unwrap();
    assert_near(&shown(&jpeg_with_profile(&grey, &profile, 60_000)), [77, 77, 77, 255]);
    let png = file(image::GrayImage::from_pixel(120, 80, image::Luma([77])), ImageFormat::Png);
    assert_eq!(shown(&png).0, [77, 77, 77, 255]);
}
