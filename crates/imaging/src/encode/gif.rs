//! GIF encoding: stills, and animations frame by frame.

use crate::raster::Pixels;
use image::codecs::gif::{GifEncoder, Repeat};
use image::{Delay, Frame, RgbaImage};

/// How thoroughly 256 colours are chosen: 1 (thorough) to 30 (fast).
const SPEED: i32 = 10;

/// From here on a pixel is opaque: GIF knows nothing in between.
const OPAQUE: u8 = 128;

/// A single picture. Nothing when a side is longer than the format allows.
pub(super) fn still(pixels: Pixels) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    GifEncoder::new_with_speed(&mut file, SPEED).encode_frame(Frame::new(picture(pixels)?)).ok()?;
    Some(file)
}

/// Writes an animation.
pub(crate) struct Writer<'a>(GifEncoder<&'a mut Vec<u8>>);

impl<'a> Writer<'a> {
    /// `plays` is how often it is shown; 0: for ever. The file is complete when the writer is dropped.
    pub(crate) fn new(file: &'a mut Vec<u8>, plays: u16) -> Option<Self> {
        let mut encoder = GifEncoder::new_with_speed(file, SPEED);
        // What the file tells is how often it is shown again; an animation that tells nothing is shown once.
        match plays {
            0 => encoder.set_repeat(Repeat::Infinite).ok()?,
            1 => {}
            _ => encoder.set_repeat(Repeat::Finite(plays - 1)).ok()?,
        }
        Some(Self(encoder))
    }

    /// Adds a frame that is shown for so many milliseconds.
    pub(crate) fn add(&mut self, pixels: Pixels, milliseconds: u32) -> Option<()> {
        // Hundredths are written; a frame of 5 ms must not become one without any time, which is shown longer.
        let delay = if milliseconds == 0 { 0 } else { milliseconds.saturating_add(5).max(10) };
        let delay = Delay::from_numer_denom_ms(delay, 1);
        self.0.encode_frame(Frame::from_parts(picture(pixels)?, 0, 0, delay)).ok()
    }
}

/// Every pixel opaque or not at all.
fn picture(pixels: Pixels) -> Option<RgbaImage> {
    let Pixels { width, height, mut bytes, .. } = pixels.with_opacity();
    for pixel in bytes.as_chunks_mut::<4>().0 {
        *pixel = if pixel[3] < OPAQUE { [0; 4] } else { [pixel[0], pixel[1], pixel[2], 255] };
    }
    RgbaImage::from_raw(width, height, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::container::gif_blocks;
    use crate::raster::Channels;

    fn pixels(colour: [u8; 4]) -> Pixels {
        Pixels { width: 3, height: 2, channels: Channels::Rgba, bytes: colour.repeat(6) }
    }

    #[test]
    fn pixels_are_opaque_or_not_at_all() {
        let shown = |colour| picture(pixels(colour)).map(|picture| picture.get_pixel(0, 0).0);
        assert_eq!(shown([9, 8, 7, 127]), Some([0; 4]));
        assert_eq!(shown([9, 8, 7, 128]), Some([9, 8, 7, 255]));
    }

    #[test]
    fn an_animation_tells_how_often_it_is_shown_again() {
        let told = |plays| {
            let mut file = Vec::new();
            let mut writer = Writer::new(&mut file, plays).unwrap();
            writer.add(pixels([1, 2, 3, 255]), 40).unwrap();
            drop(writer);
            gif_blocks::plays(&file)
        };
        for plays in [0, 1, 2, 7] {
            assert_eq!(told(plays), plays);
        }
    }
}
