//! Writes files of kinds that no other test needs: TIFF, pictures with a colour profile, and such a profile for print.

use crate::draw::compress;
use ::tiff::encoder::colortype::ColorType;
use ::tiff::encoder::{TiffEncoder, TiffValue};
use ::tiff::tags::Tag;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder, RgbImage};
use std::io::Cursor;
use turbojpeg::{Compressor, PixelFormat};

/// A TIFF file of the samples of one pixel after the other, perhaps with a profile.
pub fn tiff<C: ColorType>((width, height): (u32, u32), samples: &[C::Inner], tags: Tags<'_>) -> Vec<u8>
where
    [C::Inner]: TiffValue,
{
    let mut bytes = Vec::new();
    let mut encoder = TiffEncoder::new(Cursor::new(&mut bytes)).unwrap();
    let mut picture = encoder.new_image::<C>(width, height).unwrap();
    if let Some(orientation) = tags.orientation {
        picture.encoder().write_tag(Tag::Orientation, orientation).unwrap();
    }
    if let Some(profile) = tags.profile {
        picture.encoder().write_tag(Tag::IccProfile, profile).unwrap();
    }
    picture.write_data(samples).unwrap();
    bytes
}

/// What may be said of a TIFF file beside its samples.
#[derive(Clone, Copy, Default)]
pub struct Tags<'a> {
    pub orientation: Option<u16>,
    pub profile: Option<&'a [u8]>,
}

/// A PNG file with a profile.
pub fn png_with_profile(picture: &RgbImage, profile: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(profile.to_vec()).unwrap();
    let (width, height) = picture.dimensions();
    encoder.write_image(picture.as_raw(), width, height, ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// A JPEG file with a profile in parts of so many bytes.
pub fn jpeg_with_profile(jpeg: &[u8], profile: &[u8], part: usize) -> Vec<u8> {
    let count = profile.len().div_ceil(part) as u8;
    let segments = (1_u8..).zip(profile.chunks(part)).flat_map(|(number, part)| {
        let length = (2 + 14 + part.len()) as u16;
        [&b"\xFF\xE2"[..], &length.to_be_bytes(), b"ICC_PROFILE\0", &[number, count], part].concat()
    });
    [&jpeg[..2], &segments.collect::<Vec<u8>>(), &jpeg[2..]].concat()
}

/// A JPEG file of inks, all over the same: 255 is full ink.
pub fn printed_jpeg(inks: [u8; 4], (width, height): (u32, u32)) -> Vec<u8> {
    // The library marks such files as Adobe's, which store inks inverted.
    let pixels = inks.map(|ink| 255 - ink).repeat((width * height) as usize);
    compress(&mut Compressor::new().unwrap(), &pixels, (width, height), PixelFormat::CMYK)
}

/// An ICC profile (version 4, table `mft1`) of a press whose inks are mixed up: cyan prints the green of sRGB (0, 128,
/// 0), with whatever else but black; black is black; the rest is white.
pub fn print_profile() -> Vec<u8> {
    const GREEN: [u8; 3] = [118, 80, 177];
    const BLACK: [u8; 3] = [0, 128, 128];
    const WHITE: [u8; 3] = [255, 128, 128];
    let straight: Vec<u8> = (0..=255).collect();
    let mut table = b"mft1\0\0\0\0\x04\x03\x02\0".to_vec();
    let matrix = [1, 0, 0, 0, 1, 0, 0, 0, 1_u32];
    table.extend(matrix.into_iter().flat_map(|number| (number << 16).to_be_bytes()));
    table.extend(straight.repeat(4));
    // Cyan changes slowest, black fastest.
    table.extend((0..16).flat_map(|inks| match (inks & 8 != 0, inks & 1 != 0) {
        (_, true) => BLACK,
        (true, false) => GREEN,
        (false, false) => WHITE,
    }));
    table.extend(straight.repeat(3));

    let mut profile = vec![0; 128];
    let mut put = |at: usize, part: &[u8]| profile[at..at + part.len()].copy_from_slice(part);
    let start = 128 + 4 + 12;
    put(0, &((start + table.len()) as u32).to_be_bytes());
    put(8, &[4, 0x40, 0, 0]);
    put(12, b"prtrCMYKLab ");
    // A date, as it must be one.
    put(24, &[7, 0xE8, 0, 1, 0, 1]);
    put(36, b"acsp");
    // The white of D50.
    put(68, b"\0\0\xF6\xD6\0\x01\0\0\0\0\xD3\x2D");
    profile.extend(1_u32.to_be_bytes());
    profile.extend(b"A2B0");
    profile.extend((start as u32).to_be_bytes());
    profile.extend((table.len() as u32).to_be_bytes());
    profile.extend(table);
    profile
}
