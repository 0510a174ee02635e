//! Reads the tables of a `meta` box: which items there are, where their bytes lie, what is said of them, and how they
//! refer to each other (ISO/IEC 14496-12, 8.11).
//!
//! Every table is bounded, so that a small file cannot make a large one in memory.

use super::boxes::{Boxes, Fields};
use std::collections::BTreeMap;

/// The most items, properties, pieces of items, links to properties and references. A camera writes a hundred.
const MOST_ENTRIES: usize = 20_000;

/// Where the pieces of an item lie.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Source {
    /// Counted from the start of the file.
    File,
    /// In the `idat` box beside the tables.
    Idat,
    /// In another file or another item: not read here.
    #[default]
    Elsewhere,
}

/// A piece of an item.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    pub(super) start: usize,
    pub(super) length: usize,
}

/// One item: a picture, a tile, or metadata.
#[derive(Default)]
pub(super) struct Item<'a> {
    /// Its type: `av01`, `hvc1`, `grid`, `Exif`, `mime`…
    pub(super) kind: [u8; 4],
    /// Of a `mime` item, the media type.
    pub(super) content_type: &'a [u8],
    pub(super) source: Source,
    pub(super) extents: Vec<Extent>,
    /// Indices of its properties, in the order in which they count.
    pub(super) properties: Vec<usize>,
}

pub(super) type Items<'a> = BTreeMap<u32, Item<'a>>;

/// A property that items share.
pub(super) struct Property<'a> {
    pub(super) kind: [u8; 4],
    pub(super) body: &'a [u8],
}

/// What one item says of others.
pub(super) struct Reference {
    pub(super) kind: [u8; 4],
    pub(super) from: u32,
    pub(super) to: Vec<u32>,
}

fn entry<'i, 'a>(items: &'i mut Items<'a>, id: u32) -> Option<&'i mut Item<'a>> {
    if items.len() >= MOST_ENTRIES && !items.contains_key(&id) {
        return None;
    }
    Some(items.entry(id).or_default())
}

/// The `pitm` box: the item that is the picture.
pub(super) fn primary(body: &[u8]) -> Option<u32> {
    let mut fields = Fields::new(body);
    let (version, _) = fields.version()?;
    fields.item(version > 0)
}

/// The `iinf` box: the types of the items.
pub(super) fn read_types<'a>(body: &'a [u8], items: &mut Items<'a>) -> Option<()> {
    let mut fields = Fields::new(body);
    let (version, _) = fields.version()?;
    fields.item(version > 0)?;
    for part in Boxes::new(fields.rest()).filter(|part| &part.kind == b"infe") {
        let mut fields = Fields::new(part.body);
        let (version, _) = fields.version()?;
        if version < 2 {
            return None;
        }
        let item = entry(items, fields.item(version > 2)?)?;
        let _protection = fields.u16()?;
        item.kind = fields.array()?;
        let _name = fields.text();
        if &item.kind == b"mime" {
            item.content_type = fields.text();
        }
    }
    Some(())
}

/// The `iloc` box: where the items' bytes lie.
pub(super) fn read_places(body: &[u8], items: &mut Items<'_>) -> Option<()> {
    let mut fields = Fields::new(body);
    let (version, _) = fields.version()?;
    if version > 2 {
        return None;
    }
    let sizes = fields.u16()?;
    let size = |shift: u32| usize::from((sizes >> shift) & 15);
    let (offset_size, length_size, base_size) = (size(12), size(8), size(4));
    let index_size = if version == 0 { 0 } else { size(0) };
    let mut pieces = 0;
    for _ in 0..fields.item(version == 2)? {
        let item = entry(items, fields.item(version == 2)?)?;
        let method = if version == 0 { 0 } else { fields.u16()? & 15 };
        let is_here = fields.u16()? == 0;
        item.source = match method {
            0 if is_here => Source::File,
            1 if is_here => Source::Idat,
            _ => Source::Elsewhere,
        };
        item.extents.clear();
        let base = fields.number(base_size)?;
        for _ in 0..fields.u16()? {
            let _index = fields.number(index_size)?;
            let start = base.checked_add(fields.number(offset_size)?)?;
            let length = fields.number(length_size)?;
            pieces += 1;
            if pieces > MOST_ENTRIES {
                return None;
            }
            item.extents.push(Extent { start: usize::try_from(start).ok()?, length: usize::try_from(length).ok()? });
        }
    }
    Some(())
}

