//! The kinds of pictures that are taken, in one list: what uploads declare, what pages say, how files end.

/// A kind of picture that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureType {
    /// As people call it.
    pub name: &'static str,
    /// The media type it is kept with.
    pub content_type: &'static str,
    /// Other media types that programs give it.
    pub aliases: &'static [&'static str],
    /// How its files end, without the dot and in lower case; the usual one first.
    pub endings: &'static [&'static str],
    /// Whether every browser shows such a file as it is.
    pub in_browsers: bool,
}

/// The kinds that are taken.
pub const PICTURE_TYPES: [PictureType; 10] = [
    PictureType {
        name: "JPEG",
        content_type: "image/jpeg",
        aliases: &["image/jpg", "image/pjpeg"],
        endings: &["jpg", "jpeg", "jpe", "jfif"],
        in_browsers: true,
    },
    PictureType {
        name: "PNG",
        content_type: "image/png",
        aliases: &["image/apng"],
        endings: &["png", "apng"],
        in_browsers: true,
    },
    PictureType { name: "WebP", content_type: "image/webp", aliases: &[], endings: &["webp"], in_browsers: true },
    PictureType {
        name: "AVIF",
        content_type: "image/avif",
        aliases: &["image/avif-sequence"],
        endings: &["avif"],
        in_browsers: true,
    },
    PictureType { name: "GIF", content_type: "image/gif", aliases: &[], endings: &["gif"], in_browsers: true },
    PictureType {
        name: "HEIC",
        content_type: "image/heic",
        aliases: &["image/heif", "image/heic-sequence", "image/heif-sequence"],
        endings: &["heic", "heif", "hif"],
        in_browsers: false,
    },
    PictureType { name: "JPEG XL", content_type: "image/jxl", aliases: &[], endings: &["jxl"], in_browsers: false },
    PictureType {
        name: "TIFF",
        content_type: "image/tiff",
        aliases: &[],
        endings: &["tif", "tiff"],
        in_browsers: false,
    },
    PictureType {
        name: "BMP",
        content_type: "image/bmp",
        aliases: &["image/x-bmp", "image/x-ms-bmp"],
        endings: &["bmp", "dib"],
        in_browsers: true,
    },
    PictureType { name: "SVG", content_type: "image/svg+xml", aliases: &[], endings: &["svg"], in_browsers: true },
];

/// What people try that is not taken, for sentences.
pub const NOT_TAKEN: &str = "Camera raw, PSD, PDF and video are not taken.";

/// What is taken, for sentences: `JPEG, PNG, … or SVG`.
pub fn pictures_taken() -> String {
    let [others @ .., last] = PICTURE_TYPES.map(|kind| kind.name);
    format!("{} or {last}", others.join(", "))
}

impl PictureType {
    /// What a file is said to be: by its declared media type or, where that says nothing, by the end of its name.
    /// Browsers say nothing of kinds they do not know.
    pub fn declared(filename: &str, content_type: &str) -> Option<&'static Self> {
        let declared = content_type.split(';').next().unwrap_or_default().trim();
        if ["", "application/octet-stream", "binary/octet-stream"]
            .iter()
            .any(|none| declared.eq_ignore_ascii_case(none))
        {
            let (_, ending) = filename.trim().rsplit_once('.')?;
            let has = |kind: &&Self| kind.endings.iter().any(|known| known.eq_ignore_ascii_case(ending));
            return PICTURE_TYPES.iter().find(has);
        }
        Self::of(declared)
    }

    /// The kind of a media type.
    pub fn of(content_type: &str) -> Option<&'static Self> {
        let is = |name: &&str| name.eq_ignore_ascii_case(content_type);
        PICTURE_TYPES.iter().find(|kind| is(&kind.content_type) || kind.aliases.iter().any(is))
    }

    /// How its files usually end, without the dot.
    pub fn ending(&self) -> &'static str {
        self.endings.first().copied().unwrap_or("bin")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_is_declared_to_be_or_what_its_name_says() {
        for (filename, content_type, is) in [
            ("a", "image/JPEG", Some("image/jpeg")),
            ("a.png", "image/jpg", Some("image/jpeg")),
            ("a.HEIC", "", Some("image/heic")),
            ("a.b.jxl", "application/octet-stream", Some("image/jxl")),
            ("a.tif", "image/tiff; charset=binary", Some("image/tiff")),
            ("a.heif", "image/heif", Some("image/heic")),
            ("a.jpg", "text/html", None),
            ("a.cr2", "", None),
            ("jpg", "", None),
            ("", "", None),
        ] {
            let told = PictureType::declared(filename, content_type).map(|kind| kind.content_type);
            assert_eq!(told, is, "{filename} {content_type}");
        }
    }

    #[test]
    fn every_kind_is_named_and_no_two_share_an_ending() {
        assert_eq!(pictures_taken(), "JPEG, PNG, WebP, AVIF, GIF, HEIC, JPEG XL, TIFF, BMP or SVG");
        let mut endings: Vec<_> = PICTURE_TYPES.iter().flat_map(|kind| kind.endings).collect();
        let all = endings.len();
        endings.sort_unstable();
        endings.dedup();
        assert_eq!(endings.len(), all);
    }
}
