//! Files that are not taken, each by the smallest file that shows it.

use crate::draw::{contains, cornered, file, jpeg, jpeg_with, render};
use crate::files::{Tags, tiff};
use ::tiff::encoder::colortype::RGB8;
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, ImageFormat, Rgba, RgbaImage};
use imaging::{Format, Limits, Output, Refusal, mean_colour, probe};

/// What decoding the whole file ends in.
fn verdict(bytes: &[u8]) -> Result<[u8; 3], Refusal> {
    let limits = Limits::default();
    let colour = probe(bytes, &limits).and_then(|seen| mean_colour(bytes, &seen, &limits));
    // Both ways to decode agree.
    assert_eq!(colour.as_ref().err(), render(bytes, 64, Output::Jpeg).as_ref().err());
    colour
}

/// The checksum of a PNG chunk, over its name and content.
pub fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

fn png_chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let checked = [&kind[..], content].concat();
    let mut chunk = (content.len() as u32).to_be_bytes().to_vec();
    chunk.extend(&checked);
    chunk.extend(crc(&checked).to_be_bytes());
    chunk
}

#[test]
fn files_that_are_no_pictures_are_not_taken_for_one() {
    let texts: [&[u8]; 4] = [b"", b"just some text", b"<!DOCTYPE html><script>alert(1)</script>", b"BM"];
    for text in texts {
        assert_eq!(Format::sniff(text), None);
        assert_eq!(verdict(text), Err(Refusal::NotAPicture));
    }
}

#[test]
fn a_jpeg_cut_anywhere_is_truncated() {
    let whole = jpeg(&cornered(640, 480));
    assert!(verdict(&whole).is_ok());
    for length in [whole.len() / 2, whole.len() * 9 / 10, whole.len() - 10, whole.len() - 2] {
        assert!(probe(&whole[..length], &Limits::default()).is_ok());
        assert_eq!(verdict(&whole[..length]), Err(Refusal::Truncated), "{length} of {}", whole.len());
    }
    // In the header.
    assert_eq!(verdict(&whole[..100]), Err(Refusal::Truncated));
    assert_eq!(verdict(&whole[..3]), Err(Refusal::Truncated));
}

#[test]
fn a_progressive_jpeg_cut_short_is_truncated() {
    let whole = jpeg_with(&cornered(640, 480), |compressor| compressor.set_progressive(true).unwrap());
    assert!(verdict(&whole).is_ok());
    assert_eq!(verdict(&whole[..whole.len() / 2]), Err(Refusal::Truncated));
    assert_eq!(verdict(&whole[..whole.len() - 10]), Err(Refusal::Truncated));
}

#[test]
fn other_files_cut_in_half_are_truncated() {
    for format in [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP, ImageFormat::Bmp] {
        let whole = file(cornered(320, 240), format);
        assert!(verdict(&whole).is_ok());
        assert_eq!(verdict(&whole[..whole.len() / 2]), Err(Refusal::Truncated), "{format:?}");
    }
    let webp = render(&jpeg(&cornered(320, 240)), 320, Output::WebP).unwrap().bytes;
    let tiff = tiff::<RGB8>((320, 240), cornered(320, 240).as_raw(), Tags::default());
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'><path d='M0 0h40v40z'/></svg>".to_vec();
    for whole in [webp, tiff, svg] {
        assert!(verdict(&whole).is_ok());
        assert_eq!(verdict(&whole[..whole.len() * 3 / 5]), Err(Refusal::Truncated));
    }
}

#[test]
fn a_file_that_is_whole_but_damaged_is_corrupt() {
    let mut png = file(cornered(320, 240), ImageFormat::Png);
    let middle = png.len() / 2;
    png[middle] ^= 0xFF;
    assert_eq!(verdict(&png), Err(Refusal::Corrupt));
}

#[test]
fn a_small_file_that_unpacks_to_gigabytes_is_refused_by_its_header() {
    let sides = 50_000_u32.to_be_bytes();
    let mut header = [sides, sides].concat();
    // 8 bits a channel, with opacity, and nothing unusual.
    header.extend([8, 6, 0, 0, 0]);
    let mut bomb = b"\x89PNG\r\n\x1A\n".to_vec();
    bomb.extend(png_chunk(b"IHDR", &header));
    bomb.extend(png_chunk(b"IEND", b""));
    let refusal = Refusal::TooManyPixels { pixels: 2_500_000_000, most: 100_000_000 };
    assert_eq!(probe(&bomb, &Limits::default()), Err(refusal.clone()));
    assert_eq!(verdict(&bomb), Err(refusal));
}

#[test]
fn the_limit_counts_for_every_format() {
    let picture = cornered(100, 100);
    let files = [
        jpeg(&picture),
        file(picture.clone(), ImageFormat::Png),
        file(picture.clone(), ImageFormat::Gif),
        file(picture.clone(), ImageFormat::Bmp),
        file(picture.clone(), ImageFormat::WebP),
        tiff::<RGB8>((100, 100), picture.as_raw(), Tags::default()),
    ];
    for bytes in files {
        let refusal = Refusal::TooManyPixels { pixels: 10_000, most: 9_999 };
        assert_eq!(probe(&bytes, &pixels(9_999)), Err(refusal));
        assert!(probe(&bytes, &pixels(10_000)).is_ok());
    }
}

