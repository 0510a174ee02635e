//! Files made to break decoders end in an answer, never in a panic.

use crate::draw::{contains, cornered, file, jpeg, jpeg_with, still};
use crate::tiff::{camera, in_jpeg};
use image::ImageFormat;
use imaging::{Limits, Output, Recipe, mean_colour, probe, render, strip};

/// The same bytes on every run.
struct Noise(u64);

impl Noise {
    fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.number() % end as u64) as usize
    }

    fn byte(&mut self) -> u8 {
        (self.number() >> 32) as u8
    }
}

/// Calls everything; answers do not matter, except that a refusal has words.
fn endure(bytes: &[u8]) {
    // Small, so that a side that was made large by chance does not take the test's time.
    let limits = Limits { max_pixels: 1_000_000, ..Limits::default() };
    match probe(bytes, &limits) {
        Ok(seen) => {
            let _ = mean_colour(bytes, &seen, &limits);
        }
        Err(refusal) => assert!(refusal.to_string().ends_with('.')),
    }
    for output in [Output::Jpeg, Output::WebP, Output::Gif] {
        let _ = render(bytes, &Recipe { moving: true, ..still(40, output) }, &limits);
    }
    let _ = strip(bytes, &limits);
}

#[test]
fn noise_behind_a_good_header_never_panics() {
    let whole = jpeg(&cornered(160, 120));
    let scan = whole.windows(2).position(|pair| pair == b"\xFF\xDA").unwrap() + 14;
    let mut noise = Noise(0x9E37_79B9_7F4A_7C15);
    for _ in 0..200 {
        let mut bytes = whole[..scan].to_vec();
        bytes.extend((0..2000).map(|_| noise.byte()));
        endure(&bytes);
    }
}

#[test]
fn files_with_a_few_wrong_bytes_never_panic() {
    let picture = cornered(96, 64);
    let whole = [
        in_jpeg(&jpeg(&picture), &camera(6)),
        jpeg_with(&picture, |compressor| compressor.set_progressive(true).unwrap()),
        file(picture.clone(), ImageFormat::Png),
        file(picture.clone(), ImageFormat::Gif),
        file(picture, ImageFormat::WebP),
    ];
    let mut noise = Noise(0x0123_4567_89AB_CDEF);
    for file in whole {
        for round in 0..300 {
            let mut bytes = file.clone();
            for _ in 0..=round % 8 {
                let at = noise.below(bytes.len());
                bytes[at] = noise.byte();
            }
            endure(&bytes);
        }
    }
}

#[test]
fn files_cut_at_any_length_never_panic() {
    let whole = in_jpeg(&jpeg(&cornered(32, 32)), &camera(3));
    assert!(contains(&whole, b"Exif"));
    for length in 0..whole.len() {
        endure(&whole[..length]);
    }
}
