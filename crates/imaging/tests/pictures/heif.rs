//! AVIF and HEIC: colours, opacity, grids, turns, and what is told about a picture.

use crate::draw::{assert_near, contains, cornered, file, open, render};
use image::{ImageFormat, RgbaImage};
use imaging::{Format, Limits, Orientation, Output, Refusal, mean_colour, probe, strip};

/// A file that `fixtures/README.md` tells about.
macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../fixtures/", $name)).as_slice()
    };
}

pub(crate) use fixture;

pub const RED: [u8; 4] = [230, 20, 20, 255];
pub const GREEN: [u8; 4] = [20, 200, 20, 255];
pub const BLUE: [u8; 4] = [20, 20, 220, 255];
pub const WHITE: [u8; 4] = [240, 240, 240, 255];
/// What the four are as sRGB when their numbers are of Display P3.
pub const WIDE: [[u8; 4]; 4] = [[251, 0, 0, 255], [0, 204, 0, 255], [20, 20, 229, 255], WHITE];

/// The whole picture, having been looked into first.
pub fn shown(bytes: &[u8]) -> RgbaImage {
    let seen = probe(bytes, &Limits::default()).unwrap();
    mean_colour(bytes, &seen, &Limits::default()).unwrap();
    let shown = open(&render(bytes, 1000, Output::Png).unwrap(), Output::Png);
    assert_eq!(shown.dimensions(), (seen.width, seen.height));
    shown
}

/// Looks at the four corners, by rows.
#[track_caller]
pub fn assert_corners(bytes: &[u8], sides: (u32, u32), colours: [[u8; 4]; 4]) {
    let shown = shown(bytes);
    assert_eq!(shown.dimensions(), sides);
    let (right, bottom) = (sides.0 - 5, sides.1 - 5);
    for ((x, y), colour) in [(4, 4), (right, 4), (4, bottom), (right, bottom)].into_iter().zip(colours) {
        assert_near(shown.get_pixel(x, y), colour);
    }
}

#[test]
fn avif_is_taken_in_every_depth_range_and_matrix() {
    for bytes in
        [fixture!("limited-420.avif"), fixture!("deep-422.avif"), fixture!("deepest-444.avif"), fixture!("direct.avif")]
    {
        assert_eq!(Format::sniff(bytes), Some(Format::Avif));
        assert_corners(bytes, (64, 48), [RED, GREEN, BLUE, WHITE]);
    }
    let greys = [83, 126, 43, 240].map(|grey| [grey, grey, grey, 255]);
    assert_corners(fixture!("grey.avif"), (64, 48), greys);
}

#[test]
fn avif_of_our_own_comes_back() {
    let picture = cornered(201, 151);
    let bytes = render(&file(picture.clone(), ImageFormat::Png), 201, Output::Avif).unwrap().bytes;
    let shown = shown(&bytes);
    assert_eq!(shown.dimensions(), (201, 151));
    for (x, y) in [(10, 10), (100, 75), (195, 145), (195, 5)] {
        let [red, green, blue] = picture.get_pixel(x, y).0;
        assert_near(shown.get_pixel(x, y), [red, green, blue, 255]);
    }
}

#[test]
fn heic_is_taken_in_both_depths() {
    for bytes in [fixture!("plain.heic"), fixture!("deep.heic"), fixture!("grid.heic"), fixture!("told.heic")] {
        assert_eq!(Format::sniff(bytes), Some(Format::Heic));
        assert_corners(bytes, (64, 48), [RED, GREEN, BLUE, WHITE]);
    }
}

#[test]
fn opacity_is_kept() {
    for bytes in [fixture!("cut-out.avif"), fixture!("multiplied.avif"), fixture!("cut-out.heic")] {
        assert!(probe(bytes, &Limits::default()).unwrap().has_alpha);
        let shown = shown(bytes);
        assert_near(shown.get_pixel(4, 4), RED);
        assert_near(shown.get_pixel(59, 4), [20, 200, 20, 128]);
        assert_near(shown.get_pixel(4, 43), BLUE);
        assert!(shown.get_pixel(59, 43).0[3] < 5);
    }
    assert!(!probe(fixture!("plain.heic"), &Limits::default()).unwrap().has_alpha);
}

#[test]
fn tiles_are_put_together() {
    assert_corners(fixture!("grid.avif"), (128, 128), [RED, GREEN, BLUE, WHITE]);
    let shown = shown(fixture!("grid.avif"));
    assert_near(shown.get_pixel(60, 60), RED);
    assert_near(shown.get_pixel(68, 68), WHITE);
}

#[test]
fn the_containers_turns_count_and_not_those_of_exif() {
    assert_corners(fixture!("turned.avif"), (48, 64), [WHITE, GREEN, BLUE, RED]);
    assert_corners(fixture!("told.avif"), (48, 64), [BLUE, RED, WHITE, GREEN]);
    assert_corners(fixture!("turned.heic"), (64, 48), [WHITE, BLUE, GREEN, RED]);
    let seen = probe(fixture!("told.avif"), &Limits::default()).unwrap();
    assert_eq!(seen.orientation, Orientation::QuarterRight);
}

