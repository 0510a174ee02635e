//! Makes a picture smaller.
//!
//! What is averaged is light, not the numbers that stand for it: those of sRGB follow the eye, and a row of black and
//! white pixels, seen from afar, is lighter than the number between theirs. So samples become 16 bits of light, a band
//! of rows at a time, and come back as 8 bits at the end.

use crate::Refusal;
use crate::raster::{Channels, Pixels, Plane};
use crate::refusal::UNDRAWABLE;
use fast_image_resize::images::{CroppedImage, Image, ImageRef};
use fast_image_resize::{
    Filter, FilterType, IntoImageView, MulDiv, PixelComponentMapper, PixelType, ResizeAlg, ResizeOptions, Resizer,
    create_srgb_mapper,
};
use std::f64::consts::PI;
use std::ops::Range;
use std::sync::LazyLock;

/// How many samples are held as light at once, about.
const BAND: f64 = 1_000_000.0;

/// How far the filter reaches to either side of a pixel of the result, in such pixels.
const REACH: f64 = 3.0;

/// From sRGB to light and back.
static LIGHT: LazyLock<PixelComponentMapper> = LazyLock::new(create_srgb_mapper);

/// The part of a picture to scale, in its pixels; edges may lie within a pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Part {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Scales a part of a picture to exactly this width and height with a Lanczos3 filter. Colours are weighed by their
/// opacity, so that what is transparent does not bleed into what is not.
pub(super) fn resize(pixels: Pixels, part: Part, (width, height): (u32, u32)) -> Result<Pixels, Refusal> {
    if part.is_to_be_copied(width, height) {
        return cut(pixels, part.left as usize, part.top as usize, (width, height)).ok_or(UNDRAWABLE);
    }
    let channels = pixels.channels;
    let kind = match channels {
        Channels::Rgb => PixelType::U8x3,
        Channels::Rgba | Channels::Cmyk => PixelType::U8x4,
    };
    let source = ImageRef::new(pixels.width, pixels.height, &pixels.bytes, kind).map_err(|_| UNDRAWABLE)?;
    let bytes = match channels {
        Channels::Cmyk => resize_numbers(&source, part, (width, height), kind),
        Channels::Rgb | Channels::Rgba => resize_light(&source, part, (width, height), kind),
    };
    Ok(Pixels { width, height, channels, bytes: bytes.ok_or(UNDRAWABLE)? })
}

/// The same for the brightness of a picture. What stands beside a plane in its rows and below is not looked at:
/// encoders put there what they like.
pub(super) fn resize_brightness(plane: &Plane, part: Part, sides: (u32, u32)) -> Option<Vec<u8>> {
    let all = samples(plane)?;
    resize_light(&CroppedImage::new(&all, 0, 0, plane.width, plane.height).ok()?, part, sides, PixelType::U8)
}

/// The same for one of the planes that tell its colour, which are not light.
pub(super) fn resize_colour(plane: &Plane, part: Part, sides: (u32, u32)) -> Option<Vec<u8>> {
    let all = samples(plane)?;
    resize_numbers(&CroppedImage::new(&all, 0, 0, plane.width, plane.height).ok()?, part, sides, PixelType::U8)
}

fn samples(plane: &Plane) -> Option<ImageRef<'_>> {
    let rows = u32::try_from(plane.samples.len() / plane.stride.max(1)).ok()?;
    ImageRef::new(u32::try_from(plane.stride).ok()?, rows, &plane.samples, PixelType::U8).ok()
}

fn resize_numbers(
    source: &impl IntoImageView,
    part: Part,
    (width, height): (u32, u32),
    kind: PixelType,
) -> Option<Vec<u8>> {
    let mut target = Image::new(width, height, kind);
    let options = options()?.crop(part.left, part.top, part.width, part.height);
    Resizer::new().resize(source, &mut target, &options).ok()?;
    Some(target.into_vec())
}

