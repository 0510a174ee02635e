//! Files that are not taken, each by the smallest file that shows it.

use crate::draw::{cornered, file, jpeg, jpeg_with, render};
use image::ImageFormat;
use imaging::{Format, Limits, Output, Refusal, mean_colour, probe};

/// What decoding the whole file ends in.
fn verdict(bytes: &[u8]) -> Result<[u8; 3], Refusal> {
    let colour = probe(bytes, &Limits::default()).and_then(|seen| mean_colour(bytes, &seen));
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
    let texts: [&[u8]; 4] = [b"", b"just some text", b"<!DOCTYPE html><script>alert(1)</script>", b"<svg/>"];
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
    for format in [ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
        let whole = file(cornered(320, 240), format);
        assert!(verdict(&whole).is_ok());
        assert_eq!(verdict(&whole[..whole.len() / 2]), Err(Refusal::Truncated), "{format:?}");
    }
    let webp = render(&jpeg(&cornered(320, 240)), 320, Output::WebP).unwrap().bytes;
    assert!(verdict(&webp).is_ok());
    assert_eq!(verdict(&webp[..webp.len() / 2]), Err(Refusal::Truncated));
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
        file(picture, ImageFormat::WebP),
    ];
    for bytes in files {
        let refusal = Refusal::TooManyPixels { pixels: 10_000, most: 9_999 };
        assert_eq!(probe(&bytes, &Limits { max_pixels: 9_999 }), Err(refusal));
        assert!(probe(&bytes, &Limits { max_pixels: 10_000 }).is_ok());
    }
}