fn pixels(max_pixels: u64) -> Limits {
    Limits { max_pixels, ..Limits::default() }
}

/// A GIF file of so many frames.
fn moving(frames: usize) -> Vec<u8> {
    let mut gif = Vec::new();
    let frame = |number: usize| Frame::new(RgbaImage::from_pixel(50, 40, Rgba([number as u8 * 20, 9, 99, 255])));
    GifEncoder::new(&mut gif).encode_frames((0..frames).map(frame)).unwrap();
    gif
}

#[test]
fn animations_have_their_frames_counted_by_the_header() {
    let gif = moving(5);
    assert_eq!(probe(&gif, &Limits::default()).map(|seen| seen.frames), Ok(5));
    assert_eq!(probe(&moving(1), &Limits::default()).map(|seen| seen.frames), Ok(1));
    let few = Limits { max_frames: 4, ..Limits::default() };
    assert_eq!(probe(&gif, &few), Err(Refusal::TooManyFrames { frames: 5, most: 4 }));
    // 2000 pixels each.
    let small = Limits { max_moving_pixels: 9_999, ..Limits::default() };
    assert_eq!(probe(&gif, &small), Err(Refusal::TooManyFrames { frames: 5, most: 4 }));
    assert!(probe(&gif, &Limits { max_moving_pixels: 10_000, ..Limits::default() }).is_ok());
}

#[test]
fn a_png_that_announces_too_many_frames_is_refused() {
    let mut png = file(cornered(32, 32), ImageFormat::Png);
    // Behind the signature and the first chunk.
    drop(png.splice(33..33, png_chunk(b"acTL", b"\0\x0F\xFF\xFF\0\0\0\0")));
    assert_eq!(probe(&png, &Limits::default()), Err(Refusal::TooManyFrames { frames: 0xF_FFFF, most: 500 }));
}

#[test]
fn what_takes_too_much_memory_is_refused_by_its_header() {
    let picture = cornered(400, 300);
    let little = Limits { max_memory: 400_000, ..Limits::default() };
    let plain = jpeg(&picture);
    let progressive = jpeg_with(&picture, |compressor| compressor.set_progressive(true).unwrap());
    assert!(probe(&plain, &little).is_ok());
    assert!(matches!(probe(&progressive, &little), Err(Refusal::TooMuchMemory { most: 400_000, .. })));
    let png = file(picture, ImageFormat::Png);
    assert!(matches!(probe(&png, &little), Err(Refusal::TooMuchMemory { most: 400_000, .. })));
}

#[test]
fn sixteen_bits_a_channel_count_for_memory() {
    let deep = DynamicImage::from(cornered(400, 300)).into_rgba16();
    let png = file(deep, ImageFormat::Png);
    let limits = |max_memory: u64| Limits { max_memory, ..Limits::default() };
    assert!(probe(&png, &limits(12 * 120_000)).is_ok());
    assert!(matches!(probe(&png, &limits(12 * 120_000 - 1)), Err(Refusal::TooMuchMemory { .. })));
}

#[test]
fn other_files_of_picture_makers_get_a_hint() {
    let hints: [(&[u8], &str); 8] = [
        (b"II*\0\x10\0\0\0CR\x02\0", "Camera raw"),
        (b"8BPS\0\x01", "Photoshop"),
        (b"%PDF-1.7", "PDF"),
        (b"%!PS-Adobe", "PostScript"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "Videos"),
        (b"\0\0\0\x18ftypqt  \0\0\0\0", "Videos"),
        (b"\0\0\x01\0\x01\0\x20\x20", "Windows icons"),
        (b"\x1F\x8B\x08\0", "This file is packed"),
    ];
    for (bytes, hint) in hints {
        let refusal = verdict(bytes).unwrap_err().to_string();
        assert!(refusal.starts_with(hint), "{refusal}");
    }
}

#[test]
fn a_picture_with_something_appended_is_still_the_picture() {
    let picture = cornered(200, 150);
    let script = b"<html><script>alert(1)</script></html>PK\x03\x04 and an archive".to_vec();
    let files = [
        (jpeg(&picture), Format::Jpeg),
        (file(picture.clone(), ImageFormat::Png), Format::Png),
        (file(picture.clone(), ImageFormat::Gif), Format::Gif),
        (file(picture.clone(), ImageFormat::Bmp), Format::Bmp),
        (file(picture, ImageFormat::WebP), Format::WebP),
    ];
    for (bytes, format) in files {
        let both = [bytes, script.clone()].concat();
        assert_eq!(Format::sniff(&both), Some(format));
        assert!(verdict(&both).is_ok(), "{format:?}");
        let shown = render(&both, 64, Output::WebP).unwrap().bytes;
        assert!(!contains(&shown, b"script"), "{format:?}");
    }
}
