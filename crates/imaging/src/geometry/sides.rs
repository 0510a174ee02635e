//! Two sides at a time: swapped, compared, and in proportion.

use crate::Orientation;

pub(super) fn swapped((width, height): (u32, u32), orientation: Orientation) -> (u32, u32) {
    if orientation.swaps_sides() { (height, width) } else { (width, height) }
}

pub(super) fn at_least_one((width, height): (u32, u32)) -> (u32, u32) {
    (width.max(1), height.max(1))
}

/// Whether the first is wider for its height than the second, or of the same shape.
pub(super) fn is_wider(first: (u32, u32), second: (u32, u32)) -> bool {
    u64::from(first.0) * u64::from(second.1) >= u64::from(first.1) * u64::from(second.0)
}

/// The largest sides of the same shape that fit into a box and are not larger.
pub(super) fn within((width, height): (u32, u32), (widest, highest): (u32, u32)) -> (u32, u32) {
    let wide = width.min(widest).max(1);
    let tall = in_proportion(height, wide, width);
    let highest = highest.max(1);
    if tall <= highest { (wide, tall) } else { (in_proportion(width, highest, height), highest) }
}

/// `side` times `numerator` by `denominator`, rounded, at least 1. For a numerator of at most the denominator, at most
/// `side`.
pub(super) fn in_proportion(side: u32, numerator: u32, denominator: u32) -> u32 {
    let denominator = u64::from(denominator.max(1));
    let scaled = (u64::from(side) * u64::from(numerator) + denominator / 2) / denominator;
    u32::try_from(scaled).unwrap_or(side).max(1)
}

/// `side` times `numerator` by `denominator`, rounded up: the part loses nothing.
pub(super) fn scaled_up(side: u32, numerator: u32, denominator: u32) -> u32 {
    let scaled = (u64::from(side) * u64::from(numerator)).div_ceil(u64::from(denominator.max(1)));
    u32::try_from(scaled).unwrap_or(side)
}
