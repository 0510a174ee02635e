//! Pictures: what a file is, and the same picture smaller, upright and without its metadata.
//!
//! Bytes in, bytes out: no I/O, no async. Every call works on one thread and may take a few hundred milliseconds, so
//! callers decide how many run at once.
//!
//! The rooms, from the ground up. Each uses only what stands above it in this list:
//!
//! - `format`, `limits`, `orientation`, `output`, `recipe`, `refusal`: the words that all of them share.
//! - `raster`: a picture in memory.
//! - `colour`: what its numbers mean.
//! - `container`: what a file holds around the pixels, and what that tells of them.
//! - `geometry`: which part is drawn, how large, and which way up.
//! - `encode`: pixels become a file.
//! - `decode`: a file becomes pixels.
//! - `probe`, `render`, `strip`: what callers ask for, all of the way.

mod colour;
mod container;
mod decode;
mod encode;
mod format;
mod geometry;
mod limits;
mod orientation;
mod output;
mod probe;
mod raster;
mod recipe;
mod refusal;
mod render;
mod strip;

pub use format::{Format, TAKEN};
pub use limits::Limits;
pub use orientation::Orientation;
pub use output::Output;
pub use probe::{Facts, Probe, mean_colour, probe};
pub use recipe::{Fit, Gravity, Recipe};
pub use refusal::Refusal;
pub use render::{Rendered, render, size_of};
pub use strip::{Stripped, strip};
