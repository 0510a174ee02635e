//! What the targets share.

use imaging::Limits;

/// Limits that leave a run of the decoders a few milliseconds: the fuzzer tries more files the less each takes.
pub fn limits() -> Limits {
    Limits { max_pixels: 250_000, max_frames: 20, max_moving_pixels: 1_000_000, max_memory: 64_000_000 }
}
