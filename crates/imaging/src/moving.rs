//! Moving pictures: GIF, animated WebP and animated PNG, frame by frame.

use crate::colour::Colour;
use crate::encode::Output;
use crate::geometry::Layout;
use crate::pixels::{Channels, Pixels};
use crate::refusal::UNDRAWABLE;
use crate::{Format, Limits, Probe, Refusal, frames, gif_blocks, gif_encode, memory, webp_animation};
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::LoopCount;
use image::{AnimationDecoder, Frame, Frames, ImageDecoder};
use std::io::Cursor;

/// Bytes that decoders hold for a pixel of the original: what was shown, what is shown, the part that changes, and a
/// copy to work on.
const DECODING: u64 = 16;

/// Bytes that the encoder holds for a pixel of the result: three frames of its own, the one that is added, and what it
/// makes of it.
const ENCODING: u64 = 28;

/// The longest that a frame is shown, in milliseconds: what GIF can tell.
const LONGEST: u32 = 655_350;

/// An animation that is being decoded.
struct Animation<'a> {
    /// Whole pictures, as they are shown, each made when it is asked for.
    frames: Frames<'a>,
    /// How often it is shown; 0: for ever.
    plays: u16,
    colour: Colour,
}

/// Draws every frame by the same layout and keeps their times. Nothing when not one can be decoded, or when too little
/// memory is allowed to hold what is moving: then the first frame has to do.
pub(crate) fn render(
    bytes: &[u8],
    probe: &Probe,
    layout: &Layout,
    output: Output,
    quality: u8,
    limits: &Limits,
) -> Result<Option<Vec<u8>>, Refusal> {
    let decoding = memory::pixels((probe.width, probe.height)).saturating_mul(DECODING);
    let encoding = memory::pixels(layout.canvas).saturating_mul(ENCODING);
    if decoding.saturating_add(encoding) > limits.max_memory {
        return Ok(None);
    }
    let Some(animation) = open(probe.format, bytes, limits) else { return Ok(None) };
    match output {
        Output::WebP => {
            let mut file = webp_animation::Writer::new(layout.canvas, animation.plays, quality).ok_or(UNDRAWABLE)?;
            let drawn = draw(animation, probe, layout, output, limits, |frame, time| file.add(&frame, time))?;
            if drawn == 0 { Ok(None) } else { file.finish().ok_or(UNDRAWABLE).map(Some) }
        }
        Output::Gif => {
            let mut bytes = Vec::new();
            let mut file = gif_encode::Writer::new(&mut bytes, animation.plays).ok_or(UNDRAWABLE)?;
            let drawn = draw(animation, probe, layout, output, limits, |frame, time| file.add(frame, time))?;
            drop(file);
            Ok((drawn > 0).then_some(bytes))
        }
        Output::Jpeg | Output::Png | Output::Avif => Ok(None),
    }
}

/// Hands on each frame, drawn, with its time in milliseconds, and tells how many there were.
fn draw(
    animation: Animation<'_>,
    probe: &Probe,
    layout: &Layout,
    output: Output,
    limits: &Limits,
    mut add: impl FnMut(Pixels, u32) -> Option<()>,
) -> Result<u32, Refusal> {
    let mut drawn = 0;
    // What comes before damage is shown, as browsers do.
    for frame in animation.frames.map_while(Result::ok) {
        drawn += 1;
        let (width, height) = frame.buffer().dimensions();
        // Checked by the header already, but headers lie.
        limits.check_frames(drawn, width, height)?;
        let time = time(&frame);
        let whole = Pixels { width, height, channels: Channels::Rgba, bytes: frame.into_buffer().into_raw() };
        let small = layout.draw(whole, &animation.colour, probe.orientation, output)?;
        add(small, time).ok_or(UNDRAWABLE)?;
    }
    Ok(drawn)
}

/// How long a frame is shown, in milliseconds.
fn time(frame: &Frame) -> u32 {
    let (numerator, denominator) = frame.delay().numer_denom_ms();
    (numerator / denominator.max(1)).min(LONGEST)
}

fn open<'a>(format: Format, bytes: &'a [u8], limits: &Limits) -> Option<Animation<'a>> {
    let file = Cursor::new(bytes);
    let memory = frames::allowance(limits.max_memory);
    match format {
        Format::Gif => {
            let mut decoder = GifDecoder::new(file).ok()?;
            decoder.set_limits(memory).ok()?;
            let frames = decoder.into_frames();
            Some(Animation { frames, plays: gif_blocks::plays(bytes), colour: Colour::Srgb })
        }
        Format::WebP => {
            let mut decoder = WebPDecoder::new(file).ok()?;
            decoder.set_limits(memory).ok()?;
            let colour = Colour::of_profile(decoder.icc_profile().ok().flatten());
            let plays = plays(decoder.loop_count());
            Some(Animation { frames: decoder.into_frames(), plays, colour })
        }
        Format::Png => {
            let mut decoder = PngDecoder::with_limits(file, memory).ok()?;
            let profile = || Colour::of_profile(decoder.icc_profile().ok().flatten());
            let colour = frames::png_code_points(format, bytes).unwrap_or_else(profile);
            let decoder = decoder.apng().ok()?;
            let plays = plays(decoder.loop_count());
            Some(Animation { frames: decoder.into_frames(), plays, colour })
        }
        _ => None,
    }
}

fn plays(count: LoopCount) -> u16 {
    match count {
        LoopCount::Infinite => 0,
        LoopCount::Finite(plays) => u16::try_from(plays.get()).unwrap_or(u16::MAX),
    }
}
