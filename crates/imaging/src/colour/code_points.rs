//! The code points with which video says what its colours are.

/// What the numbers of a picture mean, in code points of ITU-T H.273. 2 is "not said".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Nclx {
    pub(crate) primaries: u16,
    pub(crate) transfer: u16,
    pub(crate) matrix: u16,
    pub(crate) is_full_range: bool,
}
