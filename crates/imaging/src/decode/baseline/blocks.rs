//! Walks the blocks of a scan, and makes samples of each.

use super::bits::Bits;
use super::file::{Component, File};
use super::scan::Scan;
use super::transform::{four, sample_of, two};
use crate::raster::Plane;

/// Coefficients of a block, in the order of the file: T.81, figure 5. Row times eight plus column.
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];

/// Where coefficients go that are not needed.
const NOWHERE: u8 = 16;

/// What a component's blocks become.
struct Target<'a> {
    component: &'a Component,
    points: usize,
    /// Those of the coefficients needed: what each is multiplied by.
    factors: [f32; 16],
    /// By position in the file's order: its place among those needed. Past the end of a block, where runs may lead,
    /// there is nowhere to go.
    places: [u8; 128],
    /// The position after the last coefficient needed.
    enough: usize,
    plane: Plane,
    /// The last block's first coefficient, before it was multiplied.
    dc: i32,
}

impl<'a> Target<'a> {
    fn new(file: &'a File<'_>, component: usize, points: usize) -> Self {
        let (width, height) = file.sides(component);
        let component = &file.components[component];
        let (units, rows) = file.units();
        let first = &file.components[0];
        let scaled = |side: u32| (side * points as u32).div_ceil(8);
        let extent = |side: u32, own: usize, most: usize| f64::from(side) * (own * points) as f64 / (most * 8) as f64;
        let mut target = Self {
            component,
            points,
            factors: [0.0; 16],
            places: [NOWHERE; 128],
            enough: 1,
            plane: Plane {
                width: scaled(width),
                height: scaled(height),
                extent: (
                    extent(file.width, component.across, first.across),
                    extent(file.height, component.down, first.down),
                ),
                stride: units * component.across * points,
                samples: vec![0; units * component.across * points * rows * component.down * points],
            },
            dc: 0,
        };
        for (position, &natural) in ZIGZAG.iter().enumerate() {
            let (row, column) = (usize::from(natural) / 8, usize::from(natural) % 8);
            if row < points && column < points {
                // The normalisation of both cosine transforms, of eight points and of this many.
                let norm = |frequency: usize| if frequency == 0 { 1.0 } else { f32::sqrt(2.0) };
                let place = row * points + column;
                target.factors[place] = component.quantizers[position] * norm(row) * norm(column) / 8.0;
                target.places[position] = place as u8;
                target.enough = position + 1;
            }
        }
        target
    }

    /// Reads a block and writes its samples. `x` and `y` count blocks.
    #[inline(always)]
    fn block(&mut self, bits: &mut Bits<'_>, x: usize, y: usize) -> Option<()> {
        bits.refill()?;
        let codes = &*self.component.ac;
        let (_, difference) = bits.coefficient(&self.component.dc, false)?;
        self.dc = self.dc.wrapping_add(difference);
        let mut block = [0_i32; 32];
        block[0] = self.dc;
        let mut position = 1;
        while position < self.enough {
            bits.refill()?;
            let (step, value) = bits.coefficient(codes, true)?;
            position += step as usize;
            block[usize::from(self.places[(position - 1) & 127]) & 31] = value;
            if position >= self.enough {
                break;
            }
            let (step, value) = bits.coefficient(codes, true)?;
            position += step as usize;
            block[usize::from(self.places[(position - 1) & 127]) & 31] = value;
        }
        bits.pass(codes, position)?;
        let at = y * self.points * self.plane.stride + x * self.points;
        let stride = self.plane.stride;
        let out = self.plane.samples.get_mut(at..)?;
        let mut lights = [0.0_f32; 16];
        for ((light, &coefficient), factor) in lights.iter_mut().zip(&block).zip(&self.factors) {
            *light = coefficient as f32 * factor;
        }
        match self.points {
            4 => four(&lights, out, stride),
            2 => two(&lights, out, stride),
            _ => out.first_mut().map(|sample| *sample = sample_of(lights[0])),
        }
    }
}

/// Decodes all units. Nothing if the codes end early, or do not end with their part.
#[inline(always)]
fn decode_all(file: &File<'_>, scan: &Scan, points: [usize; 3]) -> Option<[Plane; 3]> {
    let mut targets = [0, 1, 2].map(|component| Target::new(file, component, points[component]));
    let (across, down) = file.units();
    let part = if file.restarts == 0 { across * down } else { file.restarts };
    let mut ends = scan.ends.iter();
    let mut bits = Bits::new(&scan.bytes, 0);
    let mut end = 0;
    for unit in 0..across * down {
        if unit % part == 0 {
            // What is left of a part are the bits that fill its last byte.
            if unit > 0 && bits.taken().div_ceil(8) != end {
                return None;
            }
            bits = Bits::new(&scan.bytes, end);
            end = *ends.next()?;
            targets.iter_mut().for_each(|target| target.dc = 0);
        }
        let (column, row) = (unit % across, unit / across);
        for target in &mut targets {
            let (wide, high) = (target.component.across, target.component.down);
            for y in 0..high {
                for x in 0..wide {
                    target.block(&mut bits, column * wide + x, row * high + y)?;
                }
            }
        }
    }
    // Some encoders leave a few bytes behind the last code.
    (bits.taken() <= end * 8 && ends.next().is_none()).then(|| targets.map(|target| target.plane))
}

#[cfg(target_arch = "x86_64")]
pub(super) fn decode_scan(file: &File<'_>, scan: &Scan, points: [usize; 3]) -> Option<[Plane; 3]> {
    /// The same, with shifts that take any register and with wide vectors.
    #[target_feature(enable = "avx2,bmi1,bmi2,fma,lzcnt")]
    fn decode_with_more(file: &File<'_>, scan: &Scan, points: [usize; 3]) -> Option<[Plane; 3]> {
        decode_all(file, scan, points)
    }
    let has_more = is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("fma")
        && is_x86_feature_detected!("lzcnt");
    if has_more {
        // SAFETY: this processor was just asked for every feature that the function wants.
        return unsafe { decode_with_more(file, scan, points) };
    }
    decode_all(file, scan, points)
}

#[cfg(not(target_arch = "x86_64"))]
pub(super) fn decode_scan(file: &File<'_>, scan: &Scan, points: [usize; 3]) -> Option<[Plane; 3]> {
    decode_all(file, scan, points)
}
