//! A file without what is told about its picture: the same boxes at the same places, with zeros where EXIF, XMP,
//! thumbnails, depths and whatever else is not the picture were. Those may show what was cropped or painted over.

use super::boxes::{Boxes, Fields};
use super::items::Source;
use super::meta::Meta;
use std::collections::BTreeSet;
use std::ops::Range;

/// Boxes beside the tables and the pictures whose contents do not matter.
const PADDING: [&[u8; 4]; 2] = [b"free", b"skip"];

/// Tables, of which none holds a text that an author could write. There are also `iinf`, with the names of items, and
/// `idat`.
const TABLES: [&[u8; 4]; 7] = [b"hdlr", b"dinf", b"pitm", b"iloc", b"iprp", b"iref", b"grpl"];

/// Types of items that are pictures, or parts of them.
const PICTURES: [&[u8; 4]; 7] = [b"av01", b"hvc1", b"grid", b"iden", b"iovl", b"tmap", b"lhv1"];

/// The type that emptied items get. Readers leave those alone whose type they do not know.
const NOTHING: &[u8; 4] = b"skip";

/// Properties that say how to decode and show a picture.
const PROPERTIES: [&[u8; 4]; 20] = [
    b"ispe", b"colr", b"irot", b"imir", b"pixi", b"av1C", b"hvcC", b"lhvC", b"auxC", b"pasp", b"clap", b"a1op",
    b"a1lx", b"lsel", b"clli", b"mdcv", b"cclv", b"amve", b"rloc", b"free",
];

/// The file with only its picture and the opacity of it left in it, of the same length. Nothing if there is anything
/// in it of which is not known here that it is harmless.
pub(crate) fn without_metadata(bytes: &[u8]) -> Option<Vec<u8>> {
    let meta = Meta::find(bytes)?;
    let layout = Layout::read(bytes)?;
    if !meta.properties.iter().all(|property| PROPERTIES.contains(&&property.kind)) {
        return None;
    }
    let kept = kept(&meta)?;
    let (mut shown, mut hidden) = (Vec::new(), Vec::new());
    for (id, item) in &meta.items {
        for extent in item.extents.iter().filter(|extent| extent.length > 0) {
            let start = match item.source {
                Source::File => extent.start,
                Source::Idat => layout.idat?.checked_add(extent.start)?,
                Source::Elsewhere => return None,
            };
            let pieces = if kept.contains(id) { &mut shown } else { &mut hidden };
            pieces.push(start..start.checked_add(extent.length)?);
        }
    }
    let (shown, hidden) = (merged(shown), merged(hidden));
    // What lies elsewhere stays, so nothing that is hidden may. Nor may the picture be made of it.
    if !hidden.iter().all(|piece| layout.has_room_for(piece)) || do_meet(&shown, &hidden) {
        return None;
    }

    let mut cleaned = bytes.to_vec();
    for room in layout.rooms {
        cleaned.get_mut(room)?.fill(0);
    }
    for piece in &shown {
        cleaned.get_mut(piece.clone())?.copy_from_slice(bytes.get(piece.clone())?);
    }
    for (_, at) in layout.types.iter().filter(|(id, _)| !kept.contains(id)) {
        cleaned.get_mut(*at..at.checked_add(NOTHING.len())?)?.copy_from_slice(NOTHING);
    }
    // Where pieces overlap with the tables, the picture itself may have been hit.
    shown.iter().all(|piece| cleaned.get(piece.clone()) == bytes.get(piece.clone())).then_some(cleaned)
}

/// The items without which the picture cannot be drawn: itself, its tiles, its opacity and the tiles of that. Nothing
/// if there are others of which is not known that they show the same and no more.
fn kept(meta: &Meta<'_>) -> Option<BTreeSet<u32>> {
    let colours = meta.parts([meta.primary]);
    let opacities = meta.parts(meta.opacities(&colours));
    let kept: BTreeSet<u32> = colours.into_iter().chain(opacities).collect();
    let is_picture = |id: &u32| meta.items.get(id).is_some_and(|item| PICTURES.contains(&&item.kind));
    let is_predicted = meta.references.iter().any(|found| &found.kind == b"pred" && kept.contains(&found.from));
    (kept.iter().all(is_picture) && !is_predicted).then_some(kept)
}

