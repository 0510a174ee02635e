//! Which part of a picture is drawn, how large, which way up, and where in the result.

mod area;
mod draw;
mod layout;
mod resize;
mod sides;
mod upright;

pub(crate) use layout::Layout;
pub(crate) use upright::upright;
