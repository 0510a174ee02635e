//! Pictures for tests, made by code: blue, with a red patch at the top left as the picture is shown.

use turbojpeg::{Image, PixelFormat};

/// A JPEG of these pixels as stored, with an EXIF orientation. The patch is at the stored top left.
pub fn jpeg(width: usize, height: usize, orientation: u8) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        for x in 0..width {
            let patch = x < width / 4 && y < height / 4;
            pixels.extend_from_slice(if patch { &[220, 30, 30] } else { &[30, 60, 200] });
        }
    }
    let image = Image { pixels: pixels.as_slice(), width, pitch: width * 3, height, format: PixelFormat::RGB };
    let plain = turbojpeg::compress(image, 90, turbojpeg::Subsamp::Sub2x2).unwrap();
    // SOI, then an APP1 segment with a TIFF of one entry, then the rest.
    let mut tiff = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    tiff.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0, 0]);
    let mut bytes = plain[..2].to_vec();
    bytes.extend_from_slice(&[0xff, 0xe1]);
    bytes.extend_from_slice(&u16::try_from(tiff.len() + 2).unwrap().to_be_bytes());
    bytes.extend_from_slice(&tiff);
    bytes.extend_from_slice(&plain[2..]);
    bytes
}

/// A decoded JPEG: width, height, and the pixel at a place given in parts of the sides.
pub fn pixel(jpeg: &[u8], across: f32, down: f32) -> (usize, usize, [u8; 3]) {
    let image = turbojpeg::decompress(jpeg, PixelFormat::RGB).unwrap();
    let x = (image.width as f32 * across) as usize;
    let y = (image.height as f32 * down) as usize;
    let at = y * image.pitch + x * 3;
    (image.width, image.height, [image.pixels[at], image.pixels[at + 1], image.pixels[at + 2]])
}
