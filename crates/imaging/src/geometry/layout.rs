//! Where everything goes: worked out before any pixel is decoded.

use super::area::Area;
use super::sides::{at_least_one, in_proportion, is_wider, scaled_up, swapped, within};
use crate::{Fit, Gravity, Orientation, Recipe};

/// Where everything goes. No side is ever 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The sides of the upright picture.
    pub(super) picture: (u32, u32),
    /// What is drawn of it.
    pub(super) part: Area,
    /// The sides that this part is scaled to.
    pub(super) drawn: (u32, u32),
    /// The sides of the result.
    pub(crate) canvas: (u32, u32),
    /// The place of the drawn part in the result, from the top left.
    pub(super) place: (u32, u32),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Output;

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
}
