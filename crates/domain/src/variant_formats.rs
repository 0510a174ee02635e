//! How a variant is drawn: decided before any work, from what is known of the picture.

use crate::picture_facts::Nature;
use imaging::{Output, Recipe};
use model::{Fit, Gravity, PictureFormat, Variant};

/// What a client takes beside JPEG, PNG and GIF, which all take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepts {
    /// AVIF.
    pub avif: bool,
    /// WebP.
    pub webp: bool,
}

/// A moving picture goes on moving up to so many pixels in all frames together: a worker has
/// only so much time. Of larger ones the first frame is drawn, so that whatever was taken can be shown.
const MOST_MOVING: u64 = 100_000_000;

/// The recipe for a variant. Without a format of its own it is the smallest that the client takes, but AVIF only up to
/// so many pixels, since it is slow to make. It has no quality where the format knows none, so that the same bytes
/// are made once.
pub(crate) fn recipe(variant: &Variant, nature: Nature, accepts: Accepts, avif_pixels: u64) -> Recipe {
    let still = Recipe {
        width: variant.width,
        height: variant.height,
        fit: fit(variant.fit),
        gravity: gravity(variant.gravity),
        quality: variant.quality,
        output: variant.format.map_or(Output::Avif, output),
        moving: false,
    };
    let (width, height) = imaging::size_of(&still, (nature.width, nature.height));
    let pixels = u64::from(width) * u64::from(height);
    let is_bounded = pixels.saturating_mul(nature.frames.into()) <= MOST_MOVING;
    let moves = nature.frames > 1 && !variant.still && is_bounded;
    let output = match variant.format {
        Some(format) => output(format),
        None if moves && accepts.webp => Output::WebP,
        None if moves => Output::Gif,
        None if accepts.avif && pixels <= avif_pixels => Output::Avif,
        None if accepts.webp => Output::WebP,
        None if nature.has_alpha => Output::Png,
        None => Output::Jpeg,
    };
    let quality = variant.quality.filter(|_| !matches!(output, Output::Png | Output::Gif));
    Recipe { quality, output, moving: moves && output.moves(), ..still }
}

fn output(format: PictureFormat) -> Output {
    match format {
        PictureFormat::Avif => Output::Avif,
        PictureFormat::WebP => Output::WebP,
        PictureFormat::Jpeg => Output::Jpeg,
        PictureFormat::Png => Output::Png,
        PictureFormat::Gif => Output::Gif,
    }
}

fn fit(fit: Fit) -> imaging::Fit {
    match fit {
        Fit::Inside => imaging::Fit::Inside,
        Fit::Cover => imaging::Fit::Cover,
        Fit::Contain => imaging::Fit::Contain,
    }
}

