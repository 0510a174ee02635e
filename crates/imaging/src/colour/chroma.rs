//! From brightness and colour to red, green and blue (ITU-T H.273, 8.3).

use super::code_points::Nclx;

/// How the samples of a picture become colours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Conversion {
    mixing: Mixing,
    /// Of brightness, and of colours that are stored directly.
    luma: Scale,
    chroma: Scale,
}

/// Brings samples to 0 to 255, or for colour to ±127.5.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scale {
    offset: f32,
    factor: f32,
}

impl Scale {
    fn apply(self, sample: f32) -> f32 {
        (sample - self.offset) * self.factor
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mixing {
    /// There is brightness alone.
    Grey,
    /// The planes are green, blue and red.
    Direct,
    /// What each of the two colour samples adds to brightness.
    Matrix { red: [f32; 2], green: [f32; 2], blue: [f32; 2] },
}

impl Conversion {
    /// `depth` is 8 to 16 bits a sample. Nothing for a matrix that is not known.
    pub(crate) fn new(said: Nclx, depth: u32, is_grey: bool) -> Option<Self> {
        let mixing = if is_grey { Mixing::Grey } else { Mixing::of(said)? };
        let (most, step) = (((1_u32 << depth) - 1) as f32, (1_u32 << (depth - 8)) as f32);
        let (luma, chroma) = if said.is_full_range {
            let factor = 255.0 / most;
            (Scale { offset: 0.0, factor }, Scale { offset: 128.0 * step, factor })
        } else {
            let luma = Scale { offset: 16.0 * step, factor: 255.0 / (219.0 * step) };
            (luma, Scale { offset: 128.0 * step, factor: 255.0 / (224.0 * step) })
        };
        Some(Self { mixing, luma, chroma })
    }

    /// Converts a row; all are of one length, but colour is not looked at in a grey picture.
    pub(crate) fn row(&self, luma: &[u16], chroma: [&[f32]; 2], colours: &mut [[u8; 3]]) {
        let brightness = |sample: u16| self.luma.apply(f32::from(sample));
        match self.mixing {
            Mixing::Grey => {
                for (colour, &luma) in colours.iter_mut().zip(luma) {
                    *colour = [byte(brightness(luma)); 3];
                }
            }
            Mixing::Direct => {
                for (((colour, &green), &blue), &red) in colours.iter_mut().zip(luma).zip(chroma[0]).zip(chroma[1]) {
                    let green = brightness(green);
                    *colour = [byte(self.luma.apply(red)), byte(green), byte(self.luma.apply(blue))];
                }
            }
            Mixing::Matrix { red, green, blue } => {
                for (((colour, &luma), &first), &second) in colours.iter_mut().zip(luma).zip(chroma[0]).zip(chroma[1]) {
                    let (luma, first, second) = (brightness(luma), self.chroma.apply(first), self.chroma.apply(second));
                    *colour = [red, green, blue].map(|by| byte(luma + by[0] * first + by[1] * second));
                }
            }
        }
    }

    /// Converts one sample of brightness alone: that of opacity.
    pub(crate) fn brightness(&self, sample: u16) -> u8 {
        byte(self.luma.apply(f32::from(sample)))
    }
}

impl Mixing {
    fn of(said: Nclx) -> Option<Self> {
        let (red, blue) = match (said.matrix, said.primaries) {
            (0, _) => return Some(Self::Direct),
            // YCgCo: the colour samples are green and orange.
            (8, _) => return Some(Self::Matrix { red: [-1.0, 1.0], green: [1.0, 0.0], blue: [-1.0, -1.0] }),
            // 12 means: what follows from the primaries.
            (1, _) | (12, 1) => (0.2126, 0.0722),
            (4, _) => (0.30, 0.11),
            // 2 means that nothing is said; encoders mean BT.601 then.
            (2 | 5 | 6, _) => (0.299, 0.114),
            (7, _) => (0.212, 0.087),
            (9, _) | (12, 9) => (0.2627, 0.0593),
            _ => return None,
        };
        let green = 1.0 - red - blue;
        Some(Self::Matrix {
            red: [0.0, 2.0 * (1.0 - red)],
            green: [-2.0 * blue * (1.0 - blue) / green, -2.0 * red * (1.0 - red) / green],
            blue: [2.0 * (1.0 - blue), 0.0],
        })
    }
}

/// Rounds, and keeps what lies outside at the end it lies behind.
fn byte(value: f32) -> u8 {
    (value + 0.5) as u8
}

/// Blends two rows, the first of which is nearer: three quarters of it, one of the other.
pub(crate) fn blend(near: &[u16], far: &[u16], blended: &mut Vec<f32>) {
    blended.clear();
    blended.extend(near.iter().zip(far).map(|(&near, &far)| f32::from(near) * 0.75 + f32::from(far) * 0.25));
}

/// Brings a row of halved samples to full width, each new one being three quarters of the nearer sample and one of the
/// other beside it.
pub(crate) fn widen(halved: &[f32], width: usize, widened: &mut Vec<f32>) {
    widened.clear();
    let Some(last) = halved.len().checked_sub(1) else { return };
    widened.extend((0..width).map(|column| {
        let near = column / 2;
        let far = if column % 2 == 0 { near.saturating_sub(1) } else { near + 1 };
        halved[near.min(last)] * 0.75 + halved[far.min(last)] * 0.25
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(matrix: u16, is_full_range: bool) -> Nclx {
        Nclx { primaries: 1, transfer: 13, matrix, is_full_range }
    }

    fn colour(conversion: Conversion, [luma, first, second]: [u16; 3]) -> [u8; 3] {
        let mut colours = [[0; 3]];
        conversion.row(&[luma], [&[f32::from(first)], &[f32::from(second)]], &mut colours);
        colours[0]
    }

    #[test]
    fn greys_stay_grey_in_every_range_and_depth() {
        for matrix in [1, 2, 4, 5, 6, 7, 8, 9] {
            let full = Conversion::new(said(matrix, true), 8, false).unwrap();
            assert_eq!(colour(full, [77, 128, 128]), [77; 3]);
            let limited = Conversion::new(said(matrix, false), 8, false).unwrap();
            assert_eq!(colour(limited, [16, 128, 128]), [0; 3]);
            assert_eq!(colour(limited, [235, 128, 128]), [255; 3]);
            let deep = Conversion::new(said(matrix, false), 10, false).unwrap();
            assert_eq!(colour(deep, [940, 512, 512]), [255; 3]);
            let deepest = Conversion::new(said(matrix, true), 12, false).unwrap();
            assert_eq!(colour(deepest, [4095, 2048, 2048]), [255; 3]);
        }
    }

    #[test]
    fn red_comes_back() {
        let bt601 = Conversion::new(said(6, true), 8, false).unwrap();
        assert_eq!(colour(bt601, [76, 85, 255]), [254, 0, 0]);
        let bt709 = Conversion::new(said(1, false), 8, false).unwrap();
        assert_eq!(colour(bt709, [63, 102, 240]), [255, 1, 0]);
    }

    #[test]
    fn direct_planes_are_green_blue_and_red() {
        let direct = Conversion::new(said(0, true), 8, false).unwrap();
        assert_eq!(colour(direct, [20, 30, 10]), [10, 20, 30]);
    }

    #[test]
    fn grey_pictures_need_no_colour() {
        let grey = Conversion::new(said(6, true), 10, true).unwrap();
        let mut colours = [[9; 3]; 2];
        grey.row(&[0, 1023], [&[], &[]], &mut colours);
        assert_eq!(colours, [[0; 3], [255; 3]]);
        assert_eq!(grey.brightness(512), 128);
    }

    #[test]
    fn matrices_that_are_not_known_are_left_alone() {
        for matrix in [3, 10, 11, 14, 255] {
            assert_eq!(Conversion::new(said(matrix, true), 8, false), None);
        }
    }

    #[test]
    fn halved_samples_are_spread_evenly() {
        let mut wide = Vec::new();
        widen(&[0.0, 100.0], 4, &mut wide);
        assert_eq!(wide, [0.0, 25.0, 75.0, 100.0]);
        widen(&[0.0, 100.0], 3, &mut wide);
        assert_eq!(wide, [0.0, 25.0, 75.0]);
        widen(&[7.0], 1, &mut wide);
        assert_eq!(wide, [7.0]);
        widen(&[], 3, &mut wide);
        assert!(wide.is_empty());
        blend(&[100, 0], &[0, 100], &mut wide);
        assert_eq!(wide, [75.0, 25.0]);
    }
}