/// Sorted by where they begin, those that touch each other as one.
fn merged(mut pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
    pieces.sort_unstable_by_key(|piece| piece.start);
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match merged.last_mut() {
            Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
            _ => merged.push(piece),
        }
    }
    merged
}

/// Whether any of some pieces overlaps with any of others. Both are merged.
fn do_meet(some: &[Range<usize>], others: &[Range<usize>]) -> bool {
    some.iter().any(|piece| {
        let next = others.partition_point(|other| other.end <= piece.start);
        others.get(next).is_some_and(|other| other.start < piece.end)
    })
}

/// Where in a file things lie.
#[derive(Default)]
struct Layout {
    /// The bodies of boxes that hold what items are made of, or nothing, in the order of the file.
    rooms: Vec<Range<usize>>,
    /// Items, and where their types are written.
    types: Vec<(u32, usize)>,
    /// Where the body of `idat` begins.
    idat: Option<usize>,
}

impl Layout {
    /// Nothing if there is any box that is not known here.
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut layout = Self::default();
        let mut metas = 0;
        let mut boxes = Boxes::new(bytes);
        for part in boxes.by_ref() {
            match &part.kind {
                b"ftyp" => {}
                b"meta" => {
                    metas += 1;
                    layout.read_tables(part.body, part.body_start)?;
                }
                b"mdat" => layout.add_room(part.body_start, part.body),
                kind if PADDING.contains(&kind) => layout.add_room(part.body_start, part.body),
                _ => return None,
            }
        }
        (boxes.rest().is_empty() && metas == 1).then_some(layout)
    }

    fn read_tables(&mut self, body: &[u8], body_start: usize) -> Option<()> {
        let mut fields = Fields::new(body);
        fields.version()?;
        let tables_start = body_start + (body.len() - fields.rest().len());
        let mut tables = Boxes::new(fields.rest());
        for table in tables.by_ref() {
            let start = tables_start + table.body_start;
            match &table.kind {
                b"iinf" => self.read_types(table.body, start)?,
                b"idat" => {
                    if self.idat.replace(start).is_some() {
                        return None;
                    }
                    self.add_room(start, table.body);
                }
                kind if PADDING.contains(&kind) => self.add_room(start, table.body),
                kind if TABLES.contains(&kind) => {}
                _ => return None,
            }
        }
        tables.rest().is_empty().then_some(())
    }

    fn read_types(&mut self, body: &[u8], body_start: usize) -> Option<()> {
        let mut fields = Fields::new(body);
        let (version, _) = fields.version()?;
        let _count = fields.item(version > 0)?;
        let entries_start = body_start + (body.len() - fields.rest().len());
        for part in Boxes::new(fields.rest()).filter(|part| &part.kind == b"infe") {
            let mut fields = Fields::new(part.body);
            let (version, _) = fields.version()?;
            let id = fields.item(version > 2)?;
            let _protection = fields.u16()?;
            self.types.push((id, entries_start + part.body_start + (part.body.len() - fields.rest().len())));
        }
        Some(())
    }

    fn add_room(&mut self, start: usize, body: &[u8]) {
        self.rooms.push(start..start + body.len());
    }

    fn has_room_for(&self, piece: &Range<usize>) -> bool {
        let next = self.rooms.partition_point(|room| room.start <= piece.start);
        let room = next.checked_sub(1).and_then(|last| self.rooms.get(last));
        room.is_some_and(|room| room.end >= piece.end)
    }
}

#[cfg(test)]
mod tests {
    use super::super::items::{Item, Items, Property, Reference};
    use super::*;

    const ALPHA: &[u8] = b"\0\0\0\0urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0";
    const DEPTH: &[u8] = b"\0\0\0\0urn:mpeg:mpegB:cicp:systems:auxiliary:depth\0";

    fn refer(kind: &[u8; 4], from: u32, to: &[u32]) -> Reference {
        Reference { kind: *kind, from, to: to.to_vec() }
    }

