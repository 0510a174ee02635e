//! Turns what a picture means into sRGB, by profiles and code points.

use super::space::Colour;
use crate::raster::{Channels, Pixels, mix_inks};
use moxcms::{
    CicpColorPrimaries, CicpProfile, CmsError, ColorProfile, DataColorSpace, Layout, MatrixCoefficients,
    RenderingIntent, ToneReprCurve, TransferCharacteristics, Transform8BitExecutor, TransformOptions,
};
use std::sync::Arc;

/// How many pixels are turned at once.
const BLOCK: usize = 16_384;

/// How bright white is in pictures made with the transfer function PQ, in nits (ITU-R BT.2408).
const PQ_WHITE: f64 = 203.0;

/// The transfer function of SMPTE ST 2084, in ITU-T H.273.
const PQ: u8 = 16;

/// Turns pixels into sRGB. A profile that is broken, or made for another kind of pixels, counts as none. Answers three
/// channels, or four with opacity.
pub(crate) fn to_srgb(pixels: Pixels, colour: &Colour) -> Pixels {
    match (pixels.channels, colour) {
        (Channels::Cmyk, Colour::Icc(profile)) => print_to_srgb(&pixels, profile).unwrap_or_else(|| mix_inks(&pixels)),
        (Channels::Cmyk, _) => mix_inks(&pixels),
        (_, Colour::Srgb) => pixels,
        (_, Colour::Icc(profile)) => match ColorProfile::new_from_slice(profile) {
            Ok(profile) if profile.color_space == DataColorSpace::Rgb && !is_srgb(&profile) => {
                screen_to_srgb(pixels, &profile)
            }
            _ => pixels,
        },
        (_, &Colour::Cicp { primaries, transfer }) => {
            let pixels = if transfer == PQ { pq_to_srgb_curve(pixels) } else { pixels };
            match profile_of(primaries) {
                Some(profile) => screen_to_srgb(pixels, &profile),
                None => pixels,
            }
        }
    }
}

/// Inks by their profile; nothing if that is no use.
fn print_to_srgb(pixels: &Pixels, profile: &[u8]) -> Option<Pixels> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != DataColorSpace::Cmyk {
        return None;
    }
    // Four inks take the place of the four channels of a screen.
    let transform = transform(&profile, Layout::Rgba, Layout::Rgb).ok()?;
    let mut bytes = vec![0; pixels.bytes.len() / 4 * 3];
    for (inks, light) in pixels.bytes.chunks(BLOCK * 4).zip(bytes.chunks_mut(BLOCK * 3)) {
        transform.transform(inks, light).ok()?;
    }
    Some(Pixels { width: pixels.width, height: pixels.height, channels: Channels::Rgb, bytes })
}

/// Light by its profile; unchanged if that is no use. Opacity stays.
fn screen_to_srgb(mut pixels: Pixels, profile: &ColorProfile) -> Pixels {
    let layout = if pixels.channels == Channels::Rgba { Layout::Rgba } else { Layout::Rgb };
    let Ok(transform) = transform(profile, layout, layout) else { return pixels };
    let block = BLOCK * pixels.channels.count();
    let mut turned = vec![0; block.min(pixels.bytes.len())];
    for part in pixels.bytes.chunks_mut(block) {
        let turned = &mut turned[..part.len()];
        if transform.transform(part, turned).is_ok() {
            part.copy_from_slice(turned);
        }
    }
    pixels
}

fn transform(profile: &ColorProfile, from: Layout, to: Layout) -> Result<Arc<Transform8BitExecutor>, CmsError> {
    // Perceptual is what profiles are made for; a few have the tables of another intent only.
    let rendering_intent = match profile {
        ColorProfile { lut_a_to_b_perceptual: Some(_), .. } => RenderingIntent::Perceptual,
        ColorProfile { lut_a_to_b_colorimetric: Some(_), .. } => RenderingIntent::RelativeColorimetric,
        ColorProfile { lut_a_to_b_saturation: Some(_), .. } => RenderingIntent::Saturation,
        _ => RenderingIntent::Perceptual,
    };
    let options = TransformOptions { rendering_intent, ..TransformOptions::default() };
    profile.create_transform_8bit(from, &ColorProfile::new_srgb(), to, options)
}

