//! Decoded pixels, 8 bits a channel.

/// What a pixel is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channels {
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue and opacity, not multiplied.
    Rgba,
    /// Cyan, magenta, yellow and black; 255 is full ink.
    Cmyk,
}

impl Channels {
    /// Bytes a pixel.
    pub(crate) fn count(self) -> usize {
        match self {
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
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
            Channels::Cmyk => mix_inks(&self),
        }
    }

    /// The same picture with opacity; what had none is opaque.
    pub(crate) fn with_opacity(self) -> Self {
        match self.channels {
            Channels::Rgb => {
                let opaque = |&[red, green, blue]: &[u8; 3]| [red, green, blue, 255];
                let with: Vec<[u8; 4]> = self.bytes.as_chunks::<3>().0.iter().map(opaque).collect();
                Self { channels: Channels::Rgba, bytes: with.into_flattened(), ..self }
            }
            Channels::Rgba | Channels::Cmyk => self,
        }
    }

    /// The mean of all pixels as a picture of one. Transparent ones count as they look on white.
    pub(crate) fn mean(&self) -> Self {
        let (channels, bytes) = match self.channels {
            Channels::Rgb => (Channels::Rgb, mean(self.bytes.as_chunks::<3>().0.iter().copied()).to_vec()),
            Channels::Rgba => (Channels::Rgb, mean(self.bytes.as_chunks::<4>().0.iter().map(over_white)).to_vec()),
            Channels::Cmyk => (Channels::Cmyk, mean(self.bytes.as_chunks::<4>().0.iter().copied()).to_vec()),
        };
        Self { width: 1, height: 1, channels, bytes }
    }
}

fn mean<const N: usize>(pixels: impl Iterator<Item = [u8; N]>) -> [u8; N] {
    let mut sums = [0_u64; N];
    let mut count = 0_u64;
    for pixel in pixels {
        count += 1;
        for (sum, part) in sums.iter_mut().zip(pixel) {
            *sum += u64::from(part);
        }
    }
    let count = count.max(1);
    sums.map(|sum| ((sum + count / 2) / count) as u8)
}

fn over_white(&[red, green, blue, alpha]: &[u8; 4]) -> [u8; 3] {
    let alpha = u32::from(alpha);
    [red, green, blue].map(|part| ((u32::from(part) * alpha + 255 * (255 - alpha) + 127) / 255) as u8)
}

/// Cyan, magenta, yellow and black to red, green and blue, as if inks were ideal.
pub(crate) fn mix_inks(pixels: &Pixels) -> Pixels {
    let mix = |&[cyan, magenta, yellow, black]: &[u8; 4]| {
        [cyan, magenta, yellow].map(|ink| ((u32::from(255 - ink) * u32::from(255 - black) + 127) / 255) as u8)
    };
    let bytes = pixels.bytes.as_chunks::<4>().0.iter().map(mix).collect::<Vec<[u8; 3]>>().into_flattened();
    Pixels { width: pixels.width, height: pixels.height, channels: Channels::Rgb, bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ideal_inks_mix() {
        let light = |inks: [u8; 4]| {
            mix_inks(&Pixels { width: 1, height: 1, channels: Channels::Cmyk, bytes: inks.to_vec() }).bytes
        };
        assert_eq!(light([0, 0, 0, 0]), [255, 255, 255]);
        assert_eq!(light([0, 255, 255, 0]), [255, 0, 0]);
        assert_eq!(light([9, 9, 9, 255]), [0, 0, 0]);
    }

    #[test]
    fn transparency_is_seen_on_white() {
        let bytes = vec![0, 0, 0, 0, 10, 20, 30, 255, 0, 0, 0, 128];
        let pixels = Pixels { width: 3, height: 1, channels: Channels::Rgba, bytes };
        assert_eq!(pixels.mean().bytes, [131, 134, 137]);
        assert_eq!(pixels.on_white().bytes, [255, 255, 255, 10, 20, 30, 127, 127, 127]);
    }
}
