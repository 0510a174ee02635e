//! Which kind of picture a file is, told from its bytes.

use crate::Refusal;

/// A picture format that is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JPEG, lossy, 8 bits a channel.
    Jpeg,
    /// PNG.
    Png,
    /// WebP, lossy or lossless.
    WebP,
    /// GIF; of an animation, the first frame.
    Gif,
}

impl Format {
    /// Tells the format from the first bytes of a file. Neither its name nor what the client calls it counts.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            _ => None,
        }
    }

    /// Its media type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
        }
    }

    /// The usual file name ending, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::WebP => "webp",
            Self::Gif => "gif",
        }
    }
}

/// Why bytes of no known format are refused: pictures of other kinds get a hint that helps.
pub(crate) fn refusal(bytes: &[u8]) -> Refusal {
    match bytes {
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand {
            [b'a', b'v', b'i', b'f' | b's', ..] => {
                Refusal::Unsupported("AVIF pictures are not taken yet. Save it as JPEG or WebP and upload that file.")
            }
            [b'h', b'e', ..] | [b'm', b'i', b'f', b'1', ..] | [b'm', b's', b'f', b'1', ..] => {
                Refusal::Unsupported("HEIC pictures are not taken yet. Export it as JPEG and upload that file.")
            }
            _ => Refusal::NotAPicture,
        },
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => Refusal::Unsupported(
            "TIFF and camera raw files are not taken. Export it as JPEG or PNG and upload that file.",
        ),
        [0xFF, 0x0A, ..] | [0, 0, 0, 0x0C, b'J', b'X', b'L', b' ', ..] => {
            Refusal::Unsupported("JPEG XL pictures are not taken yet. Save it as JPEG or PNG and upload that file.")
        }
        _ => Refusal::NotAPicture,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_bytes() {
        assert_eq!(Format::sniff(b"\xFF\xD8\xFF\xE0"), Some(Format::Jpeg));
        assert_eq!(Format::sniff(b"\x89PNG\r\n\x1A\nrest"), Some(Format::Png));
        assert_eq!(Format::sniff(b"RIFF\0\0\0\0WEBPVP8 "), Some(Format::WebP));
        assert_eq!(Format::sniff(b"GIF89a"), Some(Format::Gif));
        assert_eq!(Format::sniff(b"GIF87a"), Some(Format::Gif));
        assert_eq!(Format::sniff(b"RIFF\0\0\0\0WAVEfmt "), None);
        assert_eq!(Format::sniff(b""), None);
    }

    #[test]
    fn pictures_of_other_kinds_get_a_hint() {
        let hint = |bytes: &[u8]| refusal(bytes).to_string();
        assert!(hint(b"\0\0\0\x18ftypheic\0\0\0\0").starts_with("HEIC"));
        assert!(hint(b"\0\0\0\x18ftypavif\0\0\0\0").starts_with("AVIF"));
        assert!(hint(b"II*\0\x08\0\0\0").starts_with("TIFF"));
        assert_eq!(refusal(b"\0\0\0\x18ftypisom\0\0\0\0"), Refusal::NotAPicture);
    }
}