/// Whether a profile says what is assumed anyway, as most do: nothing is to be done then.
fn is_srgb(profile: &ColorProfile) -> bool {
    let has_tables = profile.lut_a_to_b_perceptual.is_some()
        || profile.lut_a_to_b_colorimetric.is_some()
        || profile.lut_a_to_b_saturation.is_some();
    let srgb = ColorProfile::new_srgb();
    let primaries = |profile: &ColorProfile| profile.colorant_matrix().v.into_iter().flatten();
    let mut pairs = primaries(profile).zip(primaries(&srgb));
    let curves = [&profile.red_trc, &profile.green_trc, &profile.blue_trc];
    !has_tables
        && pairs.all(|(own, expected)| (own - expected).abs() < 0.002)
        && curves.into_iter().all(|curve| curve.as_ref().is_some_and(is_srgb_curve))
}

fn is_srgb_curve(curve: &ToneReprCurve) -> bool {
    let Ok(curve) = curve.make_linear_evaluator() else { return false };
    [0.02_f32, 0.1, 0.25, 0.5, 0.75, 1.0].into_iter().all(|value| {
        let expected = srgb_to_linear(value);
        // Half a step of eight bits, as steep as the curve is there.
        (curve.evaluate_value(value) - expected).abs() < 0.001 + expected * 0.004
    })
}

