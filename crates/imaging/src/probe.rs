//! Looks into a file that was uploaded.

mod facts;

use crate::colour::to_srgb;
use crate::container::{exif_tags, sniff};
use crate::decode::{self, Decoded};
use crate::refusal::UNDRAWABLE;
use crate::{Format, Limits, Orientation, Refusal};
use serde::{Deserialize, Serialize};

pub use facts::Facts;

/// What a file is, told from its header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    /// Its format, by its bytes.
    pub format: Format,
    /// Width in pixels of the upright picture.
    pub width: u32,
    /// Height in pixels of the upright picture.
    pub height: u32,
    /// How the stored picture must be turned to be upright.
    pub orientation: Orientation,
    /// What the camera wrote about it.
    pub facts: Facts,
    /// Whether it may have transparent pixels.
    pub has_alpha: bool,
    /// How many frames an animation has; 1 for a still.
    pub frames: u32,
}

/// Tells what a file is from its header. No pixel is decoded, so a file that is cut short later on passes; see
/// [`mean_colour`]. More pixels, frames or memory than the limits allow are refused here.
pub fn probe(bytes: &[u8], limits: &Limits) -> Result<Probe, Refusal> {
    let format = Format::sniff(bytes).ok_or_else(|| sniff::refusal(bytes))?;
    let stored = decode::header(format, bytes, limits)?;
    let tags = exif_tags::read(format, bytes);
    let by_tags = || tags.as_ref().map(exif_tags::orientation).unwrap_or_default();
    let orientation = stored.orientation.unwrap_or_else(by_tags);
    let (width, height) =
        if orientation.swaps_sides() { (stored.height, stored.width) } else { (stored.width, stored.height) };
    let facts = tags.as_ref().map(Facts::read).unwrap_or_default();
    Ok(Probe { format, width, height, orientation, facts, has_alpha: stored.has_alpha, frames: stored.frames })
}

/// The mean colour of a picture that was probed, or of its first frame: a placeholder until it is loaded. Transparent
/// pixels count as white. The whole file is decoded, so this is where one that is cut short or damaged is found.
pub fn mean_colour(bytes: &[u8], probe: &Probe, limits: &Limits) -> Result<[u8; 3], Refusal> {
    // As small as it comes: the mean is the same.
    let smallest = (0, 0);
    let Decoded { pixels, colour } = decode::decode(probe.format, bytes, smallest, limits)?;
    let mean = to_srgb(pixels.mean(), &colour);
    mean.bytes.first_chunk().copied().ok_or(UNDRAWABLE)
}
