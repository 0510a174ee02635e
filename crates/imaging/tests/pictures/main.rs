//! Real files in, real files out. The pictures are drawn by the tests themselves.

mod alpha;
mod draw;
mod facts;
mod hostile;
mod kinds;
mod refusals;
mod rendering;
mod tiff;
mod upright;