fn resize_light(
    source: &impl IntoImageView,
    part: Part,
    (width, height): (u32, u32),
    kind: PixelType,
) -> Option<Vec<u8>> {
    let (light, channels) = match kind {
        PixelType::U8 => (PixelType::U16, 1),
        PixelType::U8x3 => (PixelType::U16x3, 3),
        PixelType::U8x4 => (PixelType::U16x4, 4),
        _ => return None,
    };
    if !part.is_within(source.width(), source.height()) {
        return None;
    }
    let (opacity, mut resizer, options) = (MulDiv::new(), Resizer::new(), options()?);
    let columns = touched(part.left, part.width, width, source.width());
    let scale = part.height / f64::from(height);
    let rows = (BAND / (f64::from(columns.end - columns.start) * f64::from(channels) * scale)).max(1.0) as u32;
    let mut bytes = Vec::with_capacity(width as usize * height as usize * channels as usize);
    for from in (0..height).step_by(rows as usize) {
        let rows = rows.min(height - from);
        let (top, tall) = (part.top + f64::from(from) * scale, f64::from(rows) * scale);
        let lines = touched(top, tall, rows, source.height());
        let (wide, high) = (columns.end - columns.start, lines.end - lines.start);
        let seen = CroppedImage::new(source, columns.start, lines.start, wide, high).ok()?;
        let mut band = Image::new(wide, high, light);
        LIGHT.forward_map(&seen, &mut band).ok()?;
        if light == PixelType::U16x4 {
            opacity.multiply_alpha_inplace(&mut band).ok()?;
        }
        // First what is read along the rows, which is quicker, so that less is left for what is not.
        let mut flat = Image::new(wide, rows, light);
        // Not past the last sample by an error of rounding.
        let within = |start: f64, length: f64, of: u32| (start, length.min(f64::from(of) - start));
        let (top, tall) = within(top - f64::from(lines.start), tall, high);
        let down = options.crop(0.0, top, f64::from(wide), tall);
        resizer.resize(&band, &mut flat, &down).ok()?;
        let mut small = Image::new(width, rows, light);
        let (left, broad) = within(part.left - f64::from(columns.start), part.width, wide);
        let across = options.crop(left, 0.0, broad, f64::from(rows));
        resizer.resize(&flat, &mut small, &across).ok()?;
        if light == PixelType::U16x4 {
            opacity.divide_alpha_inplace(&mut small).ok()?;
        }
        let mut done = Image::new(width, rows, kind);
        LIGHT.backward_map(&small, &mut done).ok()?;
        bytes.extend_from_slice(done.buffer());
    }
    Some(bytes)
}

/// By Lanczos3, opacity being no different from colour.
fn options() -> Option<ResizeOptions> {
    let filter = Filter::new("Lanczos3 of one sine", lanczos3, REACH).ok()?;
    Some(ResizeOptions::new().use_alpha(false).resize_alg(ResizeAlg::Convolution(FilterType::Custom(filter))))
}

/// sinc(x) sinc(x / 3), with the sine of three times an angle made from that of the angle: a small picture needs few
/// pixels and, for the weights of them, many sines.
fn lanczos3(x: f64) -> f64 {
    if x.abs() >= REACH {
        return 0.0;
    }
    let angle = PI * x;
    if angle.abs() < 1e-6 {
        return 1.0;
    }
    let sine = (angle / 3.0).sin();
    3.0 * sine * sine * (3.0 - 4.0 * sine * sine) / (angle * angle)
}

/// The samples, of so many, that count when `length` of them from `start` on become `into`.
fn touched(start: f64, length: f64, into: u32, of: u32) -> Range<u32> {
    let reach = REACH * (length / f64::from(into)).max(1.0) + 1.0;
    let first = (start - reach).floor().max(0.0) as u32;
    let end = (start + length + reach).ceil().min(f64::from(of)) as u32;
    first.min(end)..end
}

impl Part {
    /// Whether it lies in a picture of these sides, but for errors of rounding.
    fn is_within(&self, width: u32, height: u32) -> bool {
        let is_within = |start: f64, length: f64, of: u32| start >= 0.0 && start + length < f64::from(of) + 0.001;
        is_within(self.left, self.width, width) && is_within(self.top, self.height, height)
    }

    /// Whether its pixels are those of the result, one by one.
    fn is_to_be_copied(&self, width: u32, height: u32) -> bool {
        let is_same_size = (self.width, self.height) == (f64::from(width), f64::from(height));
        is_same_size && self.left.fract() == 0.0 && self.top.fract() == 0.0
    }
}

