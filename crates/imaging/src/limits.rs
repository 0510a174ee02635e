//! How large a picture may be.

use crate::Refusal;
use serde::{Deserialize, Serialize};

/// Bounds on the work that one file may cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The most pixels a picture may have, width times height.
    pub max_pixels: u64,
    /// The most frames an animation may have.
    pub max_frames: u32,
    /// The most pixels an animation may have, all frames counted.
    pub max_moving_pixels: u64,
    /// The most memory, in bytes, that one job may take by what the header says.
    pub max_memory: u64,
}

impl Default for Limits {
    /// 100 megapixels, 500 frames, 500 megapixels in all of them, 1 GB.
    fn default() -> Self {
        Self { max_pixels: 100_000_000, max_frames: 500, max_moving_pixels: 500_000_000, max_memory: 1_000_000_000 }
    }
}

impl Limits {
    /// Checks the sides of a picture.
    pub(crate) fn check(&self, width: u32, height: u32) -> Result<(), Refusal> {
        let pixels = u64::from(width) * u64::from(height);
        if pixels > self.max_pixels {
            return Err(Refusal::TooManyPixels { pixels, most: self.max_pixels });
        }
        Ok(())
    }

    /// Checks how many frames of this size there are. A single one is no animation.
    pub(crate) fn check_frames(&self, frames: u32, width: u32, height: u32) -> Result<(), Refusal> {
        let pixels = (u64::from(width) * u64::from(height)).max(1);
        let by_size = u32::try_from(self.max_moving_pixels / pixels).unwrap_or(u32::MAX);
        let most = self.max_frames.min(by_size).max(1);
        if frames > most { Err(Refusal::TooManyFrames { frames, most }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_bounded_by_number_and_by_size() {
        let limits = Limits { max_frames: 10, max_moving_pixels: 1_000_000, ..Limits::default() };
        assert_eq!(limits.check_frames(10, 100, 100), Ok(()));
        assert_eq!(limits.check_frames(11, 100, 100), Err(Refusal::TooManyFrames { frames: 11, most: 10 }));
        assert_eq!(limits.check_frames(4, 500, 500), Ok(()));
        assert_eq!(limits.check_frames(5, 500, 500), Err(Refusal::TooManyFrames { frames: 5, most: 4 }));
        assert_eq!(limits.check_frames(1, 5000, 5000), Ok(()));
        assert_eq!(limits.check_frames(u32::MAX, 0, 0), Err(Refusal::TooManyFrames { frames: u32::MAX, most: 10 }));
    }
}