#[test]
fn what_is_cut_off_is_not_shown() {
    assert_corners(fixture!("window.avif"), (32, 24), [BLUE; 4]);
}

#[test]
fn wide_colours_become_srgb() {
    assert_corners(fixture!("wide-points.avif"), (64, 48), WIDE);
    assert_corners(fixture!("wide-profile.avif"), (64, 48), WIDE);
    assert_corners(fixture!("wide-profile.heic"), (64, 48), WIDE);
}

#[test]
fn tags_are_read() {
    for bytes in [fixture!("told.avif"), fixture!("told.heic")] {
        let seen = probe(bytes, &Limits::default()).unwrap();
        assert_eq!(seen.facts.model.as_deref(), Some("Lumen Field 5"));
    }
}

#[test]
fn what_is_told_can_be_taken_out_and_the_picture_stays() {
    for bytes in [
        fixture!("told.avif"),
        fixture!("told.heic"),
        fixture!("turned.heic"),
        fixture!("cut-out.avif"),
        fixture!("cut-out.heic"),
        fixture!("grid.avif"),
        fixture!("previewed.avif"),
        fixture!("previewed.heic"),
    ] {
        let stripped = strip(bytes, &Limits::default()).unwrap();
        assert_eq!(Some(stripped.format), Format::sniff(bytes));
        assert_eq!(stripped.bytes.len(), bytes.len());
        for private in [&b"Jane"[..], b"Lumen", b"xmpmeta"] {
            assert!(!contains(&stripped.bytes, private));
        }
        assert_eq!(shown(&stripped.bytes), shown(bytes));
    }
}

#[test]
fn what_follows_the_boxes_is_left_out() {
    let bytes = [fixture!("told.heic"), b"\0\0\0\x1Cuuid0123456789abcdefJane", b"Jane"].concat();
    assert_eq!(shown(&bytes), shown(fixture!("told.heic")));
    let stripped = strip(&bytes, &Limits::default()).unwrap();
    assert!(!contains(&stripped.bytes, b"Jane"));
}

#[test]
fn more_pixels_than_allowed_are_refused_before_they_are_decoded() {
    let limits = Limits { max_pixels: 64 * 48 - 1, ..Limits::default() };
    for bytes in [fixture!("plain.heic"), fixture!("direct.avif"), fixture!("grid.avif"), fixture!("window.avif")] {
        assert!(matches!(probe(bytes, &limits), Err(Refusal::TooManyPixels { .. })));
    }
}

/// The file with other sides in all its tables. Streams tell their own.
fn with_sides(bytes: &[u8], sides: [u8; 2]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(b"ispe")).collect();
    for at in places {
        // Behind the name there are a version and flags.
        bytes[at + 8..at + 16].copy_from_slice(&[0, 0, 0, sides[0], 0, 0, 0, sides[1]]);
    }
    bytes
}

#[test]
fn memory_is_that_of_the_stored_picture_and_not_only_of_what_is_shown() {
    let small = |bytes: &[u8]| with_sides(bytes, [8, 8]);
    for (bytes, needed) in [
        (fixture!("window.avif").to_vec(), 64 * 48 * 8),
        (fixture!("deep-422.avif").to_vec(), 64 * 48 * 14),
        (fixture!("plain.heic").to_vec(), 64 * 64 * 20),
        (small(fixture!("plain.heic")), 64 * 64 * 20),
        // A tile of 64 by 64 for a picture of 64 by 48.
        (fixture!("grid.heic").to_vec(), 64 * 48 * 20 + 64 * 16 * 12),
        (small(fixture!("grid.heic")), 64 * 48 * 20 + 64 * 16 * 12),
    ] {
        let limits = |max_memory: u64| Limits { max_memory, ..Limits::default() };
        assert!(probe(&bytes, &limits(needed)).is_ok(), "{needed}");
        assert_eq!(probe(&bytes, &limits(needed - 1)), Err(Refusal::TooMuchMemory { needed, most: needed - 1 }));
    }
}

#[test]
fn memory_counts_for_each_stream_whatever_the_tables_say() {
    let needed = 64 * 48 * 8;
    let limits = Limits { max_memory: needed - 1, ..Limits::default() };
    let bytes = with_sides(fixture!("direct.avif"), [8, 8]);
    let seen = probe(&bytes, &limits).unwrap();
    assert_eq!(mean_colour(&bytes, &seen, &limits), Err(Refusal::TooMuchMemory { needed, most: needed - 1 }));
}

#[test]
fn files_that_end_early_are_told_so() {
    for bytes in [fixture!("told.avif"), fixture!("plain.heic"), fixture!("grid.avif"), fixture!("cut-out.heic")] {
        assert_eq!(render(&bytes[..bytes.len() - 1], 64, Output::Png), Err(Refusal::Truncated));
        assert_eq!(probe(&bytes[..100], &Limits::default()).unwrap_err(), Refusal::Truncated);
        for length in (0..bytes.len()).step_by(7) {
            assert!(render(&bytes[..length], 64, Output::Png).is_err());
        }
    }
}
