//! Real files in, real files out. The pictures are drawn by the tests themselves.

mod alpha;
mod colours;
mod corpus;
mod draw;
mod drawings;
mod facts;
mod files;
mod fitting;
mod heif;
mod hostile;
mod jpeg_xl;
mod kinds;
mod moving;
mod refusals;
mod rendering;
mod stripping;
mod tiff;
mod upright;
