//! What others get of an original tells nothing but the picture.

use crate::draw::{contains, cornered, file, jpeg, still};
use crate::refusals::crc;
use crate::tiff::{camera, in_jpeg};
use crate::upright::as_stored;
use image::codecs::gif::GifEncoder;
use image::{Frame, ImageFormat, Rgba, RgbaImage};
use imaging::{Facts, Format, Limits, Output, Recipe, Refusal, Stripped, probe, render, strip};

/// What [`camera`] writes, and what is put beside it here. The last is a position: 52 degrees, 31 minutes.
const TRACES: [&[u8]; 9] = [
    b"Lumen",
    b"Jane",
    b"SN-00",
    b"2024",
    b"thumbnail",
    b"adobe:ns",
    b"comment",
    b"a video",
    &[52, 0, 0, 0, 1, 0, 0, 0, 31, 0, 0, 0, 1, 0, 0, 0],
];

/// Every pixel of it, upright.
fn pixels(bytes: &[u8]) -> Vec<u8> {
    let recipe = Recipe { width: None, moving: true, ..still(0, Output::Png) };
    render(bytes, &recipe, &Limits::default()).unwrap().bytes
}

#[track_caller]
fn assert_is_clean(original: &[u8], stripped: &Stripped) {
    assert_eq!(Format::sniff(&stripped.bytes), Some(stripped.format));
    for trace in TRACES {
        assert!(!contains(&stripped.bytes, trace), "{} is still there", trace.escape_ascii());
    }
    let (before, after) =
        (probe(original, &Limits::default()).unwrap(), probe(&stripped.bytes, &Limits::default()).unwrap());
    assert_eq!((before.width, before.height), (after.width, after.height));
    assert_eq!(after.facts, Facts::default());
}

/// And its pixels were not touched.
#[track_caller]
fn assert_is_copied(original: &[u8]) -> Stripped {
    let stripped = strip(original, &Limits::default()).unwrap();
    assert_eq!(Some(stripped.format), Format::sniff(original));
    assert_is_clean(original, &stripped);
    assert!(pixels(original) == pixels(&stripped.bytes));
    // There is nothing more to take out.
    assert_eq!(strip(&stripped.bytes, &Limits::default()), Ok(stripped.clone()));
    stripped
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    [&[0xFF, marker][..], &(content.len() as u16 + 2).to_be_bytes(), content].concat()
}

#[test]
fn a_jpeg_keeps_its_picture_its_profile_and_its_orientation() {
    for orientation in 1..=8 {
        let picture = in_jpeg(&jpeg(&as_stored(&cornered(200, 120), orientation)), &camera(orientation));
        let additions = [
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x xmlns='adobe:ns'/>"),
            segment(0xE2, b"ICC_PROFILE\0\x01\x01a profile"),
            segment(0xE2, b"MPF\0thumbnail"),
            segment(0xED, b"Photoshop 3.0\0Jane"),
            segment(0xFE, b"comment"),
        ];
        let original = [&picture[..2], &additions.concat(), &picture[2..], b"a video, or another picture"].concat();
        for trace in TRACES {
            assert!(contains(&original, trace), "{}", trace.escape_ascii());
        }
        let stripped = assert_is_copied(&original);
        assert!(contains(&stripped.bytes, b"a profile"));
        assert_eq!(contains(&stripped.bytes, b"Exif"), orientation > 1);
        let seen = probe(&stripped.bytes, &Limits::default()).unwrap();
        assert_eq!(seen.orientation.as_u16(), orientation);
    }
}

fn png_chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    let checked = [name, content].concat();
    [&(content.len() as u32).to_be_bytes()[..], &checked, &crc(&checked).to_be_bytes()].concat()
}

#[test]
fn a_png_keeps_its_picture_and_its_orientation() {
    for orientation in [1, 6] {
        let mut original = file(as_stored(&cornered(200, 120), orientation), ImageFormat::Png);
        let additions = [
            png_chunk(b"tEXt", b"Author\0Jane"),
            png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x xmlns='adobe:ns'/>"),
            png_chunk(b"eXIf", &camera(orientation)),
            png_chunk(b"gAMA", &45_455_u32.to_be_bytes()),
            png_chunk(b"tIME", &[7, 232, 5, 1, 12, 30, 59]),
            png_chunk(b"prVt", b"comment"),
        ];
        // Behind the header: 8 bytes of signature, 25 of the first chunk.
        drop(original.splice(33..33, additions.concat()));
        original.extend(b"a video");
        let stripped = assert_is_copied(&original);
        assert!(contains(&stripped.bytes, b"gAMA"));
        assert_eq!(contains(&stripped.bytes, b"eXIf"), orientation > 1);
    }
}

