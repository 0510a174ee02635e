//! TIFF: the first page, whatever it is made of.
//!
//! Why not the decoder of the `image` crate: it mixes inks itself, before their profile could.

use super::decoded::Decoded;
use super::header::Header;
use super::memory;
use crate::colour::Colour;
use crate::raster::{Channels, Pixels};
use crate::refusal::{TOO_HEAVY, UNKNOWN_KIND};
use crate::{Limits, Orientation, Refusal};
use ::tiff::decoder::{Decoder, DecodingResult};
use ::tiff::tags::Tag;
use ::tiff::{ColorType, TiffError};
use std::io::{Cursor, ErrorKind};

/// The most that a single tag may hold; a profile for print is a megabyte or two.
const LARGEST_TAG: usize = 16 * 1024 * 1024;

/// The opacity is multiplied into the colours (tag `ExtraSamples`).
const MULTIPLIED: u16 = 1;
/// The opacity stands beside the colours.
const BESIDE: u16 = 2;

/// Reads the header and checks the size.
pub(super) fn header(bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
    let page = Page::open(bytes, limits)?;
    Ok(Header {
        width: page.width,
        height: page.height,
        has_alpha: page.opacity.is_some(),
        frames: 1,
        orientation: Some(page.orientation),
    })
}

/// Decodes the first page.
pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let mut page = Page::open(bytes, limits)?;
    // A profile that cannot be read is no reason to refuse the picture.
    let colour = Colour::of_profile(page.file.get_tag_u8_vec(Tag::IccProfile).ok());
    let pixels = page.decode()?;
    Ok(Decoded { pixels, colour })
}

/// A page whose header has been read and found decodable.
struct Page<'a> {
    file: Decoder<Cursor<&'a [u8]>>,
    width: u32,
    height: u32,
    kind: Kind,
    /// Bits a sample.
    depth: u8,
    /// How the opacity is meant that follows grey or light.
    opacity: Option<u16>,
    orientation: Orientation,
}

/// What a pixel begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Grey,
    Light,
    Inks,
}

impl Kind {
    fn samples(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Light => 3,
            Self::Inks => 4,
        }
    }
}

impl<'a> Page<'a> {
    fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        let mut file = Decoder::new(Cursor::new(bytes)).map_err(refusal)?;
        let (width, height) = file.dimensions().map_err(refusal)?;
        if width == 0 || height == 0 {
            return Err(Refusal::Corrupt);
        }
        limits.check(width, height)?;
        let colour = file.colortype().map_err(refusal)?;
        let extra = file.find_tag_unsigned_vec::<u16>(Tag::ExtraSamples).ok().flatten();
        let opacity = extra.and_then(|extra| extra.first().copied()).filter(|kind| [MULTIPLIED, BESIDE].contains(kind));
        let (kind, opacity) = match colour {
            ColorType::Gray(_) => (Kind::Grey, None),
            ColorType::Multiband { num_samples: 2, .. } => (Kind::Grey, opacity),
            ColorType::GrayA(_) => (Kind::Grey, Some(opacity.unwrap_or(BESIDE))),
            ColorType::RGB(_) => (Kind::Light, None),
            ColorType::RGBA(_) => (Kind::Light, Some(opacity.unwrap_or(BESIDE))),
            ColorType::CMYK(_) | ColorType::CMYKA(_) => (Kind::Inks, None),
            _ => return Err(UNKNOWN_KIND),
        };
        let depth = colour.bit_depth();
        let is_known = matches!(depth, 8 | 16 | 32) || (kind == Kind::Grey && matches!(depth, 1 | 2 | 4));
        if !is_known {
            return Err(UNKNOWN_KIND);
        }
        // As stored, and again with eight bits a channel.
        let sample = u64::from(depth.div_ceil(8));
        let samples = memory::pixels((width, height)).saturating_mul(u64::from(colour.num_samples()));
        let stored = samples.saturating_mul(sample);
        memory::allow(stored.saturating_add(samples), limits)?;
        let mut most = ::tiff::decoder::Limits::default();
        most.decoding_buffer_size = usize::try_from(stored.saturating_add(memory::WORKING)).unwrap_or(usize::MAX);
        most.intermediate_buffer_size = most.decoding_buffer_size;
        most.ifd_value_size = LARGEST_TAG;
        let mut file = file.with_limits(most);
        let orientation = file.find_tag_unsigned::<u16>(Tag::Orientation).ok().flatten();
        let orientation = orientation.map(Orientation::from).unwrap_or_default();
        Ok(Self { file, width, height, kind, depth, opacity, orientation })
    }

    fn decode(&mut self) -> Result<Pixels, Refusal> {
        let mut stored = DecodingResult::U8(Vec::new());
        let layout = self.file.read_image_to_buffer(&mut stored).map_err(refusal)?;
        let (width, height) = (self.width as usize, self.height as usize);
        let mut samples = eight_bits(stored)?;
        if self.depth < 8 {
            samples = unpacked(&samples, width, self.depth);
        }
        if layout.planes > 1 {
            samples = interleaved(&samples, width * height);
        }
        // There may be more samples a pixel than are of use.
        let size = samples.len() / (width * height);
        if size < self.kind.samples() + usize::from(self.opacity.is_some()) || samples.len() != size * width * height {
            return Err(Refusal::Corrupt);
        }
        let (channels, bytes) = match (self.kind, self.opacity) {
            (Kind::Grey, None) => (Channels::Rgb, each(&samples, size, |pixel| [pixel[0]; 3])),
            (Kind::Grey, Some(_)) => {
                (Channels::Rgba, each(&samples, size, |pixel| [pixel[0], pixel[0], pixel[0], pixel[1]]))
            }
            (Kind::Light, None) if size == 3 => (Channels::Rgb, samples),
            (Kind::Light, None) => (Channels::Rgb, each(&samples, size, |pixel| [pixel[0], pixel[1], pixel[2]])),
            (Kind::Light, Some(_)) if size == 4 => (Channels::Rgba, samples),
            (Kind::Inks, _) if size == 4 => (Channels::Cmyk, samples),
            (Kind::Light | Kind::Inks, _) => {
                let channels = if self.kind == Kind::Inks { Channels::Cmyk } else { Channels::Rgba };
                (channels, each(&samples, size, |pixel| [pixel[0], pixel[1], pixel[2], pixel[3]]))
            }
        };
        let mut pixels = Pixels { width: self.width, height: self.height, channels, bytes };
        if self.opacity == Some(MULTIPLIED) {
            divide_opacity(&mut pixels.bytes);
        }
        Ok(pixels)
    }
}

