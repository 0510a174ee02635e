//! Which part of a picture is drawn, how large, and where in the result: worked out before any pixel is decoded.

use crate::colour::{Colour, to_srgb};
use crate::pixels::{Channels, Pixels};
use crate::planes::{Plane, Planes};
use crate::render::{Fit, Gravity, Recipe};
use crate::resize::{Part, resize, resize_plane};
use crate::upright::{upright, upright_samples};
use crate::{Orientation, Refusal, encode::Output};

/// A rectangle in whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) left: u32,
    pub(crate) top: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// Where everything goes. No side is ever 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The sides of the upright picture.
    picture: (u32, u32),
    /// What is drawn of it.
    part: Area,
    /// The sides that this part is scaled to.
    drawn: (u32, u32),
    /// The sides of the result.
    pub(crate) canvas: (u32, u32),
    /// The place of the drawn part in the result, from the top left.
    place: (u32, u32),
}

impl Layout {
    pub(crate) fn new(recipe: &Recipe, (width, height): (u32, u32)) -> Self {
        let picture = (width.max(1), height.max(1));
        let longest = recipe.output.longest_side();
        match (recipe.width, recipe.height, recipe.fit) {
            (Some(width), Some(height), Fit::Cover) => Self::cover(picture, (width, height), longest, recipe.gravity),
            (Some(width), Some(height), Fit::Contain) => {
                Self::contain(picture, (width, height), longest, recipe.gravity)
            }
            (width, height, _) => {
                let limit = |side: Option<u32>| side.unwrap_or(longest).min(longest);
                Self::whole_picture(picture, within(picture, (limit(width), limit(height))))
            }
        }
    }

    fn whole_picture(picture: (u32, u32), drawn: (u32, u32)) -> Self {
        let part = Area { left: 0, top: 0, width: picture.0, height: picture.1 };
        Self { picture, part, drawn, canvas: drawn, place: (0, 0) }
    }

    fn cover(picture: (u32, u32), wanted: (u32, u32), longest: u32, gravity: Gravity) -> Self {
        let canvas = within(at_least_one(wanted), (picture.0.min(longest), picture.1.min(longest)));
        // As much of the picture as has the shape of the result.
        let sides = if is_wider(picture, canvas) {
            (in_proportion(picture.1, canvas.0, canvas.1).min(picture.0), picture.1)
        } else {
            (picture.0, in_proportion(picture.0, canvas.1, canvas.0).min(picture.1))
        };
        let (left, top) = gravity.place(sides, picture);
        let part = Area { left, top, width: sides.0, height: sides.1 };
        Self { picture, part, drawn: canvas, canvas, place: (0, 0) }
    }

    fn contain(picture: (u32, u32), wanted: (u32, u32), longest: u32, gravity: Gravity) -> Self {
        let wanted = at_least_one(wanted);
        let is_filled = picture.0 >= wanted.0 || picture.1 >= wanted.1;
        // Down to where the picture touches two sides of it.
        let filled = if is_filled {
            wanted
        } else if is_wider(picture, wanted) {
            (picture.0, in_proportion(wanted.1, picture.0, wanted.0))
        } else {
            (in_proportion(wanted.0, picture.1, wanted.1), picture.1)
        };
        let canvas = within(filled, (longest, longest));
        let drawn = within(picture, canvas);
        Self { canvas, place: gravity.place(drawn, canvas), ..Self::whole_picture(picture, drawn) }
    }

    /// The sides, as stored, that the whole picture would have at the scale at which its part is drawn: what a decoder
    /// is asked for.
    pub(crate) fn whole(&self, orientation: Orientation) -> (u32, u32) {
        let width = scaled_up(self.picture.0, self.drawn.0, self.part.width);
        let height = scaled_up(self.picture.1, self.drawn.1, self.part.height);
        swapped((width, height), orientation)
    }

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
            let samples = resize_plane(decoded, part, stored_sides)?;
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

impl Area {
    /// The same area of the picture as it is stored. `upright` are the sides of the upright picture.
    fn as_stored(self, upright: (u32, u32), orientation: Orientation) -> Self {
        let Self { left, top, width, height } = self;
        let right = upright.0 - left - width;
        let bottom = upright.1 - top - height;
        let (left, top) = match orientation {
            Orientation::Upright => (left, top),
            Orientation::Mirrored => (right, top),
            Orientation::HalfTurn => (right, bottom),
            Orientation::Flipped => (left, bottom),
            Orientation::Transposed => (top, left),
            Orientation::QuarterRight => (top, right),
            Orientation::Transversed => (bottom, right),
            Orientation::QuarterLeft => (bottom, left),
        };
        let (width, height) = swapped((width, height), orientation);
        Self { left, top, width, height }
    }

