//! Moving pictures: GIF, animated WebP and animated PNG, frame by frame.

use super::memory;
use crate::colour::Colour;
use crate::container::{gif_blocks, png_chunks};
use crate::{Format, Limits};
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::LoopCount;
use image::{AnimationDecoder, Frames, ImageDecoder};
use std::io::Cursor;

/// An animation that is being decoded.
pub(crate) struct Animation<'a> {
    /// Whole pictures, as they are shown, each made when it is asked for.
    pub(crate) frames: Frames<'a>,
    /// How often it is shown; 0: for ever.
    pub(crate) plays: u16,
    pub(crate) colour: Colour,
}

impl<'a> Animation<'a> {
    /// Nothing if it is of no format that moves, or makes no sense.
    pub(crate) fn open(format: Format, bytes: &'a [u8], limits: &Limits) -> Option<Self> {
        let file = Cursor::new(bytes);
        let allowed = memory::allowance(limits.max_memory);
        match format {
            Format::Gif => {
                let mut decoder = GifDecoder::new(file).ok()?;
                decoder.set_limits(allowed).ok()?;
                let frames = decoder.into_frames();
                Some(Self { frames, plays: gif_blocks::plays(bytes), colour: Colour::Srgb })
            }
            Format::WebP => {
                let mut decoder = WebPDecoder::new(file).ok()?;
                decoder.set_limits(allowed).ok()?;
                let colour = Colour::of_profile(decoder.icc_profile().ok().flatten());
                let plays = plays(decoder.loop_count());
                Some(Self { frames: decoder.into_frames(), plays, colour })
            }
            Format::Png => {
                let mut decoder = PngDecoder::with_limits(file, allowed).ok()?;
                let profile = || Colour::of_profile(decoder.icc_profile().ok().flatten());
                let colour = png_chunks::code_points(bytes).unwrap_or_else(profile);
                let decoder = decoder.apng().ok()?;
                let plays = plays(decoder.loop_count());
                Some(Self { frames: decoder.into_frames(), plays, colour })
            }
            _ => None,
        }
    }
}

fn plays(count: LoopCount) -> u16 {
    match count {
        LoopCount::Infinite => 0,
        LoopCount::Finite(plays) => u16::try_from(plays.get()).unwrap_or(u16::MAX),
    }
}
