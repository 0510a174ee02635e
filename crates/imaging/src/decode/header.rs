//! What a file's header says.

use crate::Orientation;

/// What a file's header says. Sides are as the decoder answers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Whether there may be transparent pixels.
    pub(crate) has_alpha: bool,
    /// 1 for a still.
    pub(crate) frames: u32,
    /// How what the decoder answers must be turned, if the container says so itself: EXIF does not count then.
    pub(crate) orientation: Option<Orientation>,
}
