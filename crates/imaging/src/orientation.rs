//! How a stored picture must be turned to be upright.

use serde::{Deserialize, Serialize};

/// How a stored picture must be turned or mirrored to be upright: the eight values of the EXIF tag `Orientation`
/// (0x0112).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[repr(u16)]
pub enum Orientation {
    /// As stored.
    #[default]
    Upright = 1,
    /// Mirrored left to right.
    Mirrored = 2,
    /// Turned half around.
    HalfTurn = 3,
    /// Mirrored top to bottom.
    Flipped = 4,
    /// Mirrored along the diagonal from the top left.
    Transposed = 5,
    /// Turned a quarter clockwise.
    QuarterRight = 6,
    /// Mirrored along the diagonal from the top right.
    Transversed = 7,
    /// Turned a quarter counter-clockwise.
    QuarterLeft = 8,
}

impl Orientation {
    /// The EXIF value, 1 to 8.
    pub fn as_u16(self) -> u16 {
        self as u16
    }

    /// Whether width and height of the upright picture are height and width of the stored one.
    pub fn swaps_sides(self) -> bool {
        self.as_u16() >= 5
    }
}

impl From<u16> for Orientation {
    /// Takes an EXIF value; one out of range means upright.
    fn from(value: u16) -> Self {
        match value {
            2 => Self::Mirrored,
            3 => Self::HalfTurn,
            4 => Self::Flipped,
            5 => Self::Transposed,
            6 => Self::QuarterRight,
            7 => Self::Transversed,
            8 => Self::QuarterLeft,
            _ => Self::Upright,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_there_and_back_and_others_mean_upright() {
        for value in 1..=8 {
            assert_eq!(Orientation::from(value).as_u16(), value);
        }
        for value in [0, 9, u16::MAX] {
            assert_eq!(Orientation::from(value), Orientation::Upright);
        }
    }
}
