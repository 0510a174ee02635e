//! What a file's header says.

/// What a file's header says. Sides are as stored.
pub(crate) struct Header {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Whether there may be transparent pixels.
    pub(crate) has_alpha: bool,
}
