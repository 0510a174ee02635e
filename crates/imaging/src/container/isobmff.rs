//! Files made of boxes that hold still pictures: AVIF and HEIC (ISO/IEC 14496-12, 23008-12).

mod boxes;
mod grid;
mod hevc;
mod items;
mod meta;
mod parts;
mod private;
mod properties;

use crate::Format;

pub(crate) use boxes::Boxes;
pub(crate) use grid::grid;
pub(crate) use hevc::coded_sides;
pub(crate) use meta::Meta;
pub(crate) use private::without_metadata;
pub(crate) use properties::Window;

/// Tells AVIF and HEIC by the brands that the file says it follows. The first bytes are enough.
pub(crate) fn kind(bytes: &[u8]) -> Option<Format> {
    let (size, rest) = bytes.split_first_chunk::<4>()?;
    let size = usize::try_from(u32::from_be_bytes(*size)).ok()?;
    let rest = rest.strip_prefix(b"ftyp")?;
    let body = rest.get(..size.checked_sub(8)?).unwrap_or(rest);
    let (major, rest) = body.split_first_chunk::<4>()?;
    let of_brand = |brand: &[u8; 4]| match brand {
        b"avif" | b"avis" => Some(Format::Avif),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" => Some(Format::Heic),
        _ => None,
    };
    // Four bytes of version lie between the major brand and the others.
    let others = rest.get(4..).unwrap_or_default().as_chunks::<4>().0;
    of_brand(major).or_else(|| match major {
        b"mif1" | b"msf1" | b"mif2" | b"miaf" => others.iter().find_map(of_brand),
        _ => None,
    })
}

/// The TIFF structure with the EXIF tags.
pub(crate) fn exif(bytes: &[u8]) -> Option<Vec<u8>> {
    let meta = Meta::find(bytes)?;
    let item = meta.exif_item()?;
    Some(after_offset(&meta.data(item).ok()?)?.to_vec())
}

/// EXIF in a box or an item begins with the number of bytes before its TIFF structure.
pub(crate) fn after_offset(payload: &[u8]) -> Option<&[u8]> {
    let (offset, rest) = payload.split_first_chunk::<4>()?;
    rest.get(usize::try_from(u32::from_be_bytes(*offset)).ok()?..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brands_tell_the_format() {
        let file = |brands: &[u8]| [&(8 + brands.len() as u32).to_be_bytes()[..], b"ftyp", brands].concat();
        assert_eq!(kind(&file(b"avif\0\0\0\0")), Some(Format::Avif));
        assert_eq!(kind(&file(b"avis\0\0\0\0mif1miaf")), Some(Format::Avif));
        assert_eq!(kind(&file(b"mif1\0\0\0\0miafavif")), Some(Format::Avif));
        assert_eq!(kind(&file(b"heic\0\0\0\0mif1")), Some(Format::Heic));
        assert_eq!(kind(&file(b"mif1\0\0\0\0mif1heic")), Some(Format::Heic));
        assert_eq!(kind(&file(b"mp42\0\0\0\0avifheic")), None);
        assert_eq!(kind(&file(b"isom\0\0\0\0")), None);
        assert_eq!(kind(b"\0\0\0\x18ftypheic"), Some(Format::Heic));
        // A brand that lies behind the box is none.
        assert_eq!(kind(b"\0\0\0\x10ftypmif1\0\0\0\0avif"), None);
        assert_eq!(kind(b"\0\0\0\x04ftypavif"), None);
    }

    #[test]
    fn tags_begin_behind_their_offset() {
        assert_eq!(after_offset(b"\0\0\0\0II*\0"), Some(&b"II*\0"[..]));
        assert_eq!(after_offset(b"\0\0\0\x06Exif\0\0MM"), Some(&b"MM"[..]));
        assert_eq!(after_offset(b"\xFF\xFF\xFF\xFFII"), None);
        assert_eq!(after_offset(b"\0\0"), None);
    }
}
