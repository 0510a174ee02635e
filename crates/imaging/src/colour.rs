//! What the numbers in a picture mean, and how they become sRGB.

mod chroma;
mod code_points;
mod space;
mod srgb;

pub(crate) use chroma::{Conversion, blend, widen};
pub(crate) use code_points::Nclx;
pub(crate) use space::Colour;
pub(crate) use srgb::to_srgb;