fn gravity(gravity: Gravity) -> imaging::Gravity {
    match gravity {
        Gravity::Centre => imaging::Gravity::Centre,
        Gravity::North => imaging::Gravity::North,
        Gravity::NorthEast => imaging::Gravity::NorthEast,
        Gravity::East => imaging::Gravity::East,
        Gravity::SouthEast => imaging::Gravity::SouthEast,
        Gravity::South => imaging::Gravity::South,
        Gravity::SouthWest => imaging::Gravity::SouthWest,
        Gravity::West => imaging::Gravity::West,
        Gravity::NorthWest => imaging::Gravity::NorthWest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: Accepts = Accepts { avif: false, webp: false };
    const WEBP: Accepts = Accepts { avif: false, webp: true };
    const ALL: Accepts = Accepts { avif: true, webp: true };
    const PHOTO: Nature = Nature { width: 4000, height: 3000, has_alpha: false, frames: 1 };

    /// AVIF up to 1000 × 750.
    fn drawn(variant: Variant, nature: Nature, accepts: Accepts) -> (Output, bool) {
        let recipe = recipe(&variant, nature, accepts, 750_000);
        (recipe.output, recipe.moving)
    }

    #[test]
    fn a_still_is_sent_as_the_smallest_the_client_takes() {
        let (small, large) = (Variant::of_width(960), Variant::of_width(1280));
        let drawing = Nature { has_alpha: true, ..PHOTO };
        for (variant, nature, accepts, output) in [
            (small, PHOTO, ALL, Output::Avif),
            (large, PHOTO, ALL, Output::WebP),
            (large, PHOTO, Accepts { avif: true, webp: false }, Output::Jpeg),
            (small, PHOTO, WEBP, Output::WebP),
            (small, PHOTO, OLD, Output::Jpeg),
            (small, drawing, OLD, Output::Png),
            (small, drawing, WEBP, Output::WebP),
        ] {
            assert_eq!(drawn(variant, nature, accepts), (output, false), "{variant:?} {nature:?} {accepts:?}");
        }
        assert_eq!(recipe(&small, PHOTO, ALL, 0).output, Output::WebP, "0 is no AVIF");
        let tiny = Nature { width: 10, height: 10, ..PHOTO };
        assert_eq!(drawn(large, tiny, ALL).0, Output::Avif, "what it will be counts, not what was asked for");
    }

    #[test]
    fn what_moves_goes_on_moving_where_the_format_can() {
        let moving = Nature { frames: 5, has_alpha: true, ..PHOTO };
        let variant = Variant::of_width(320);
        assert_eq!(drawn(variant, moving, ALL), (Output::WebP, true));
        assert_eq!(drawn(variant, moving, OLD), (Output::Gif, true));
        let still = Variant { still: true, ..variant };
        assert_eq!(drawn(still, moving, ALL), (Output::Avif, false));
        assert_eq!(drawn(still, moving, OLD), (Output::Png, false));
    }

    #[test]
    fn what_moves_too_much_is_a_still() {
        let moving = |frames| Nature { frames, ..PHOTO };
        // 1280 × 960 pixels a frame.
        let variant = Variant::of_width(1280);
        assert_eq!(drawn(variant, moving(81), ALL), (Output::WebP, true));
        assert_eq!(drawn(variant, moving(82), ALL), (Output::WebP, false), "too large for AVIF here");
        assert_eq!(drawn(variant, moving(82), OLD), (Output::Jpeg, false));
        let gif = Variant { format: Some(PictureFormat::Gif), ..variant };
        assert_eq!(drawn(gif, moving(81), ALL), (Output::Gif, true));
        assert_eq!(drawn(gif, moving(82), ALL), (Output::Gif, false));
        assert_eq!(drawn(Variant::of_width(320), moving(500), ALL), (Output::WebP, true), "the result counts");
        let endless = Nature { frames: u32::MAX, ..PHOTO };
        assert!(!drawn(variant, endless, ALL).1);
    }

    #[test]
    fn a_quality_stays_where_the_format_knows_one() {
        let quality = |format, nature, accepts| {
            let variant = Variant { quality: Some(50), format, ..Variant::of_width(320) };
            recipe(&variant, nature, accepts, 750_000).quality
        };
        for format in [PictureFormat::Avif, PictureFormat::WebP, PictureFormat::Jpeg] {
            assert_eq!(quality(Some(format), PHOTO, OLD), Some(50));
        }
        for format in [PictureFormat::Png, PictureFormat::Gif] {
            assert_eq!(quality(Some(format), PHOTO, ALL), None);
        }
        assert_eq!(quality(None, Nature { has_alpha: true, ..PHOTO }, OLD), None, "a PNG without being asked for");
        assert_eq!(quality(None, PHOTO, OLD), Some(50));
    }

    #[test]
    fn a_format_that_is_asked_for_wins() {
        let of = |format| Variant { format: Some(format), ..Variant::of_width(2560) };
        for (format, output) in [
            (PictureFormat::Avif, Output::Avif),
            (PictureFormat::WebP, Output::WebP),
            (PictureFormat::Jpeg, Output::Jpeg),
            (PictureFormat::Png, Output::Png),
            (PictureFormat::Gif, Output::Gif),
        ] {
            assert_eq!(drawn(of(format), PHOTO, OLD), (output, false));
            let moving = Nature { frames: 2, ..PHOTO };
            assert_eq!(drawn(of(format), moving, ALL), (output, output.moves()));
        }
    }
}