/// The `iprp` box: the properties, and which items have which.
pub(super) fn read_properties<'a>(
    body: &'a [u8],
    items: &mut Items<'a>,
    properties: &mut Vec<Property<'a>>,
) -> Option<()> {
    let mut links = 0;
    for part in Boxes::new(body) {
        match &part.kind {
            b"ipco" => {
                let all = Boxes::new(part.body).map(|part| Property { kind: part.kind, body: part.body });
                properties.extend(all.take(MOST_ENTRIES));
            }
            b"ipma" => read_links(part.body, items, &mut links)?,
            _ => {}
        }
    }
    Some(())
}

/// An `ipma` box.
fn read_links(body: &[u8], items: &mut Items<'_>, links: &mut usize) -> Option<()> {
    let mut fields = Fields::new(body);
    let (version, flags) = fields.version()?;
    for _ in 0..fields.u32()? {
        let item = entry(items, fields.item(version > 0)?)?;
        for _ in 0..fields.u8()? {
            // The first bit says that a reader must know the property.
            let number = if flags & 1 == 0 { u16::from(fields.u8()? & 0x7F) } else { fields.u16()? & 0x7FFF };
            *links += 1;
            if *links > MOST_ENTRIES {
                return None;
            }
            // They are counted from one; zero means none.
            item.properties.extend(usize::from(number).checked_sub(1));
        }
    }
    Some(())
}

/// The `iref` box: boxes of which each holds a list of what one item refers to in one way.
pub(super) fn read_references(body: &[u8], references: &mut Vec<Reference>) -> Option<()> {
    let mut fields = Fields::new(body);
    let (version, _) = fields.version()?;
    let mut targets = 0;
    for part in Boxes::new(fields.rest()) {
        let mut fields = Fields::new(part.body);
        let from = fields.item(version > 0)?;
        let count = usize::from(fields.u16()?);
        targets += count + 1;
        if targets > MOST_ENTRIES {
            return None;
        }
        let to = (0..count).map(|_| fields.item(version > 0)).collect::<Option<Vec<u32>>>()?;
        references.push(Reference { kind: part.kind, from, to });
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The body of an `iref` box with such lists: the kind, the item that refers, and those that it refers to.
    fn body(version: u8, lists: &[(&[u8; 4], u32, &[u32])]) -> Vec<u8> {
        let unwritten = if version == 0 { 2 } else { 0 };
        let item = |id: u32| id.to_be_bytes()[unwritten..].to_vec();
        let mut body = vec![version, 0, 0, 0];
        for &(kind, from, to) in lists {
            let to_items: Vec<u8> = to.iter().flat_map(|&id| item(id)).collect();
            let list = [item(from), (to.len() as u16).to_be_bytes().to_vec(), to_items].concat();
            body.extend((8 + list.len() as u32).to_be_bytes());
            body.extend_from_slice(kind);
            body.extend(list);
        }
        body
    }

    /// Kind, from and to.
    type Read = ([u8; 4], u32, Vec<u32>);

    fn read(body: &[u8]) -> Option<Vec<Read>> {
        let mut references = Vec::new();
        read_references(body, &mut references)?;
        Some(references.into_iter().map(|found| (found.kind, found.from, found.to)).collect())
    }

    #[test]
    fn every_list_of_references_is_read_to_its_end() {
        let lists: [(&[u8; 4], u32, &[u32]); 4] =
            [(b"dimg", 1, &[2, 3]), (b"dimg", 1, &[4]), (b"dimg", 5, &[6]), (b"cdsc", 7, &[1, 5])];
        let expected = lists.map(|(kind, from, to)| (*kind, from, to.to_vec()));
        for version in [0, 1] {
            assert_eq!(read(&body(version, &lists)), Some(expected.to_vec()));
        }
        let far: [(&[u8; 4], u32, &[u32]); 1] = [(b"thmb", 70_000, &[80_000])];
        assert_eq!(read(&body(1, &far)), Some(vec![(*b"thmb", 70_000, vec![80_000])]));
    }

    #[test]
    fn lists_that_promise_too_much_are_not_taken() {
        let mut short = body(0, &[(b"dimg", 1, &[2, 3])]);
        // The count follows four bytes of version, eight of the list's box, and two of the item.
        short[15] = 3;
        assert_eq!(read(&short), None);
        let many = vec![2_u32; MOST_ENTRIES];
        assert_eq!(read(&body(0, &[(b"dimg", 1, &many)])), None);
        assert!(read(&body(0, &[(b"dimg", 1, &many[1..])])).is_some());
    }
}