    /// The same area in a plane of the picture. Its edges may lie within a sample.
    fn within(self, whole: (u32, u32), plane: &Plane) -> Part {
        let (across, down) = (plane.extent.0 / f64::from(whole.0), plane.extent.1 / f64::from(whole.1));
        let (left, top) = (f64::from(self.left) * across, f64::from(self.top) * down);
        Part {
            left,
            top,
            // Not past the last sample by an error of rounding.
            width: (f64::from(self.width) * across).min(f64::from(plane.width) - left),
            height: (f64::from(self.height) * down).min(f64::from(plane.height) - top),
        }
    }

    /// The same area after the whole was scaled from some sides to others.
    fn scaled(self, from: (u32, u32), to: (u32, u32)) -> Part {
        let left = edge(self.left, from.0, to.0);
        let top = edge(self.top, from.1, to.1);
        Part {
            left,
            top,
            width: edge(self.left + self.width, from.0, to.0) - left,
            height: edge(self.top + self.height, from.1, to.1) - top,
        }
    }
}

impl Gravity {
    /// The place, from the top left, of something within something that is not smaller.
    fn place(self, inner: (u32, u32), outer: (u32, u32)) -> (u32, u32) {
        let spare = (outer.0.saturating_sub(inner.0), outer.1.saturating_sub(inner.1));
        let left = match self {
            Self::NorthWest | Self::West | Self::SouthWest => 0,
            Self::North | Self::Centre | Self::South => spare.0 / 2,
            Self::NorthEast | Self::East | Self::SouthEast => spare.0,
        };
        let top = match self {
            Self::NorthWest | Self::North | Self::NorthEast => 0,
            Self::West | Self::Centre | Self::East => spare.1 / 2,
            Self::SouthWest | Self::South | Self::SouthEast => spare.1,
        };
        (left, top)
    }
}

fn swapped((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    if orientation.swaps_sides() { (height, width) } else { (width, height) }
}

fn at_least_one((width, height): (u32, u32)) -> (u32, u32) {
    (width.max(1), height.max(1))
}

/// Whether the first is wider for its height than the second, or of the same shape.
fn is_wider(first: (u32, u32), second: (u32, u32)) -> bool {
    u64::from(first.0) * u64::from(second.1) >= u64::from(first.1) * u64::from(second.0)
}

/// The largest sides of the same shape that fit into a box and are not larger.
fn within((width, height): (u32, u32), (widest, highest): (u32, u32)) -> (u32, u32) {
    let wide = width.min(widest).max(1);
    let tall = in_proportion(height, wide, width);
    let highest = highest.max(1);
    if tall <= highest { (wide, tall) } else { (in_proportion(width, highest, height), highest) }
}

/// `side` times `numerator` by `denominator`, rounded, at least 1. For a numerator of at most the denominator, at most
/// `side`.
fn in_proportion(side: u32, numerator: u32, denominator: u32) -> u32 {
    let denominator = u64::from(denominator.max(1));
    let scaled = (u64::from(side) * u64::from(numerator) + denominator / 2) / denominator;
    u32::try_from(scaled).unwrap_or(side).max(1)
}

/// `side` times `numerator` by `denominator`, rounded up: the part loses nothing.
fn scaled_up(side: u32, numerator: u32, denominator: u32) -> u32 {
    let scaled = (u64::from(side) * u64::from(numerator)).div_ceil(u64::from(denominator.max(1)));
    u32::try_from(scaled).unwrap_or(side)
}

/// Where an edge lies after scaling, in 1/1024 of a pixel: sums and differences of such numbers are exact.
fn edge(at: u32, from: u32, to: u32) -> f64 {
    const STEPS: u128 = 1024;
    let from = u128::from(from.max(1));
    let steps = (u128::from(at) * u128::from(to) * STEPS + from / 2) / from;
    steps as f64 / STEPS as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(width: Option<u32>, height: Option<u32>, fit: Fit, picture: (u32, u32)) -> Layout {
        Layout::new(&recipe(width, height, fit, Gravity::Centre, Output::WebP), picture)
    }

    fn recipe(width: Option<u32>, height: Option<u32>, fit: Fit, gravity: Gravity, output: Output) -> Recipe {
        Recipe { width, height, fit, gravity, quality: None, output, moving: false }
    }

    fn by_width(picture: (u32, u32), width: u32) -> (u32, u32) {
        layout(Some(width), None, Fit::Inside, picture).canvas
    }

    fn area(left: u32, top: u32, width: u32, height: u32) -> Area {
        Area { left, top, width, height }
    }

    #[test]
    fn with_one_side_the_other_follows_and_nothing_grows() {
        assert_eq!(by_width((4000, 3000), 800), (800, 600));
        assert_eq!(by_width((4000, 3001), 800), (800, 600));
        assert_eq!(by_width((300, 200), 800), (300, 200));
        assert_eq!(by_width((300, 200), 0), (1, 1));
        assert_eq!(by_width((5000, 2), 100), (100, 1));
        for fit in [Fit::Inside, Fit::Cover, Fit::Contain] {
            assert_eq!(layout(None, Some(600), fit, (4000, 3000)).canvas, (800, 600));
            assert_eq!(layout(None, None, fit, (4000, 3000)).canvas, (4000, 3000));
        }
    }

    #[test]
    fn no_side_is_longer_than_the_formats_allow() {
        assert_eq!(by_width((20_000, 1000), 20_000), (16_383, 819));
        assert_eq!(by_width((1000, 60_000), 1000), (273, 16_383));
        assert_eq!(by_width((2, 65_000), 2), (1, 16_383));
        let jpeg = recipe(None, None, Fit::Inside, Gravity::Centre, Output::Jpeg);
        assert_eq!(Layout::new(&jpeg, (20_000, 1000)).canvas, (20_000, 1000));
        for fit in [Fit::Cover, Fit::Contain] {
            let wide = layout(Some(40_000), Some(20_000), fit, (40_000, 20_000));
            assert_eq!((wide.canvas, wide.drawn), ((16_383, 8192), (16_383, 8192)));
        }
    }

    #[test]
    fn inside_stays_within_both_sides() {
        assert_eq!(layout(Some(800), Some(300), Fit::Inside, (4000, 3000)).canvas, (400, 300));
        assert_eq!(layout(Some(300), Some(800), Fit::Inside, (4000, 3000)).canvas, (300, 225));
        assert_eq!(layout(Some(800), Some(800), Fit::Inside, (400, 300)).canvas, (400, 300));
    }

    #[test]
    fn cover_fills_the_box_and_cuts_the_rest() {
        let square = layout(Some(300), Some(300), Fit::Cover, (4000, 3000));
        assert_eq!((square.canvas, square.drawn, square.part), ((300, 300), (300, 300), area(500, 0, 3000, 3000)));
        let wide = layout(Some(400), Some(100), Fit::Cover, (4000, 3000));
        assert_eq!((wide.canvas, wide.part), ((400, 100), area(0, 1000, 4000, 1000)));
        // A box that the picture does not fill keeps its shape.
        let large = layout(Some(8000), Some(8000), Fit::Cover, (4000, 3000));
        assert_eq!((large.canvas, large.part), ((3000, 3000), area(500, 0, 3000, 3000)));
        let one_side = layout(Some(200), Some(600), Fit::Cover, (400, 300));
        assert_eq!((one_side.canvas, one_side.part), ((100, 300), area(150, 0, 100, 300)));
    }

    #[test]
    fn contain_shows_the_whole_picture_in_the_box() {
        let square = layout(Some(300), Some(300), Fit::Contain, (4000, 3000));
        assert_eq!((square.canvas, square.drawn, square.place), ((300, 300), (300, 225), (0, 37)));
        assert_eq!(square.part, area(0, 0, 4000, 3000));
        let large = layout(Some(800), Some(800), Fit::Contain, (400, 300));
        assert_eq!((large.canvas, large.drawn, large.place), ((400, 400), (400, 300), (0, 50)));
        let touching = layout(Some(800), Some(200), Fit::Contain, (400, 300));
        assert_eq!((touching.canvas, touching.drawn), ((800, 200), (267, 200)));
    }

    #[test]
    fn gravity_tells_what_stays() {
        let part = |gravity, wanted: (u32, u32)| {
            let recipe = recipe(Some(wanted.0), Some(wanted.1), Fit::Cover, gravity, Output::WebP);
            let Area { left, top, .. } = Layout::new(&recipe, (100, 60)).part;
            (left, top)
        };
        let tall = (20, 60);
        let wide = (100, 20);
        assert_eq!((part(Gravity::NorthWest, tall), part(Gravity::NorthWest, wide)), ((0, 0), (0, 0)));
        assert_eq!((part(Gravity::North, tall), part(Gravity::North, wide)), ((40, 0), (0, 0)));
        assert_eq!((part(Gravity::NorthEast, tall), part(Gravity::NorthEast, wide)), ((80, 0), (0, 0)));
        assert_eq!((part(Gravity::West, tall), part(Gravity::West, wide)), ((0, 0), (0, 20)));
        assert_eq!((part(Gravity::Centre, tall), part(Gravity::Centre, wide)), ((40, 0), (0, 20)));
        assert_eq!((part(Gravity::East, tall), part(Gravity::East, wide)), ((80, 0), (0, 20)));
        assert_eq!((part(Gravity::SouthWest, tall), part(Gravity::SouthWest, wide)), ((0, 0), (0, 40)));
        assert_eq!((part(Gravity::South, tall), part(Gravity::South, wide)), ((40, 0), (0, 40)));
        assert_eq!((part(Gravity::SouthEast, tall), part(Gravity::SouthEast, wide)), ((80, 0), (0, 40)));
    }

    #[test]
    fn a_decoder_is_asked_for_the_whole_at_the_scale_of_the_part() {
        let square = layout(Some(300), Some(300), Fit::Cover, (4000, 3000));
        assert_eq!(square.whole(Orientation::Upright), (400, 300));
        assert_eq!(square.whole(Orientation::QuarterLeft), (300, 400));
        let inside = layout(Some(333), None, Fit::Inside, (4000, 3001));
        assert_eq!(inside.whole(Orientation::Upright), inside.canvas);
    }

    #[test]
    fn an_area_of_the_upright_picture_is_found_where_it_is_stored() {
        let stored = || Pixels {
            width: 5,
            height: 3,
            channels: Channels::Rgb,
            bytes: (0..15).flat_map(|number| [number; 3]).collect(),
        };
        for orientation in (1..=8_u16).map(Orientation::from) {
            let sides = swapped((5, 3), orientation);
            let wanted = area(1, 0, 2, 2);
            let cut = |pixels: Pixels, area: Area| {
                let from = (pixels.width, pixels.height);
                resize(pixels, area.scaled(from, from), (area.width, area.height)).unwrap()
            };
            let first_cut = upright(cut(stored(), wanted.as_stored(sides, orientation)), orientation);
            let first_turned = cut(upright(stored(), orientation), wanted);
            assert_eq!(first_cut, first_turned, "{orientation:?}");
        }
    }

    #[test]
    fn edges_of_the_whole_are_exact() {
        for (from, to) in [(5640, 705), (5641, 706), (3, 1), (65_500, 8188)] {
            assert_eq!(area(0, 0, from, from).scaled((from, from), (to, to)).width, f64::from(to));
        }
    }

    #[test]
    fn what_is_left_of_a_box_is_transparent_or_white() {
        let recipe = |output| recipe(Some(4), Some(2), Fit::Contain, Gravity::East, output);
        let drawn = || Pixels { width: 2, height: 2, channels: Channels::Rgb, bytes: vec![7; 12] };
        let on_canvas = |output| Layout::new(&recipe(output), (2, 2)).on_canvas(drawn(), output);
        let white = on_canvas(Output::Jpeg);
        assert_eq!(white.bytes[..12], [255, 255, 255, 255, 255, 255, 7, 7, 7, 7, 7, 7]);
        let clear = on_canvas(Output::WebP);
        assert_eq!(clear.bytes[..16], [0, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7, 255, 7, 7, 7, 255]);
        assert_eq!((clear.width, clear.height), (4, 2));
    }
}
