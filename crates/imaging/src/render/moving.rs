//! Moving pictures that go on moving.

use crate::decode::{Animation, memory};
use crate::encode::{gif, webp_animation};
use crate::geometry::Layout;
use crate::raster::{Channels, Pixels};
use crate::refusal::UNDRAWABLE;
use crate::{Limits, Output, Probe, Refusal};
use image::Frame;

/// Bytes that decoders hold for a pixel of the original: what was shown, what is shown, the part that changes, and a
/// copy to work on.
const DECODING: u64 = 16;

/// Bytes that the encoder holds for a pixel of the result: three frames of its own, the one that is added, and what it
/// makes of it.
const ENCODING: u64 = 28;

/// The longest that a frame is shown, in milliseconds: what GIF can tell.
const LONGEST: u32 = 655_350;

/// Draws every frame by the same layout and keeps their times. Nothing when not one can be decoded, or when too little
/// memory is allowed to hold what is moving: then the first frame has to do.
pub(super) fn render(
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
    let Some(animation) = Animation::open(probe.format, bytes, limits) else { return Ok(None) };
    match output {
        Output::WebP => {
            let mut file = webp_animation::Writer::new(layout.canvas, animation.plays, quality).ok_or(UNDRAWABLE)?;
            let drawn = draw(animation, probe, layout, output, limits, |frame, time| file.add(&frame, time))?;
            if drawn == 0 { Ok(None) } else { file.finish().ok_or(UNDRAWABLE).map(Some) }
        }
        Output::Gif => {
            let mut bytes = Vec::new();
            let mut file = gif::Writer::new(&mut bytes, animation.plays).ok_or(UNDRAWABLE)?;
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
