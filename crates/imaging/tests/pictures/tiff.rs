//! Writes EXIF tags, and puts them into a JPEG file.

pub struct Tag {
    number: u16,
    kind: u16,
    count: u32,
    value: Vec<u8>,
}

pub fn ascii(number: u16, text: &str) -> Tag {
    let value = [text.as_bytes(), b"\0"].concat();
    Tag { number, kind: 2, count: value.len() as u32, value }
}

pub fn short(number: u16, value: u16) -> Tag {
    Tag { number, kind: 3, count: 1, value: value.to_le_bytes().to_vec() }
}

pub fn long(number: u16, value: u32) -> Tag {
    Tag { number, kind: 4, count: 1, value: value.to_le_bytes().to_vec() }
}

pub fn rational(number: u16, values: &[(u32, u32)]) -> Tag {
    let value = values.iter().flat_map(|(top, bottom)| [top.to_le_bytes(), bottom.to_le_bytes()].concat()).collect();
    Tag { number, kind: 5, count: values.len() as u32, value }
}

/// A little-endian TIFF structure: tags of the picture, tags of the shot, and the position.
pub fn tiff(mut picture: Vec<Tag>, shot: Vec<Tag>, position: Vec<Tag>) -> Vec<u8> {
    const HEADER: usize = 8;
    const POINTERS: usize = 2 * 12;
    let shot_at = HEADER + size(&picture) + POINTERS;
    let position_at = shot_at + size(&shot);
    picture.push(long(0x8769, shot_at as u32));
    picture.push(long(0x8825, position_at as u32));
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    for tags in [picture, shot, position] {
        append(&mut bytes, &tags);
    }
    bytes
}

fn size(tags: &[Tag]) -> usize {
    let outside: usize = tags.iter().map(|tag| tag.value.len()).filter(|&length| length > 4).sum();
    2 + tags.len() * 12 + 4 + outside
}

/// A directory, and behind it the values that do not fit into it.
fn append(bytes: &mut Vec<u8>, tags: &[Tag]) {
    let mut outside_at = bytes.len() + 2 + tags.len() * 12 + 4;
    bytes.extend((tags.len() as u16).to_le_bytes());
    for tag in tags {
        bytes.extend(tag.number.to_le_bytes());
        bytes.extend(tag.kind.to_le_bytes());
        bytes.extend(tag.count.to_le_bytes());
        if tag.value.len() > 4 {
            bytes.extend((outside_at as u32).to_le_bytes());
            outside_at += tag.value.len();
        } else {
            bytes.extend(&tag.value);
            bytes.resize(bytes.len() + 4 - tag.value.len(), 0);
        }
    }
    bytes.extend(0_u32.to_le_bytes());
    for tag in tags.iter().filter(|tag| tag.value.len() > 4) {
        bytes.extend(&tag.value);
    }
}

/// The file with the tags in a segment of their own, right at the start.
pub fn in_jpeg(jpeg: &[u8], tiff: &[u8]) -> Vec<u8> {
    let length = (2 + 6 + tiff.len()) as u16;
    [&jpeg[..2], b"\xFF\xE1", &length.to_be_bytes(), b"Exif\0\0", tiff, &jpeg[2..]].concat()
}

/// What a camera writes, and what must never get out.
pub fn camera(orientation: u16) -> Vec<u8> {
    tiff(
        vec![ascii(0x010F, "Lumen"), ascii(0x0110, "Field 5"), short(0x0112, orientation)],
        vec![
            rational(0x829A, &[(10, 2500)]),
            rational(0x829D, &[(28, 10)]),
            short(0x8827, 200),
            ascii(0x9003, "2024:05:01 12:30:59"),
            rational(0x920A, &[(35, 1)]),
            ascii(0xA430, "Jane Owner"),
            ascii(0xA431, "SN-0012345"),
            ascii(0xA434, "Lumen 35mm F2"),
        ],
        vec![ascii(0x0001, "N"), rational(0x0002, &[(52, 1), (31, 1), (12, 1)])],
    )
}
