//! A rectangle of a picture: upright, as stored, and after scaling.

use super::resize::Part;
use super::sides::swapped;
use crate::Orientation;
use crate::raster::Plane;

/// A rectangle in whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Area {
    /// The same area of the picture as it is stored. `upright` are the sides of the upright picture.
    pub(super) fn as_stored(self, upright: (u32, u32), orientation: Orientation) -> Self {
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
    pub(super) fn within(self, whole: (u32, u32), plane: &Plane) -> Part {
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
    pub(super) fn scaled(self, from: (u32, u32), to: (u32, u32)) -> Part {
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
    use crate::geometry::resize::resize;
    use crate::geometry::upright::upright;
    use crate::raster::{Channels, Pixels};

    fn area(left: u32, top: u32, width: u32, height: u32) -> Area {
        Area { left, top, width, height }
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
}
