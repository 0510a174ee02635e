//! A picture in memory, 8 bits a sample: as pixels, or as brightness and colour apart.

mod libjpeg;
mod opacity;
mod pixels;
mod planes;

pub(crate) use libjpeg::Library;
pub(crate) use opacity::unmultiply;
pub(crate) use pixels::{Channels, Pixels, mix_inks};
pub(crate) use planes::{Plane, Planes};
