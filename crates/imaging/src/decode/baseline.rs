//! Ordinary JPEG files (baseline, Huffman codes, Y Cb Cr) decoded at a half, a quarter or an eighth of their sides.
//!
//! Why not libjpeg-turbo here: most of its time goes into the Huffman codes of coefficients that a small picture
//! does not need, one lookup for the code and another for the value. This reader takes both in one lookup, keeps the
//! few coefficients that count, and leaves brightness and colour apart, each at the scale that its own resize wants.
//! Whatever is out of the ordinary, a damaged file too, is answered with nothing, and is libjpeg-turbo's.

mod bits;
mod blocks;
mod file;
mod huffman;
mod scan;
mod transform;

use crate::raster::Plane;
use blocks::decode_scan;
use file::File;
use scan::Scan;

/// Decodes to planes whose sides are at least 1.7 times what is wanted of each: first Y, then Cb and Cr, which are
/// wanted at half of `target`. Nothing if the file is not ordinary, or a scale of a half is too small.
pub(crate) fn decode(bytes: &[u8], target: (u32, u32)) -> Option<[Plane; 3]> {
    let file = File::read(bytes)?;
    let halved = (target.0.div_ceil(2), target.1.div_ceil(2));
    let points = [points(file.sides(0), target)?, points(file.sides(1), halved)?, points(file.sides(2), halved)?];
    let scan = Scan::new(file.scan, file.restarts)?;
    decode_scan(&file, &scan, points)
}