    /// A picture of two tiles with an opacity of two tiles (1 to 6), a thumbnail (7), a depth map (8), a gain map and
    /// what it is applied by (9, 10), tags (11), and another picture (12).
    fn rich<'a>() -> Meta<'a> {
        let kinds = [
            b"grid", b"hvc1", b"hvc1", b"grid", b"hvc1", b"hvc1", b"hvc1", b"hvc1", b"hvc1", b"tmap", b"Exif", b"hvc1",
        ];
        let mut items = Items::new();
        for (id, kind) in (1..).zip(kinds) {
            let properties = match id {
                4 => vec![0],
                8 => vec![1],
                _ => Vec::new(),
            };
            items.insert(id, Item { kind: *kind, properties, ..Item::default() });
        }
        let properties = [ALPHA, DEPTH].map(|body| Property { kind: *b"auxC", body }).into();
        let references = vec![
            refer(b"dimg", 1, &[2, 3]),
            refer(b"auxl", 8, &[1]),
            refer(b"auxl", 4, &[1]),
            refer(b"dimg", 4, &[5, 6]),
            refer(b"thmb", 7, &[1]),
            refer(b"dimg", 10, &[1, 9]),
            refer(b"cdsc", 11, &[1]),
        ];
        Meta { file: &[], idat: &[], primary: 1, items, properties, references }
    }

    #[test]
    fn only_the_picture_and_its_opacity_are_kept() {
        assert_eq!(kept(&rich()), Some(BTreeSet::from([1, 2, 3, 4, 5, 6])));
        assert_eq!(kept(&Meta { primary: 12, ..rich() }), Some(BTreeSet::from([12])));
    }

    #[test]
    fn pictures_that_are_made_of_other_things_are_left_alone() {
        let mut predicted = rich();
        predicted.references.push(refer(b"pred", 2, &[12]));
        assert_eq!(kept(&predicted), None);
        let mut of_tags = rich();
        of_tags.references.push(refer(b"dimg", 3, &[11]));
        assert_eq!(kept(&of_tags), None);
        assert_eq!(kept(&Meta { primary: 99, ..rich() }), None);
    }

    /// The bytes of a picture and its tiles.
    fn data(meta: &Meta<'_>, picture: u32) -> Vec<u8> {
        meta.parts([picture]).into_iter().flat_map(|id| meta.data(id).unwrap().into_owned()).collect()
    }

    #[test]
    fn thumbnails_are_emptied() {
        let heic = include_bytes!("../../../tests/fixtures/previewed.heic");
        let avif = include_bytes!("../../../tests/fixtures/previewed.avif");
        for bytes in [heic.as_slice(), avif] {
            let cleaned = without_metadata(bytes).unwrap();
            let (before, after) = (Meta::find(bytes).unwrap(), Meta::find(&cleaned).unwrap());
            let thumbnail = before.referrers(*b"thmb", before.primary).next().unwrap();
            assert!(data(&before, thumbnail).iter().any(|&byte| byte != 0));
            assert!(data(&after, thumbnail).iter().all(|&byte| byte == 0));
            assert_eq!(after.kind(thumbnail), Some(*NOTHING));
            assert_eq!(data(&after, after.primary), data(&before, before.primary));
            assert_eq!(after.kind(after.primary), before.kind(before.primary));
            assert_eq!(without_metadata(&cleaned), Some(cleaned.clone()));
        }
    }

    #[test]
    fn what_shares_bytes_with_the_picture_cannot_be_emptied() {
        assert_eq!(merged(vec![7..9, 0..2, 1..4, 4..5]), [0..5, 7..9]);
        let pieces = [0..5, 7..9];
        for (other, meets) in [(5..7, false), (4..7, true), (8..20, true), (9..20, false), (0..1, true)] {
            let others = [other];
            assert_eq!(do_meet(&pieces, &others), meets, "{others:?}");
            assert_eq!(do_meet(&others, &pieces), meets);
        }
        let layout = Layout { rooms: vec![8..20, 28..40], ..Layout::default() };
        assert!([8..20, 9..10, 30..40].iter().all(|piece| layout.has_room_for(piece)));
        assert!(![7..9, 19..21, 20..28, 12..30, 39..41].iter().any(|piece| layout.has_room_for(piece)));
    }
}
