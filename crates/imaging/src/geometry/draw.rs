//! Draws a decoded picture by a layout.

use super::layout::Layout;
use super::resize::{resize, resize_brightness, resize_colour};
use super::sides::swapped;
use super::upright::{upright, upright_samples};
use crate::colour::{Colour, to_srgb};
use crate::raster::{Channels, Pixels, Plane, Planes};
use crate::{Orientation, Output, Refusal};

impl Layout {
    /// Cuts, scales, turns and places a decoded picture, which may be smaller than the original by now. The colours of
    /// the result are sRGB.
    pub(crate) fn draw(
        &self,
        decoded: Pixels,
        colour: &Colour,
        orientation: Orientation,
        output: Output,
    ) -> Result<Pixels, Refusal> {
        let stored = self.part.as_stored(self.picture, orientation);
        let part = stored.scaled(swapped(self.picture, orientation), (decoded.width, decoded.height));
        // As stored: the small picture is turned, not the large one.
        let small = resize(decoded, part, swapped(self.drawn, orientation))?;
        Ok(self.on_canvas(upright(to_srgb(small, colour), orientation), output))
    }

    /// The same for Y, Cb and Cr, each at a scale of its own. Nothing if the result is more than the drawn part.
    pub(crate) fn draw_planes(&self, decoded: &[Plane; 3], orientation: Orientation) -> Option<Planes> {
        if self.canvas != self.drawn {
            return None;
        }
        let stored = self.part.as_stored(self.picture, orientation);
        let whole = swapped(self.picture, orientation);
        let (width, height) = self.drawn;
        let mut drawn = Planes { width, height, samples: Default::default() };
        for (plane, decoded) in decoded.iter().enumerate() {
            let sides = if plane == 0 { self.drawn } else { drawn.sides(plane) };
            let stored_sides = swapped(sides, orientation);
            let part = stored.within(whole, decoded);
            let samples = match plane {
                0 => resize_brightness(decoded, part, stored_sides)?,
                _ => resize_colour(decoded, part, stored_sides)?,
            };
            drawn.samples[plane] = upright_samples(samples, stored_sides, orientation);
        }
        drawn.samples[0] = Planes::filled_up(std::mem::take(&mut drawn.samples[0]), width, height);
        Some(drawn)
    }

    /// Puts the drawn part, in its place, on white or on nothing.
    fn on_canvas(&self, drawn: Pixels, output: Output) -> Pixels {
        if self.canvas == (drawn.width, drawn.height) {
            return drawn;
        }
        let (drawn, nothing, channels) = if output.has_alpha() {
            (drawn.with_opacity(), 0, Channels::Rgba)
        } else {
            (drawn.on_white(), 255, Channels::Rgb)
        };
        let size = channels.count();
        let (pitch, row) = (self.canvas.0 as usize * size, drawn.width as usize * size);
        let mut bytes = vec![nothing; pitch * self.canvas.1 as usize];
        let start = self.place.1 as usize * pitch + self.place.0 as usize * size;
        for (above, line) in drawn.bytes.chunks_exact(row).enumerate() {
            let at = start + above * pitch;
            bytes[at..at + row].copy_from_slice(line);
        }
        Pixels { width: self.canvas.0, height: self.canvas.1, channels, bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fit, Gravity, Recipe};

    #[test]
    fn what_is_left_of_a_box_is_transparent_or_white() {
        let recipe = |output| Recipe {
            width: Some(4),
            height: Some(2),
            fit: Fit::Contain,
            gravity: Gravity::East,
            quality: None,
            output,
            moving: false,
        };
        let drawn = || Pixels { width: 2, height: 2, channels: Channels::Rgb, bytes: vec![7; 12] };
        let on_canvas = |output| Layout::new(&recipe(output), (2, 2)).on_canvas(drawn(), output);
        let white = on_canvas(Output::Jpeg);
        assert_eq!(white.bytes[..12], [255, 255, 255, 255, 255, 255, 7, 7, 7, 7, 7, 7]);
        let clear = on_canvas(Output::WebP);
        assert_eq!(clear.bytes[..16], [0, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7, 255, 7, 7, 7, 255]);
        assert_eq!((clear.width, clear.height), (4, 2));
    }
}