/// Rows of a part; nothing if it is not within the picture.
fn cut(pixels: Pixels, left: usize, top: usize, (width, height): (u32, u32)) -> Option<Pixels> {
    if (pixels.width, pixels.height) == (width, height) {
        return Some(pixels);
    }
    let size = pixels.channels.count();
    let (pitch, row) = (pixels.width as usize * size, width as usize * size);
    let mut bytes = Vec::with_capacity(row * height as usize);
    for above in top..top + height as usize {
        let line = pixels.bytes.get(above * pitch..(above + 1) * pitch)?;
        bytes.extend_from_slice(line.get(left * size..left * size + row)?);
    }
    Some(Pixels { width, height, channels: pixels.channels, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two colours beside each other: 40 columns each.
    fn halves() -> Pixels {
        let row = [[10, 20, 30].repeat(40), [200, 100, 50].repeat(40)].concat();
        Pixels { width: 80, height: 20, channels: Channels::Rgb, bytes: row.repeat(20) }
    }

    #[test]
    fn only_the_part_is_drawn() {
        let right = Part { left: 40.0, top: 0.0, width: 40.0, height: 20.0 };
        let small = resize(halves(), right, (10, 5)).unwrap();
        assert_eq!((small.width, small.height), (10, 5));
        let is_near = |pixel: &[u8; 3]| pixel.iter().zip([200_u8, 100, 50]).all(|(part, of)| part.abs_diff(of) <= 1);
        // The filter looks over the edge of the part, three pixels wide: as if the whole had been scaled and then cut.
        assert!(small.bytes.as_chunks::<3>().0.chunks(10).all(|row| row[3..].iter().all(is_near)));
        let copied = resize(halves(), right, (40, 20)).unwrap();
        assert_eq!(copied.bytes, [200, 100, 50].repeat(800));
    }

    #[test]
    fn light_is_averaged_and_not_its_numbers() {
        let row = [0, 255].repeat(40);
        let samples = [row.clone(), row.iter().rev().copied().collect()].concat().repeat(20);
        let board = Plane { width: 80, height: 40, extent: (80.0, 40.0), stride: 80, samples: samples.clone() };
        let whole = Part { left: 0.0, top: 0.0, width: 80.0, height: 40.0 };
        // Half the light of white: 188 in sRGB (IEC 61966-2-1).
        assert!(resize_brightness(&board, whole, (10, 5)).unwrap().iter().all(|light| light.abs_diff(188) <= 1));
        assert!(resize_colour(&board, whole, (10, 5)).unwrap().iter().all(|number| number.abs_diff(128) <= 1));
        let bytes = samples.iter().flat_map(|&light| [light, light, light, 255]).collect();
        let pixels = Pixels { width: 80, height: 40, channels: Channels::Rgba, bytes };
        let small = resize(pixels, whole, (10, 5)).unwrap();
        assert!(
            small.bytes.as_chunks::<4>().0.iter().all(|[red, .., opacity]| red.abs_diff(188) <= 1 && *opacity == 255)
        );
    }

    #[test]
    fn bands_leave_no_seams() {
        // High enough for three of them.
        let (width, height) = (2_000, 1_100);
        let samples = (0..width * height).map(|at| (at / width * 255 / height) as u8).collect();
        let plane = Plane { width, height, extent: (2_000.0, 1_100.0), stride: 2_000, samples };
        let whole = Part { left: 0.0, top: 0.0, width: 2_000.0, height: 1_100.0 };
        let small = resize_brightness(&plane, whole, (400, 220)).unwrap();
        let column: Vec<u8> = small.iter().skip(200).step_by(400).copied().collect();
        let even = |row: usize| (row as f64 + 0.5) * 255.0 / 220.0;
        assert_eq!(column.len(), 220);
        assert!((3..217).all(|row| (f64::from(column[row]) - even(row)).abs() < 1.5), "{column:?}");
    }

    #[test]
    fn every_size_can_be_drawn() {
        for side in (1..200).chain([853, 1_357]) {
            let samples = vec![90; side as usize * side as usize];
            let extent = f64::from(side);
            let plane = Plane { width: side, height: side, extent: (extent, extent), stride: side as usize, samples };
            for into in (1..=side).step_by(1 + side as usize / 60) {
                let of = extent - 0.3;
                for part in [
                    Part { left: 0.0, top: 0.0, width: extent, height: extent },
                    Part { left: 0.1, top: 0.1, width: of, height: of },
                    Part { left: 0.3, top: 0.3, width: extent - 0.3, height: extent - 0.3 },
                ] {
                    let drawn = resize_brightness(&plane, part, (into, into));
                    assert!(drawn.is_some_and(|drawn| drawn.iter().all(|&light| light == 90)), "{side} to {into}");
                }
            }
        }
    }

    #[test]
    fn one_sine_gives_the_weights_of_two() {
        let sinc = |x: f64| if x == 0.0 { 1.0 } else { (PI * x).sin() / (PI * x) };
        for step in -31..=31 {
            let x = f64::from(step) / 10.0;
            let weight = if x.abs() < 3.0 { sinc(x) * sinc(x / 3.0) } else { 0.0 };
            assert!((lanczos3(x) - weight).abs() < 1e-9, "{x}");
        }
    }

    #[test]
    fn what_stands_beside_a_plane_is_not_drawn() {
        let row = [[90; 24].as_slice(), &[255; 8]].concat();
        let samples = [row.repeat(12), vec![255; 32 * 4]].concat();
        let plane = Plane { width: 24, height: 12, extent: (24.0, 12.0), stride: 32, samples };
        let whole = Part { left: 0.0, top: 0.0, width: 24.0, height: 12.0 };
        assert!(resize_colour(&plane, whole, (7, 3)).unwrap().iter().all(|&sample| sample == 90));
    }

    #[test]
    fn a_part_outside_the_picture_is_no_reason_to_panic() {
        for (left, width) in [(60.0, 40.0), (100.0, 10.0)] {
            let part = Part { left, top: 0.0, width, height: 20.0 };
            assert_eq!(resize(halves(), part, (width as u32, 20)), Err(UNDRAWABLE));
            assert_eq!(resize(halves(), part, (5, 5)), Err(UNDRAWABLE));
        }
    }
}
