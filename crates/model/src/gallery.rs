//! Galleries: named, ordered sets of pictures.

use crate::{Description, GalleryId, GalleryName, Invalid, Thumb};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A checked wish for a gallery, new or changed.
#[derive(Clone, Debug)]
pub struct GalleryDraft {
    /// Its name.
    pub name: GalleryName,
    /// One line or more about it; may be empty.
    pub description: Description,
    /// Whether anyone may see it and its pictures.
    pub is_public: bool,
}

impl GalleryDraft {
    /// Checks name and description together.
    pub fn parse(name: &str, description: &str, is_public: bool) -> Result<Self, Invalid> {
        match (GalleryName::parse(name), Description::parse(description)) {
            (Ok(name), Ok(description)) => Ok(Self { name, description, is_public }),
            (name, description) => {
                Err(Invalid::default().and("name", name.err()).and("description", description.err()))
            }
        }
    }
}

/// A gallery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Gallery {
    /// Stays the same when the name changes.
    pub id: GalleryId,
    /// Its place in addresses: `/gallery/{slug}`.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// May be empty.
    pub description: String,
    /// Whether anyone may see it.
    pub is_public: bool,
    /// The owner's name.
    pub owner: String,
    /// How many pictures it holds.
    pub count: u64,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub updated_at: i64,
    /// Whether the one who asks may change it.
    pub editable: bool,
    /// Which other sites may show its pictures, for who may change it; absent if the site says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hotlinks: Option<String>,
}

/// A gallery and its first pictures: what a list shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GalleryCard {
    /// The gallery.
    #[serde(flatten)]
    pub gallery: Gallery,
    /// Up to three pictures, the first being the cover.
    pub covers: Vec<Thumb>,
}

/// `gallery.listPublic` answers this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GalleryList {
    /// The newest first.
    pub galleries: Vec<GalleryCard>,
    /// How many pages of this size there are; 0 when there is no gallery.
    pub total_pages: u64,
}

/// One page of a gallery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GalleryPage {
    /// The gallery.
    pub gallery: Gallery,
    /// In the owner's order.
    pub pictures: Vec<Thumb>,
    /// Counted from 1.
    pub page: u64,
    /// At least 1.
    pub total_pages: u64,
}

/// `gallery.create` answers this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreatedGallery {
    /// The new gallery.
    pub gallery_id: GalleryId,
    /// Its place in addresses.
    pub slug: String,
}

/// `gallery.addImages` answers this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Added {
    /// How many were not in it before.
    pub added: u64,
}

/// `gallery.listMine` answers this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OwnGalleries {
    /// The caller’s, private ones too, in their order: the first 500.
    pub galleries: Vec<GalleryCard>,
}

/// `gallery.moveImages` answers this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Moved {
    /// How many left the one gallery for the other.
    pub moved: u64,
}
