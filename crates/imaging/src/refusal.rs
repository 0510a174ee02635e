//! Why a file is not taken.

use crate::format::TAKEN;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Why a file is not taken. What it displays is a sentence for the uploader that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// The bytes are of no picture format known here, whatever the name says.
    #[error("This file is not a picture that can be shown here. These kinds are taken: {}.", TAKEN)]
    NotAPicture,
    /// The file ends before the picture does.
    #[error("This picture ends too early: a part of the file is missing. Upload the original again.")]
    Truncated,
    /// More pixels than [`Limits`](crate::Limits) allow; nothing was decoded.
    #[error(
        "This picture has {} megapixels, and at most {} are taken. Make it smaller and upload it again.",
        megapixels(.pixels),
        megapixels(.most)
    )]
    TooManyPixels {
        /// What the file's header says.
        pixels: u64,
        /// What is allowed.
        most: u64,
    },
    /// An animation of more frames than [`Limits`](crate::Limits) allow for pictures of its size.
    #[error(
        "This animation has {frames} frames, and at most {most} of its size are taken. Shorten it or make it smaller, \
         and upload it again."
    )]
    TooManyFrames {
        /// What the file holds; counting may have stopped there.
        frames: u32,
        /// What is allowed.
        most: u32,
    },
    /// To open it takes more memory than [`Limits`](crate::Limits) allow; nothing was decoded.
    #[error(
        "Opening this picture takes {} MB of memory, and at most {} are given. Save it smaller, or as an ordinary \
         JPEG, and upload that file.",
        megabytes(.needed),
        megabytes(.most)
    )]
    TooMuchMemory {
        /// Bytes, by what the header says.
        needed: u64,
        /// Bytes allowed.
        most: u64,
    },
    /// It was not opened in time.
    #[error(
        "This picture was not opened within {seconds} seconds. Make it smaller or save it as JPEG, and upload \
         that file."
    )]
    TooSlow {
        /// What is allowed.
        seconds: u64,
    },
    /// What opens pictures broke down over it.
    #[error(
        "This picture could not be opened: it is damaged or very unusual. Save it again as JPEG or PNG and upload that \
         file."
    )]
    Crashed,
    /// A picture, but of a kind that is not decoded here; the sentence says what to save it as.
    #[error("{0}")]
    Unsupported(Cow<'static, str>),
    /// All of the file is there, but what is in it makes no sense.
    #[error("This picture is damaged and cannot be opened. Open it in an editor, save it again and upload that file.")]
    Corrupt,
}

impl Refusal {
    /// A picture of a kind that is not decoded here; the sentence says what to save it as.
    pub(crate) const fn unsupported(sentence: &'static str) -> Self {
        Self::Unsupported(Cow::Borrowed(sentence))
    }
}

/// What resizers and encoders answer on input that they are never given, and when memory runs out.
pub(crate) const UNDRAWABLE: Refusal =
    Refusal::unsupported("This picture could not be drawn. Save it again as JPEG or PNG and upload that file.");

/// What decoders answer when the memory that they are given is not enough.
pub(crate) const TOO_HEAVY: Refusal = Refusal::unsupported(
    "This picture needs too much memory to be opened. Save it again as JPEG or PNG and upload that file.",
);

/// What decoders answer to what their format allows and they do not know.
pub(crate) const UNKNOWN_KIND: Refusal = Refusal::unsupported(
    "This kind of picture is not taken. Save it again as an ordinary JPEG or PNG and upload that file.",
);

/// Rounded up.
fn megabytes(bytes: &u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

/// Rounded up to a tenth, so that a picture over the limit never reads as one at the limit.
fn megapixels(pixels: &u64) -> String {
    let tenths = pixels.div_ceil(100_000);
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        tenth => format!("{}.{tenth}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_is_too_large_is_told_both_numbers() {
        let refusal = Refusal::TooManyPixels { pixels: 2_500_000_000, most: 100_000_000 };
        assert_eq!(
            refusal.to_string(),
            "This picture has 2500 megapixels, and at most 100 are taken. Make it smaller and upload it again."
        );
        let barely = Refusal::TooManyPixels { pixels: 100_000_001, most: 100_000_000 };
        assert!(barely.to_string().contains("has 100.1 megapixels, and at most 100 are"));
    }

    #[test]
    fn one_that_needs_too_much_memory_is_told_both_numbers() {
        let refusal = Refusal::TooMuchMemory { needed: 1_200_000_001, most: 1_000_000_000 };
        assert!(refusal.to_string().starts_with("Opening this picture takes 1201 MB of memory, and at most 1000 are"));
    }
}