/// Something of each pixel, which is `size` samples.
fn each<const N: usize>(samples: &[u8], size: usize, part: impl Fn(&[u8]) -> [u8; N]) -> Vec<u8> {
    samples.chunks_exact(size).map(part).collect::<Vec<[u8; N]>>().into_flattened()
}

/// Rounded to eight bits; floating point samples are 0 to 1.
fn eight_bits(stored: DecodingResult) -> Result<Vec<u8>, Refusal> {
    match stored {
        DecodingResult::U8(samples) => Ok(samples),
        DecodingResult::U16(samples) => {
            Ok(samples.into_iter().map(|sample| ((u32::from(sample) * 255 + 32_767) / 65_535) as u8).collect())
        }
        // What is out of range, or no number, is cut off by the conversion.
        DecodingResult::F32(samples) => Ok(samples.into_iter().map(|sample| (sample * 255.0).round() as u8).collect()),
        _ => Err(UNKNOWN_KIND),
    }
}

/// A byte for each sample of less than eight bits. Rows begin with a byte of their own.
fn unpacked(packed: &[u8], width: usize, depth: u8) -> Vec<u8> {
    let most = (1_u8 << depth) - 1;
    let a_byte = 8 / usize::from(depth);
    let rows = packed.chunks_exact(width.div_ceil(a_byte).max(1));
    rows.flat_map(|row| {
        (0..width).map(move |column| {
            let shift = 8 - depth * (column % a_byte + 1) as u8;
            ((row[column / a_byte] >> shift) & most) * (255 / most)
        })
    })
    .collect()
}

/// Pixel after pixel, where there was plane after plane of `length` samples.
fn interleaved(planes: &[u8], length: usize) -> Vec<u8> {
    let planes: Vec<&[u8]> = planes.chunks_exact(length.max(1)).collect();
    (0..length).flat_map(|at| planes.iter().map(move |plane| plane[at])).collect()
}

fn divide_opacity(bytes: &mut [u8]) {
    for [colours @ .., opacity] in bytes.as_chunks_mut::<4>().0 {
        let opacity = u32::from(*opacity).max(1);
        for part in colours {
            *part = ((u32::from(*part) * 255 + opacity / 2) / opacity).min(255) as u8;
        }
    }
}

fn refusal(error: TiffError) -> Refusal {
    match error {
        TiffError::UnsupportedError(_) => UNKNOWN_KIND,
        TiffError::LimitsExceeded => TOO_HEAVY,
        TiffError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => Refusal::Truncated,
        _ => Refusal::Corrupt,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_samples_fill_the_whole_range() {
        assert_eq!(unpacked(&[0b1010_0000, 0b0100_0000], 3, 1), [255, 0, 255, 0, 255, 0]);
        assert_eq!(unpacked(&[0b00_01_10_11], 4, 2), [0, 85, 170, 255]);
        assert_eq!(unpacked(&[0xF0, 0x80], 3, 4), [255, 0, 136]);
    }

    #[test]
    fn planes_are_put_together() {
        assert_eq!(interleaved(&[1, 2, 3, 4, 5, 6], 2), [1, 3, 5, 2, 4, 6]);
    }

    #[test]
    fn deeper_samples_are_rounded() {
        assert_eq!(eight_bits(DecodingResult::U16(vec![0, 128, 129, 65_535])), Ok(vec![0, 0, 1, 255]));
        assert_eq!(eight_bits(DecodingResult::F32(vec![-1.0, 0.5, 2.0, f32::NAN])), Ok(vec![0, 128, 255, 0]));
        assert_eq!(eight_bits(DecodingResult::I8(vec![0])), Err(UNKNOWN_KIND));
    }

    #[test]
    fn multiplied_colours_are_told_from_their_opacity() {
        let mut pixels = [64, 0, 128, 128, 9, 9, 9, 0, 1, 2, 3, 255];
        divide_opacity(&mut pixels);
        assert_eq!(pixels, [128, 0, 255, 128, 255, 255, 255, 0, 1, 2, 3, 255]);
    }
}
