//! How large a picture may be.

use crate::Refusal;

/// Bounds on the work that one file may cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most pixels a picture may have, width times height. Memory follows from it: at most four bytes a pixel for
    /// the decoded picture, and about as much again while it is worked on.
    pub max_pixels: u64,
}

impl Default for Limits {
    /// 100 megapixels.
    fn default() -> Self {
        Self { max_pixels: 100_000_000 }
    }
}

impl Limits {
    pub(crate) fn check(&self, width: u32, height: u32) -> Result<(), Refusal> {
        let pixels = u64::from(width) * u64::from(height);
        if pixels > self.max_pixels {
            return Err(Refusal::TooManyPixels { pixels, most: self.max_pixels });
        }
        Ok(())
    }
}
