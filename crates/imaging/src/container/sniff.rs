//! Which kind of picture a file is, told from its bytes; and why other files are refused.

use super::{isobmff, svg_text, tiff_directory};
use crate::{Format, Refusal};

impl Format {
    /// Tells the format from the first bytes of a file. Neither its name nor what the client calls it counts, nor
    /// does what follows the picture.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [0xFF, 0x0A, ..] | [0, 0, 0, 0x0C, b'J', b'X', b'L', b' ', 0x0D, 0x0A, 0x87, 0x0A, ..] => Some(Self::Jxl),
            // Behind the file's header, the length of the picture's: those that are in use.
            [b'B', b'M', _, _, _, _, _, _, _, _, _, _, _, _, 12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0, ..] => {
                Some(Self::Bmp)
            }
            _ if tiff_directory::is_tiff(bytes) => (!tiff_directory::is_camera_raw(bytes)).then_some(Self::Tiff),
            _ => isobmff::kind(bytes).or_else(|| svg_text::is_svg(bytes).then_some(Self::Svg)),
        }
    }
}

const RAW: Refusal =
    Refusal::unsupported("Camera raw files are not taken. Develop it, export it as JPEG or TIFF and upload that file.");
const HEIF: Refusal =
    Refusal::unsupported("This kind of HEIF picture is not taken. Export it as JPEG or HEIC and upload that file.");
const VIDEO: Refusal = Refusal::unsupported(
    "Videos are not taken. Upload a picture of it; short animations are taken as GIF, WebP or PNG.",
);
const PSD: Refusal =
    Refusal::unsupported("Photoshop files are not taken. Export it as JPEG, PNG or TIFF and upload that file.");
const XCF: Refusal =
    Refusal::unsupported("GIMP files are not taken. Export it as JPEG, PNG or TIFF and upload that file.");
const PDF: Refusal =
    Refusal::unsupported("PDF files are not taken. Export the page as PNG, JPEG or SVG and upload that file.");
const EPS: Refusal =
    Refusal::unsupported("PostScript files are not taken. Export it as SVG or PNG and upload that file.");
const ICON: Refusal = Refusal::unsupported("Windows icons are not taken. Save it as PNG and upload that file.");
const JPEG_2000: Refusal =
    Refusal::unsupported("JPEG 2000 pictures are not taken. Save it as JPEG, PNG or TIFF and upload that file.");
const PACKED: Refusal = Refusal::unsupported(
    "This file is packed. Unpack it first; a packed drawing (SVGZ) is taken when it is saved as plain SVG.",
);

/// Why bytes of no known format are refused: what people may take for a picture gets a hint that helps.
pub(crate) fn refusal(bytes: &[u8]) -> Refusal {
    if tiff_directory::is_camera_raw(bytes) {
        return RAW;
    }
    match bytes {
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => by_brand(brand),
        // Olympus, Panasonic, Fujifilm, Sigma, Minolta.
        [b'I', b'I', b'R', b'O' | b'S', ..] | [b'M', b'M', b'O', b'R', ..] | [b'I', b'I', b'U', 0, ..] => RAW,
        [b'F', b'U', b'J', b'I', b'F', b'I', b'L', b'M', ..] | [b'F', b'O', b'V', b'b', ..] => RAW,
        [0, b'M', b'R', b'M', ..] => RAW,
        // AVI, Matroska and WebM, Flash, MPEG.
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] | [0x1A, 0x45, 0xDF, 0xA3, ..] => VIDEO,
        [b'F', b'L', b'V', 1, ..] | [0, 0, 1, 0xB3 | 0xBA, ..] => VIDEO,
        [b'8', b'B', b'P', b'S', ..] => PSD,
        [b'g', b'i', b'm', b'p', b' ', b'x', b'c', b'f', ..] => XCF,
        [b'%', b'P', b'D', b'F', ..] => PDF,
        [b'%', b'!', b'P', b'S', ..] | [0xC5, 0xD0, 0xD3, 0xC6, ..] => EPS,
        [0, 0, 1 | 2, 0, 1..=255, 0, ..] => ICON,
        [0, 0, 0, 0x0C, b'j', b'P', b' ', b' ', ..] | [0xFF, 0x4F, 0xFF, 0x51, ..] => JPEG_2000,
        [0x1F, 0x8B, ..] | [b'P', b'K', 3, 4, ..] => PACKED,
        _ => Refusal::NotAPicture,
    }
}

