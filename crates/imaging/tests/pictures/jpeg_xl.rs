//! JPEG XL: colours, opacity, and what is told about a picture.

use crate::draw::{contains, render};
use crate::heif::{BLUE, GREEN, RED, WHITE, WIDE, assert_corners, fixture, shown};
use imaging::{Format, Limits, Output, Refusal, probe, strip};

#[test]
fn codestreams_and_containers_are_taken() {
    for bytes in [fixture!("exact.jxl"), fixture!("lossy.jxl"), fixture!("told.jxl")] {
        assert_eq!(Format::sniff(bytes), Some(Format::Jxl));
        assert_corners(bytes, (64, 48), [RED, GREEN, BLUE, WHITE]);
    }
    let greys = [83, 126, 43, 240].map(|grey| [grey, grey, grey, 255]);
    assert_corners(fixture!("grey.jxl"), (64, 48), greys);
}

#[test]
fn opacity_is_kept() {
    assert!(probe(fixture!("cut-out.jxl"), &Limits::default()).unwrap().has_alpha);
    let shown = shown(fixture!("cut-out.jxl"));
    assert_eq!(shown.get_pixel(4, 4).0, RED);
    assert_eq!(shown.get_pixel(59, 4).0, [20, 200, 20, 128]);
    assert_eq!(shown.get_pixel(59, 43).0[3], 0);
}

#[test]
fn wide_colours_become_srgb() {
    assert_corners(fixture!("wide-profile.jxl"), (64, 48), WIDE);
    assert_corners(fixture!("wide-table.jxl"), (64, 48), WIDE);
}

#[test]
fn of_an_animation_the_first_frame_is_shown() {
    assert_eq!(probe(fixture!("moving.jxl"), &Limits::default()).unwrap().frames, 1);
    assert_corners(fixture!("moving.jxl"), (64, 48), [RED, GREEN, BLUE, WHITE]);
}

#[test]
fn tags_are_read_but_do_not_turn_the_picture() {
    let seen = probe(fixture!("told.jxl"), &Limits::default()).unwrap();
    assert_eq!(seen.facts.model.as_deref(), Some("Lumen Field 5"));
    assert_eq!((seen.width, seen.height), (64, 48));
}

#[test]
fn what_is_told_can_be_taken_out_and_the_picture_stays() {
    let stripped = strip(fixture!("told.jxl"), &Limits::default()).unwrap();
    assert_eq!(stripped.format, Format::Jxl);
    for private in [&b"Jane"[..], b"Lumen", b"xmpmeta", b"uuid"] {
        assert!(!contains(&stripped.bytes, private));
    }
    assert_eq!(shown(&stripped.bytes), shown(fixture!("told.jxl")));
    assert_eq!(strip(fixture!("exact.jxl"), &Limits::default()).unwrap().bytes, fixture!("exact.jxl"));
}

#[test]
fn what_follows_a_codestream_is_left_out() {
    let bytes = [fixture!("exact.jxl"), b"Jane Owner"].concat();
    assert_corners(&bytes, (64, 48), [RED, GREEN, BLUE, WHITE]);
    let stripped = strip(&bytes, &Limits::default()).unwrap();
    assert!(!contains(&stripped.bytes, b"Jane"));
}

#[test]
fn more_pixels_than_allowed_are_refused_before_they_are_decoded() {
    let limits = Limits { max_pixels: 64 * 48 - 1, ..Limits::default() };
    assert!(matches!(probe(fixture!("exact.jxl"), &limits), Err(Refusal::TooManyPixels { .. })));
}

#[test]
fn files_that_end_early_are_told_so() {
    for bytes in [fixture!("exact.jxl"), fixture!("lossy.jxl"), fixture!("moving.jxl"), fixture!("cut-out.jxl")] {
        assert_eq!(render(&bytes[..bytes.len() - 1], 64, Output::Png), Err(Refusal::Truncated));
        for length in (0..bytes.len()).step_by(7) {
            assert!(render(&bytes[..length], 64, Output::Png).is_err());
        }
    }
}
