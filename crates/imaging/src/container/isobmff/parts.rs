//! The items that a picture is drawn from.

use super::meta::Meta;
use std::collections::BTreeSet;

impl Meta<'_> {
    /// These pictures and all that they are derived or predicted from, each as often as it is drawn: the tiles of a
    /// grid, say. Opacity is another picture.
    pub(crate) fn parts(&self, of: impl IntoIterator<Item = u32>) -> Vec<u32> {
        let mut parts = Vec::new();
        let mut followed = BTreeSet::new();
        let mut open: Vec<u32> = of.into_iter().collect();
        while let Some(id) = open.pop() {
            parts.push(id);
            if followed.insert(id) {
                let is_needed = |kind: &[u8; 4]| matches!(kind, b"dimg" | b"pred");
                let of_it = self.references.iter().filter(|found| found.from == id && is_needed(&found.kind));
                open.extend(of_it.flat_map(|reference| &reference.to));
            }
        }
        parts
    }

    /// The items that hold the opacity of a picture with these parts.
    pub(crate) fn opacities(&self, parts: &[u32]) -> BTreeSet<u32> {
        let parts: BTreeSet<u32> = parts.iter().copied().collect();
        parts.into_iter().filter_map(|part| self.alpha_item(part)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::items::{Items, Reference};
    use super::*;

    #[test]
    fn parts_are_followed_but_not_in_circles() {
        let refer = |kind: &[u8; 4], from: u32, to: &[u32]| Reference { kind: *kind, from, to: to.to_vec() };
        let references = vec![
            refer(b"dimg", 1, &[2]),
            refer(b"dimg", 2, &[3, 4, 4]),
            refer(b"pred", 3, &[5]),
            refer(b"dimg", 5, &[1]),
            refer(b"thmb", 6, &[1]),
            refer(b"auxl", 7, &[1]),
            refer(b"dimg", 8, &[9]),
        ];
        let meta = Meta { file: &[], idat: &[], primary: 1, items: Items::new(), properties: Vec::new(), references };
        let mut parts = meta.parts([1]);
        parts.sort_unstable();
        assert_eq!(parts, [1, 1, 2, 3, 4, 4, 5]);
        assert_eq!(meta.parts([9]), [9]);
    }
}