/// Of what begins like AVIF and HEIC, and is neither.
fn by_brand(brand: &[u8]) -> Refusal {
    match brand {
        [b'c', b'r', b'x', b' ', ..] => RAW,
        [b'm', b'i' | b's', b'f', ..] | [b'h', b'e', ..] | [b'm', b'i', b'a', b'f', ..] => HEIF,
        _ => VIDEO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TAKEN;

    #[test]
    fn formats_are_told_by_their_bytes() {
        let bmp = [&b"BM"[..], &[0; 12], &[40, 0, 0, 0]].concat();
        let files: [(&[u8], Format); 14] = [
            (b"\xFF\xD8\xFF\xE0", Format::Jpeg),
            (b"\x89PNG\r\n\x1A\nrest", Format::Png),
            (b"RIFF\0\0\0\0WEBPVP8 ", Format::WebP),
            (b"GIF89a", Format::Gif),
            (b"GIF87a", Format::Gif),
            (b"\0\0\0\x14ftypavif\0\0\0\0mif1", Format::Avif),
            (b"\0\0\0\x14ftypheic\0\0\0\0mif1", Format::Heic),
            (b"\xFF\x0A\xFA\x1F", Format::Jxl),
            (b"\0\0\0\x0CJXL \r\n\x87\n", Format::Jxl),
            (b"II*\0\x08\0\0\0", Format::Tiff),
            (b"MM\0*\0\0\0\x08", Format::Tiff),
            (b"II+\0\x08\0\0\0", Format::Tiff),
            (&bmp, Format::Bmp),
            (b"<?xml version='1.0'?>\n<svg >", Format::Svg),
        ];
        for (bytes, format) in files {
            assert_eq!(Format::sniff(bytes), Some(format));
        }
        let others: [&[u8]; 5] =
            [b"", b"RIFF\0\0\0\0WAVEfmt ", b"BM, in the Harz mountains", b"<html></html>", b"II*\0\x10\0\0\0CR"];
        for other in others {
            assert_eq!(Format::sniff(other), None, "{}", String::from_utf8_lossy(other));
        }
    }

    #[test]
    fn files_of_other_kinds_get_a_hint() {
        let hint = |bytes: &[u8]| refusal(bytes).to_string();
        assert!(hint(b"\0\0\0\x18ftypisom\0\0\0\0").starts_with("Videos"));
        assert!(hint(b"\0\0\0\x18ftypcrx \0\0\0\0").starts_with("Camera raw"));
        assert!(hint(b"\0\0\0\x18ftypmif1\0\0\0\0").contains("HEIF"));
        assert!(hint(b"II*\0\x10\0\0\0CR\x02\0").starts_with("Camera raw"));
        assert!(hint(b"FUJIFILMCCD-RAW ").starts_with("Camera raw"));
        assert!(hint(b"8BPS\0\x01").starts_with("Photoshop"));
        assert!(hint(b"%PDF-1.7").starts_with("PDF"));
        assert!(hint(b"%!PS-Adobe-3.0 EPSF-3.0").starts_with("PostScript"));
        assert!(hint(b"\0\0\x01\0\x01\0\x10\x10").starts_with("Windows icons"));
        assert!(hint(b"\x1F\x8B\x08").contains("SVGZ"));
        assert!(hint(b"\x1A\x45\xDF\xA3").starts_with("Videos"));
        assert_eq!(refusal(b"just some text"), Refusal::NotAPicture);
        assert!(hint(b"just some text").contains(TAKEN));
    }
}
