//! Decoded pixels, 8 bits a channel.

/// What a pixel is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channels {
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue and opacity, not multiplied.
    Rgba,
}

impl Channels {
    /// Bytes a pixel.
    pub(crate) fn count(self) -> usize {
        match self {
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }
}

/// A picture in memory: rows from the top, without gaps.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pixels {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) channels: Channels,
    pub(crate) bytes: Vec<u8>,
}

impl Pixels {
    /// The same picture without transparency, on white.
    pub(crate) fn on_white(self) -> Self {
        match self.channels {
            Channels::Rgb => self,
            Channels::Rgba => {
                let flat: Vec<[u8; 3]> = self.bytes.as_chunks::<4>().0.iter().map(over_white).collect();
                Self { channels: Channels::Rgb, bytes: flat.into_flattened(), ..self }
            }
        }
    }

    /// The mean colour, transparent pixels counted as they look on white.
    pub(crate) fn mean(&self) -> [u8; 3] {
        let mut sums = [0_u64; 3];
        let mut add = |colour: [u8; 3]| {
            for (sum, part) in sums.iter_mut().zip(colour) {
                *sum += u64::from(part);
            }
        };
        match self.channels {
            Channels::Rgb => self.bytes.as_chunks::<3>().0.iter().for_each(|&pixel| add(pixel)),
            Channels::Rgba => self.bytes.as_chunks::<4>().0.iter().for_each(|pixel| add(over_white(pixel))),
        }
        let count = (u64::from(self.width) * u64::from(self.height)).max(1);
        sums.map(|sum| ((sum + count / 2) / count) as u8)
    }
}

fn over_white(&[red, green, blue, alpha]: &[u8; 4]) -> [u8; 3] {
    let alpha = u32::from(alpha);
    [red, green, blue].map(|part| ((u32::from(part) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transparency_is_seen_on_white() {
        let bytes = vec![0, 0, 0, 0, 10, 20, 30, 255, 0, 0, 0, 128];
        let pixels = Pixels { width: 3, height: 1, channels: Channels::Rgba, bytes };
        assert_eq!(pixels.mean(), [131, 134, 137]);
        assert_eq!(pixels.on_white().bytes, [255, 255, 255, 10, 20, 30, 127, 127, 127]);
    }
}