fn srgb_to_linear(value: f32) -> f32 {
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

/// The colours of H.273 with the curve of sRGB; nothing if they are those of sRGB, or not known. Curves of television
/// are taken for sRGB's, as browsers do: what is made with them is seen on screens.
fn profile_of(primaries: u8) -> Option<ColorProfile> {
    let color_primaries = match primaries {
        4 => CicpColorPrimaries::Bt470M,
        5 => CicpColorPrimaries::Bt470Bg,
        6 => CicpColorPrimaries::Bt601,
        7 => CicpColorPrimaries::Smpte240,
        8 => CicpColorPrimaries::GenericFilm,
        9 => CicpColorPrimaries::Bt2020,
        11 => CicpColorPrimaries::Smpte431,
        12 => CicpColorPrimaries::Smpte432,
        22 => CicpColorPrimaries::Ebu3213,
        _ => return None,
    };
    Some(ColorProfile::new_from_cicp(CicpProfile {
        color_primaries,
        transfer_characteristics: TransferCharacteristics::Srgb,
        matrix_coefficients: MatrixCoefficients::Identity,
        full_range: true,
    }))
}

/// Brings the light of PQ into what a screen shows. What is as bright as paper stays clear; highlights, up to 1000
/// nits, are pressed together above it.
fn pq_to_srgb_curve(mut pixels: Pixels) -> Pixels {
    let curve: [u8; 256] = std::array::from_fn(|value| {
        let light = pq_to_nits(value as f64 / 255.0) / PQ_WHITE;
        // Reinhard's curve.
        let most = 1000.0 / PQ_WHITE;
        let shown = (light * (1.0 + light / (most * most)) / (1.0 + light)).min(1.0);
        let coded = if shown <= 0.003_130_8 { shown * 12.92 } else { 1.055 * shown.powf(1.0 / 2.4) - 0.055 };
        (coded * 255.0).round() as u8
    });
    for pixel in pixels.bytes.chunks_exact_mut(pixels.channels.count()) {
        for part in pixel.iter_mut().take(3) {
            *part = curve[usize::from(*part)];
        }
    }
    pixels
}

/// SMPTE ST 2084.
fn pq_to_nits(value: f64) -> f64 {
    const M1: f64 = 2610.0 / 16_384.0;
    const M2: f64 = 2523.0 / 4096.0 * 128.0;
    const C1: f64 = 3424.0 / 4096.0;
    const C2: f64 = 2413.0 / 4096.0 * 32.0;
    const C3: f64 = 2392.0 / 4096.0 * 32.0;
    let root = value.powf(1.0 / M2);
    10_000.0 * ((root - C1).max(0.0) / (C2 - C3 * root)).powf(1.0 / M1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(channels: Channels, bytes: &[u8]) -> Pixels {
        Pixels { width: 1, height: 1, channels, bytes: bytes.to_vec() }
    }

    fn icc(profile: &ColorProfile) -> Colour {
        Colour::Icc(profile.encode().unwrap())
    }

    #[track_caller]
    fn assert_near(pixels: &Pixels, expected: &[u8]) {
        let is_near = pixels.bytes.iter().zip(expected).all(|(part, expected)| part.abs_diff(*expected) <= 2);
        assert!(is_near && pixels.bytes.len() == expected.len(), "{:?} is not {expected:?}", pixels.bytes);
    }

    #[test]
    fn wide_colours_are_brought_into_srgb() {
        let green = || one(Channels::Rgb, &[120, 180, 100]);
        let by_profile = to_srgb(green(), &icc(&ColorProfile::new_display_p3()));
        let by_code = to_srgb(green(), &Colour::Cicp { primaries: 12, transfer: 13 });
        // Purer, so that red and blue are less.
        assert_near(&by_profile, &[100, 182, 89]);
        assert_near(&by_code, &by_profile.bytes);
    }

    #[test]
    fn opacity_stays() {
        let turned = to_srgb(one(Channels::Rgba, &[120, 180, 100, 77]), &icc(&ColorProfile::new_display_p3()));
        assert_eq!((turned.channels, turned.bytes[3]), (Channels::Rgba, 77));
        assert_ne!(turned.bytes[0], 120);
    }

    #[test]
    fn srgb_by_any_name_costs_nothing() {
        assert!(is_srgb(&ColorProfile::new_srgb()));
        let read_back = ColorProfile::new_from_slice(&ColorProfile::new_srgb().encode().unwrap()).unwrap();
        assert!(is_srgb(&read_back));
        assert!(!is_srgb(&ColorProfile::new_display_p3()));
        assert!(!is_srgb(&ColorProfile::new_adobe_rgb()));
        let bytes = [1, 2, 3];
        for (primaries, transfer) in [(1, 13), (1, 1), (2, 2)] {
            let colour = Colour::Cicp { primaries, transfer };
            assert_eq!(to_srgb(one(Channels::Rgb, &bytes), &colour).bytes, bytes);
        }
        assert_eq!(to_srgb(one(Channels::Rgb, &bytes), &Colour::Srgb).bytes, bytes);
    }

    #[test]
    fn broken_profiles_and_those_of_other_pixels_count_as_none() {
        let bytes = [10, 20, 30];
        for colour in [Colour::Icc(b"no profile".to_vec()), icc(&ColorProfile::new_gray_with_gamma(2.2))] {
            assert_eq!(to_srgb(one(Channels::Rgb, &bytes), &colour).bytes, bytes);
        }
        // A profile of light on inks.
        let inks = one(Channels::Cmyk, &[0, 255, 255, 0]);
        assert_eq!(to_srgb(inks, &icc(&ColorProfile::new_display_p3())).bytes, [255, 0, 0]);
    }

    #[test]
    fn highlights_are_pressed_into_what_a_screen_shows() {
        assert!((pq_to_nits(1.0) - 10_000.0).abs() < 0.01);
        assert!((pq_to_nits(0.5) - 92.25).abs() < 0.1);
        let grey = |value: u8| pq_to_srgb_curve(one(Channels::Rgb, &[value; 3])).bytes[0];
        assert_eq!((grey(0), grey(255)), (0, 255));
        assert!(grey(100) < grey(148) && grey(148) < grey(190));
        // The white of a page.
        assert!((185..=197).contains(&grey(148)), "{}", grey(148));
    }
}
