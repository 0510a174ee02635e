//! What a file holds around the pixels: segments, chunks, blocks, boxes and tags. What is told by them is read here, and
//! nothing is decoded.

pub(crate) mod ending;
pub(crate) mod exif_tags;
pub(crate) mod gif_blocks;
pub(crate) mod isobmff;
pub(crate) mod jpeg_segments;
pub(crate) mod jxl_boxes;
pub(crate) mod png_chunks;
pub(crate) mod sniff;
pub(crate) mod svg_text;
mod tiff_directory;
pub(crate) mod webp_chunks;
