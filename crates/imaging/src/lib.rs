//! Pictures: what a file is, and the same picture smaller, upright and without its metadata.
//!
//! Bytes in, bytes out: no I/O, no async. Every call works on one thread and may take a few hundred milliseconds, so
//! callers decide how many run at once.

mod decode;
mod encode;
mod ending;
mod facts;
mod format;
mod frames;
mod header;
mod jpeg;
mod limits;
mod metadata;
mod orientation;
mod pixels;
mod probe;
mod refusal;
mod render;
mod resize;
mod segments;
mod upright;
mod webp;

pub use encode::Output;
pub use facts::Facts;
pub use format::Format;
pub use limits::Limits;
pub use orientation::Orientation;
pub use probe::{Probe, mean_colour, probe};
pub use refusal::Refusal;
pub use render::{Recipe, Rendered, render};
