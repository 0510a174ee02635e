//! The chunks of a PNG file (W3C, Portable Network Graphics, third edition).

use crate::colour::Colour;

/// The chunks of a file, by name and content, up to its end or to where it is cut short.
pub(super) fn walk(bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut rest = bytes.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, body) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let content = body.get(..length)?;
        // Behind the content is its checksum. The end counts without it.
        rest = body.get(length.checked_add(4)?..).unwrap_or_default();
        Some((kind, content))
    })
}

/// The sides in the first chunk, before a decoder looks at the rest.
pub(crate) fn declared_sides(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.get(12..)?.strip_prefix(b"IHDR")?;
    let (width, rest) = header.split_first_chunk::<4>()?;
    let (height, _) = rest.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*height)))
}

/// The chunks that come before the pixels, by name and content.
fn before_pixels(bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    walk(bytes).take_while(|(kind, _)| *kind != b"IDAT")
}

/// How many frames the chunk `acTL` announces.
pub(crate) fn frames(bytes: &[u8]) -> u32 {
    let control = before_pixels(bytes).find(|(kind, _)| *kind == b"acTL");
    control.and_then(|(_, content)| content.first_chunk()).map_or(1, |frames| u32::from_be_bytes(*frames).max(1))
}

/// The chunk `cICP`, which counts before any profile.
pub(crate) fn code_points(bytes: &[u8]) -> Option<Colour> {
    let (_, content) = before_pixels(bytes).find(|(kind, _)| *kind == b"cICP")?;
    let &[primaries, transfer, ..] = content else { return None };
    Some(Colour::Cicp { primaries, transfer })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_read_up_to_the_pixels() {
        let chunk = |kind: &[u8; 4], content: &[u8]| {
            [&(content.len() as u32).to_be_bytes()[..], kind, content, b"sums"].concat()
        };
        let signature = b"\x89PNG\r\n\x1A\n".to_vec();
        let file = |chunks: &[Vec<u8>]| [signature.clone(), chunks.concat()].concat();
        let control = chunk(b"acTL", b"\0\0\0\x07\0\0\0\0");
        assert_eq!(frames(&file(&[control.clone(), chunk(b"IDAT", b"")])), 7);
        assert_eq!(frames(&file(&[chunk(b"IDAT", b""), control])), 1);
        let colour = code_points(&file(&[chunk(b"cICP", &[12, 13, 0, 1])]));
        assert_eq!(colour, Some(Colour::Cicp { primaries: 12, transfer: 13 }));
    }
}
