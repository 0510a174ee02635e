//! What every decoder answers.

use crate::colour::Colour;
use crate::raster::Pixels;

/// A decoded picture, and what its numbers mean.
pub(crate) struct Decoded {
    pub(crate) pixels: Pixels,
    pub(crate) colour: Colour,
}
