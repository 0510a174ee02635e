//! Pictures: what a file is, and the same picture smaller, upright and without its metadata.
//!
//! Bytes in, bytes out: no I/O, no async. Every call works on one thread and may take a few hundred milliseconds, so
//! callers decide how many run at once.

mod av1_decode;
mod avif_decode;
mod avif_encode;
mod baseline;
mod chroma;
mod colour;
mod decode;
mod encode;
mod ending;
mod facts;
mod format;
mod frames;
mod geometry;
mod gif_blocks;
mod gif_encode;
mod header;
mod heic;
mod isobmff;
mod jpeg;
mod jxl;
mod limits;
mod memory;
mod metadata;
mod moving;
mod opacity;
mod orientation;
mod pixels;
mod planes;
mod probe;
mod refusal;
mod render;
mod resize;
mod segments;
mod strip;
mod svg;
mod svg_text;
mod tiff;
mod upright;
mod webp;
mod webp_animation;

pub use encode::Output;
pub use facts::Facts;
pub use format::{Format, TAKEN};
pub use limits::Limits;
pub use orientation::Orientation;
pub use probe::{Probe, mean_colour, probe};
pub use refusal::Refusal;
pub use render::{Fit, Gravity, Recipe, Rendered, render, size_of};
pub use strip::{Stripped, strip};