/// How many samples a block of eight becomes per side: the fewest that leave the resize 1.7 times what it makes.
fn points((width, height): (u32, u32), target: (u32, u32)) -> Option<usize> {
    let is_enough =
        |side: u32, points: u32, target: u32| u64::from(side) * u64::from(points) * 10 >= u64::from(target) * 8 * 17;
    [1, 2, 4]
        .into_iter()
        .find(|&points| is_enough(width, points, target.0) && is_enough(height, points, target.1))
        .map(|points| points as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::Colour;
    use crate::decode::jpeg::Jpeg;
    use crate::geometry::Layout;
    use crate::raster::{Channels, Pixels, Planes};
    use crate::{Fit, Gravity, Limits, Orientation, Output, Recipe};
    use std::ffi::c_int;
    use turbojpeg::raw;

    /// Soft waves of colour, with a hard edge and some grain.
    fn picture(width: u32, height: u32) -> Pixels {
        let mut bytes = Vec::new();
        let mut grain = 7_u32;
        for y in 0..height {
            for x in 0..width {
                grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let wave = |by: f32, at: u32| (128.0 + 90.0 * (at as f32 / by).sin()) as u8;
                let edge = if x > width / 2 { 30 } else { 0 };
                let light = |value: u8| value.saturating_add(edge).saturating_add((grain >> 28) as u8);
                bytes.extend([light(wave(31.0, x + y)), light(wave(47.0, y)), light(wave(23.0, x))]);
            }
        }
        Pixels { width, height, channels: Channels::Rgb, bytes }
    }

    /// By libjpeg-turbo, with these settings of it.
    fn file(pixels: &Pixels, settings: &[(raw::TJPARAM, c_int)]) -> Vec<u8> {
        // SAFETY: the handle is ours until it is destroyed, the picture holds what it says, and the file is copied
        // before it is freed.
        unsafe {
            let handle = raw::tj3Init(raw::TJINIT_TJINIT_COMPRESS as c_int);
            let usual =
                [(raw::TJPARAM_TJPARAM_QUALITY, 90), (raw::TJPARAM_TJPARAM_SUBSAMP, raw::TJSAMP_TJSAMP_420 as c_int)];
            for (parameter, value) in usual.iter().chain(settings) {
                assert_eq!(raw::tj3Set(handle, *parameter as c_int, *value), 0);
            }
            let (mut bytes, mut length) = (std::ptr::null_mut(), 0);
            let (width, height) = (pixels.width as c_int, pixels.height as c_int);
            let from = pixels.bytes.as_ptr();
            let format = raw::TJPF_TJPF_RGB as c_int;
            assert_eq!(raw::tj3Compress8(handle, from, width, 0, height, format, &mut bytes, &mut length), 0);
            let file = std::slice::from_raw_parts(bytes, length as usize).to_vec();
            raw::tj3Free(bytes.cast());
            raw::tj3Destroy(handle);
            file
        }
    }

    /// The mean distance of the samples of two pictures.
    fn distance(one: &[u8], other: &[u8]) -> f64 {
        assert_eq!(one.len(), other.len());
        let sum: u64 = one.iter().zip(other).map(|(one, other)| u64::from(one.abs_diff(*other))).sum();
        sum as f64 / one.len() as f64
    }

    /// The picture as it comes by this way, and by libjpeg-turbo's whole decoding.
    fn both_ways(bytes: &[u8], target: u32) -> Option<(Planes, Planes)> {
        let output = Output::Jpeg;
        let recipe = Recipe {
            width: Some(target),
            height: None,
            fit: Fit::Inside,
            gravity: Gravity::Centre,
            quality: None,
            output,
            moving: false,
        };
        let jpeg = Jpeg::open(bytes, &Limits::default()).unwrap();
        let layout = Layout::new(&recipe, (jpeg.width(), jpeg.height()));
        let short = layout.draw_planes(&decode(bytes, layout.whole(Orientation::Upright))?, Orientation::Upright)?;
        let whole = jpeg.decode((10_000, 10_000)).unwrap();
        let long = layout.draw(whole, &Colour::Srgb, Orientation::Upright, output).unwrap();
        Some((short, Planes::of(&long).unwrap()))
    }

    #[test]
    fn ordinary_files_look_as_by_the_long_way() {
        let subsampling = raw::TJPARAM_TJPARAM_SUBSAMP;
        let cases: [(&str, Vec<(raw::TJPARAM, c_int)>); 8] = [
            ("4:2:0", vec![]),
            ("4:2:2", vec![(subsampling, raw::TJSAMP_TJSAMP_422 as c_int)]),
            ("4:4:4", vec![(subsampling, raw::TJSAMP_TJSAMP_444 as c_int)]),
            ("4:4:0", vec![(subsampling, raw::TJSAMP_TJSAMP_440 as c_int)]),
            ("coarse", vec![(raw::TJPARAM_TJPARAM_QUALITY, 30)]),
            ("finest", vec![(raw::TJPARAM_TJPARAM_QUALITY, 100)]),
            ("codes of its own", vec![(raw::TJPARAM_TJPARAM_OPTIMIZE, 1)]),
            ("restarts", vec![(raw::TJPARAM_TJPARAM_RESTARTBLOCKS, 7)]),
        ];
        // Odd sides, so that the last units are not filled.
        let picture = picture(643, 421);
        for (name, settings) in cases {
            let bytes = file(&picture, &settings);
            for target in [180, 90, 40] {
                let (short, long) = both_ways(&bytes, target).unwrap_or_else(|| panic!("{name} to {target}"));
                assert_eq!(short.samples.each_ref().map(Vec::len), long.samples.each_ref().map(Vec::len));
                for (plane, (short, long)) in short.samples.iter().zip(&long.samples).enumerate() {
                    let distance = distance(short, long);
                    // Two points for a block of hard waves are not the mean of four each.
                    assert!(distance < 4.0, "{name} to {target}, plane {plane}: {distance}");
                }
            }
        }
    }

    #[test]
    fn what_is_not_ordinary_is_left_to_the_library() {
        let picture = picture(200, 120);
        let ordinary = file(&picture, &[]);
        assert!(decode(&ordinary, (40, 24)).is_some());
        assert!(decode(&ordinary, (150, 90)).is_none(), "a half is too small");
        let grey = (raw::TJPARAM_TJPARAM_SUBSAMP, raw::TJSAMP_TJSAMP_GRAY as c_int);
        let thin = (raw::TJPARAM_TJPARAM_SUBSAMP, raw::TJSAMP_TJSAMP_411 as c_int);
        for setting in [(raw::TJPARAM_TJPARAM_PROGRESSIVE, 1), (raw::TJPARAM_TJPARAM_ARITHMETIC, 1), grey, thin] {
            assert!(decode(&file(&picture, &[setting]), (40, 24)).is_none(), "{setting:?}");
        }
        let rgb = (raw::TJPARAM_TJPARAM_COLORSPACE, raw::TJCS_TJCS_RGB as c_int);
        let full = (raw::TJPARAM_TJPARAM_SUBSAMP, raw::TJSAMP_TJSAMP_444 as c_int);
        assert!(decode(&file(&picture, &[full, rgb]), (40, 24)).is_none());
        for cut in (0..ordinary.len()).step_by(97) {
            assert!(decode(&ordinary[..cut], (40, 24)).is_none(), "cut to {cut}");
        }
    }

    #[test]
    fn damage_never_panics() {
        for settings in [&[][..], &[(raw::TJPARAM_TJPARAM_RESTARTBLOCKS, 3)]] {
            let whole = file(&picture(160, 96), settings);
            let mut noise = 99_u32;
            for _ in 0..2_000 {
                let mut bytes = whole.clone();
                for _ in 0..3 {
                    noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let at = (noise >> 8) as usize % bytes.len();
                    bytes[at] = noise as u8;
                }
                let _ = decode(&bytes, (30, 18));
            }
        }
    }
}
