//! The `meta` box of a file: its items, and what is said of them.

use super::boxes::{Boxes, Fields};
use super::items::{self, Items, Property, Reference, Source};
use crate::Refusal;
use std::borrow::Cow;

/// The items of a file and what is said of them. References may lead anywhere, also in circles: follow none twice.
pub(crate) struct Meta<'a> {
    pub(super) file: &'a [u8],
    pub(super) idat: &'a [u8],
    pub(super) primary: u32,
    pub(super) items: Items<'a>,
    pub(super) properties: Vec<Property<'a>>,
    pub(super) references: Vec<Reference>,
}

impl<'a> Meta<'a> {
    /// Reads the box of a picture. A file that ends before it is cut short.
    pub(crate) fn open(file: &'a [u8]) -> Result<Self, Refusal> {
        let mut boxes = Boxes::new(file);
        let is_there = boxes.any(|part| &part.kind == b"meta");
        let is_cut = !is_there && !boxes.rest().is_empty();
        Self::find(file).ok_or(if is_cut { Refusal::Truncated } else { Refusal::Corrupt })
    }

    /// Nothing if there is no such box or what it says makes no sense.
    pub(crate) fn find(file: &'a [u8]) -> Option<Self> {
        let body = Boxes::new(file).find(|part| &part.kind == b"meta")?.body;
        let mut fields = Fields::new(body);
        fields.version()?;
        let mut meta =
            Self { file, idat: &[], primary: 0, items: Items::new(), properties: Vec::new(), references: Vec::new() };
        let mut primary = None;
        for part in Boxes::new(fields.rest()) {
            match &part.kind {
                b"pitm" => primary = Some(items::primary(part.body)?),
                b"iinf" => items::read_types(part.body, &mut meta.items)?,
                b"iloc" => items::read_places(part.body, &mut meta.items)?,
                b"iprp" => items::read_properties(part.body, &mut meta.items, &mut meta.properties)?,
                b"iref" => items::read_references(part.body, &mut meta.references)?,
                b"idat" => meta.idat = part.body,
                _ => {}
            }
        }
        meta.primary = primary?;
        Some(meta)
    }

    /// The item that is the picture.
    pub(crate) fn primary(&self) -> u32 {
        self.primary
    }

    /// The type of an item.
    pub(crate) fn kind(&self, id: u32) -> Option<[u8; 4]> {
        self.items.get(&id).map(|item| item.kind)
    }

    /// The bytes of an item.
    pub(crate) fn data(&self, id: u32) -> Result<Cow<'a, [u8]>, Refusal> {
        let item = self.items.get(&id).ok_or(Refusal::Corrupt)?;
        let (source, lack) = match item.source {
            Source::File => (self.file, Refusal::Truncated),
            Source::Idat => (self.idat, Refusal::Corrupt),
            Source::Elsewhere => return Err(Refusal::Corrupt),
        };
        let mut pieces = Vec::with_capacity(item.extents.len());
        let mut length = 0_usize;
        for extent in &item.extents {
            let end = extent.start.checked_add(extent.length).ok_or(Refusal::Corrupt)?;
            pieces.push(source.get(extent.start..end).ok_or_else(|| lack.clone())?);
            // Pieces that overlap could add up to more than memory holds.
            length = length.saturating_add(extent.length);
        }
        if length > source.len() {
            return Err(Refusal::Corrupt);
        }
        Ok(match pieces.as_slice() {
            [piece] => Cow::Borrowed(*piece),
            pieces => Cow::Owned(pieces.concat()),
        })
    }

    /// What an item refers to in this way, in order. There should be one list of it, but nothing keeps a file from
    /// having several: then they count as one, here as in [`parts`](Self::parts).
    pub(crate) fn targets(&self, kind: [u8; 4], from: u32) -> impl Iterator<Item = u32> {
        self.references
            .iter()
            .filter(move |reference| reference.kind == kind && reference.from == from)
            .flat_map(|reference| reference.to.iter().copied())
    }

    /// The items that refer to an item in this way.
    pub(super) fn referrers(&self, kind: [u8; 4], to: u32) -> impl Iterator<Item = u32> {
        self.references
            .iter()
            .filter(move |reference| reference.kind == kind && reference.to.contains(&to))
            .map(|reference| reference.from)
    }

    /// The item with the EXIF tags of the picture; of several, the one that says so.
    pub(super) fn exif_item(&self) -> Option<u32> {
        let is_exif = |id: &u32| self.kind(*id) == Some(*b"Exif");
        let said = self.referrers(*b"cdsc", self.primary).find(is_exif);
        said.or_else(|| self.items.keys().copied().find(is_exif))
    }

    /// The properties of an item, in the order in which they count.
    pub(super) fn properties(&self, id: u32) -> impl Iterator<Item = &Property<'a>> {
        let numbers = self.items.get(&id).map_or(&[][..], |item| item.properties.as_slice());
        numbers.iter().filter_map(move |&number| self.properties.get(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_lists_of_an_item_count_as_one() {
        let refer = |kind: &[u8; 4], from: u32, to: &[u32]| Reference { kind: *kind, from, to: to.to_vec() };
        let references =
            vec![refer(b"dimg", 1, &[2, 3]), refer(b"dimg", 4, &[9]), refer(b"prem", 1, &[8]), refer(b"dimg", 1, &[5])];
        let meta = Meta { file: &[], idat: &[], primary: 1, items: Items::new(), properties: Vec::new(), references };
        assert_eq!(meta.targets(*b"dimg", 1).collect::<Vec<u32>>(), [2, 3, 5]);
        assert_eq!(meta.targets(*b"dimg", 2).next(), None);
        assert_eq!(meta.referrers(*b"dimg", 5).collect::<Vec<u32>>(), [1]);
    }
}