fn webp_chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    let filling: &[u8] = if content.len() % 2 == 1 { b"\0" } else { b"" };
    [name, &(content.len() as u32).to_le_bytes(), content, filling].concat()
}

#[test]
fn a_webp_keeps_its_picture_and_its_orientation() {
    for orientation in [1, 8] {
        let stored = as_stored(&cornered(200, 120), orientation);
        let (width, height) = stored.dimensions();
        let simple = file(stored, ImageFormat::WebP);
        let sides = [&(width - 1).to_le_bytes()[..3], &(height - 1).to_le_bytes()[..3]].concat();
        let chunks = [
            webp_chunk(b"VP8X", &[&[0x0C, 0, 0, 0], &sides[..]].concat()),
            simple[12..].to_vec(),
            webp_chunk(b"EXIF", &camera(orientation)),
            webp_chunk(b"XMP ", b"<x xmlns='adobe:ns'/>"),
            webp_chunk(b"note", b"comment"),
        ]
        .concat();
        let length = (chunks.len() as u32 + 4).to_le_bytes();
        let original = [&b"RIFF"[..], &length, b"WEBP", &chunks, b"a video"].concat();
        let stripped = assert_is_copied(&original);
        assert_eq!(contains(&stripped.bytes, b"EXIF"), orientation > 1);
    }
}

#[test]
fn a_gif_keeps_its_frames() {
    let mut original = Vec::new();
    let frames =
        [[200, 60, 40, 255], [40, 60, 200, 255]].map(|colour| Frame::new(RgbaImage::from_pixel(60, 40, Rgba(colour))));
    GifEncoder::new(&mut original).encode_frames(frames).unwrap();
    // Behind the screen and its colours, of which there are none for all frames.
    let at = original.iter().position(|&byte| byte == 0x21).unwrap();
    drop(original.splice(at..at, *b"\x21\xFE\x07comment\0\x21\xFF\x0BXMP DataXMP\x08adobe:ns\0"));
    original.extend(b"a video");
    assert_is_copied(&original);
    let moving = Recipe { moving: true, ..still(30, Output::WebP) };
    let drawn = |bytes: &[u8]| render(bytes, &moving, &Limits::default()).unwrap().bytes;
    assert_eq!(drawn(&strip(&original, &Limits::default()).unwrap().bytes), drawn(&original));
}

#[test]
fn other_files_are_written_anew_at_full_size() {
    let opaque = file(cornered(90, 60), ImageFormat::Bmp);
    let stripped = strip(&opaque, &Limits::default()).unwrap();
    assert_eq!(stripped.format, Format::Jpeg);
    assert_is_clean(&opaque, &stripped);

    let clear = include_bytes!("../corpus/taken/see-through.tif").to_vec();
    let stripped = strip(&clear, &Limits::default()).unwrap();
    assert_eq!(stripped.format, Format::Png);
    assert_is_clean(&clear, &stripped);
    let pixels = image::load_from_memory(&stripped.bytes).unwrap().into_rgba8();
    assert!(pixels.pixels().any(|pixel| pixel.0[3] < 255) && pixels.pixels().any(|pixel| pixel.0[3] == 255));
}

#[test]
fn what_cannot_be_copied_safely_is_written_anew() {
    // A header that is too short to be one; decoders take no notice of it.
    let picture = jpeg(&cornered(200, 120));
    let original = [&picture[..2], &segment(0xE0, b"JFIF\0Jane"), &picture[2..]].concat();
    let stripped = strip(&original, &Limits::default()).unwrap();
    assert_eq!(stripped.format, Format::Jpeg);
    assert_is_clean(&original, &stripped);
}

#[test]
fn a_file_cut_short_is_refused() {
    let whole = in_jpeg(&jpeg(&cornered(200, 120)), &camera(6));
    assert_eq!(strip(&whole[..whole.len() / 2], &Limits::default()), Err(Refusal::Truncated));
}
