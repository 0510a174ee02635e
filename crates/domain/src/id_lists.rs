//! Lists of ids as statements take them: one bound JSON value, however many there are.

use crate::{Error, Result};
use model::{GalleryId, ImageId};
use serde::Serialize;
use std::{collections::HashSet, hash::Hash};

/// The most ids that one call names.
pub(crate) const MOST_IDS: usize = 1_000;

/// Distinct ids in the order they were given in, as a JSON list for `json_each`.
#[derive(Clone, Debug)]
pub(crate) struct IdList {
    json: String,
    count: u64,
}

impl IdList {
    /// The pictures a call names in `imageIds`: 1 to `most`.
    pub(crate) fn pictures(ids: &[ImageId], most: usize) -> Result<Self> {
        Self::of(ids, most, "imageIds", ["picture", "pictures"])
    }

    /// The galleries a call names in `galleryIds`: 1 to [`MOST_IDS`].
    pub(crate) fn galleries(ids: &[GalleryId]) -> Result<Self> {
        Self::of(ids, MOST_IDS, "galleryIds", ["gallery", "galleries"])
    }

    /// One picture, for statements that take several.
    pub(crate) fn one(id: &ImageId) -> Result<Self> {
        Self::pictures(std::slice::from_ref(id), 1)
    }

    fn of<Id: Serialize + Hash + Eq>(ids: &[Id], most: usize, field: &str, [one, many]: [&str; 2]) -> Result<Self> {
        if ids.is_empty() {
            return Err(Error::field(field, format!("Choose at least one {one}.")));
        }
        if ids.len() > most {
            return Err(Error::field(field, format!("Choose at most {most} {many} at once.")));
        }
        let mut seen = HashSet::new();
        let distinct: Vec<_> = ids.iter().filter(|id| seen.insert(*id)).collect();
        Ok(Self { json: serde_json::to_string(&distinct)?, count: distinct.len() as u64 })
    }

    /// For binding.
    pub(crate) fn json(&self) -> &str {
        &self.json
    }

    /// How many there are.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_given_twice_counts_once() {
        let ids = ["b", "a", "b"].map(|id| ImageId::parse(id).unwrap());
        let list = IdList::pictures(&ids, 3).unwrap();
        assert_eq!((list.json(), list.count()), (r#"["b","a"]"#, 2));
        assert!(IdList::pictures(&ids, 2).is_err() && IdList::pictures(&[], 2).is_err());
    }
}
