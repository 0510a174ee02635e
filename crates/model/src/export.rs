//! Everything of one account, to take along.

use crate::{Camera, CommentId, GalleryId, ImageId, Profile, UploadState};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `user.export` answers this. All lists begin with the oldest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Export {
    /// When it was made, in Unix seconds.
    pub exported_at: i64,
    /// The account.
    pub profile: Profile,
    /// Its galleries.
    pub galleries: Vec<ExportedGallery>,
    /// Its pictures, whatever became of their upload.
    pub pictures: Vec<ExportedPicture>,
    /// What it wrote under pictures, its own and others'.
    pub comments: Vec<ExportedComment>,
    /// What it likes.
    pub likes: Vec<ExportedMark>,
    /// Its favourites.
    pub favourites: Vec<ExportedMark>,
}

/// A gallery with its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExportedGallery {
    /// The gallery.
    pub id: GalleryId,
    /// Its place in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// May be empty.
    pub description: String,
    /// Whether anyone may see it.
    pub is_public: bool,
    /// The picture that lists show first, if one was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover_image_id: Option<ImageId>,
    /// Its pictures, in their order.
    pub image_ids: Vec<ImageId>,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub updated_at: i64,
}

/// A picture with all that is known of it, and where its original is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExportedPicture {
    /// The picture.
    pub id: ImageId,
    /// May be empty.
    pub title: String,
    /// May be empty.
    pub description: String,
    /// In the order given.
    pub tags: Vec<String>,
    /// As uploaded.
    pub filename: String,
    /// Of the original.
    pub content_type: String,
    /// Where the upload stands.
    pub state: UploadState,
    /// Why it failed, as a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The original's size.
    pub bytes: u64,
    /// SHA-256 of the original in hexadecimal, once completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checksum: Option<String>,
    /// Pixels, as shown; 0 until completed.
    pub width: u32,
    /// Pixels, as shown; 0 until completed.
    pub height: u32,
    /// Its mean colour, `#rrggbb`.
    pub colour: String,
    /// What the camera wrote, without place, serial numbers and names; the original has them.
    pub camera: Camera,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub updated_at: i64,
    /// Where the original can be fetched for an hour, once completed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original_url: Option<String>,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExportedComment {
    /// The comment.
    pub id: CommentId,
    /// Under which picture.
    pub image_id: ImageId,
    /// Plain text; line breaks count.
    pub content: String,
    /// Unix seconds.
    pub created_at: i64,
    /// When it was last changed, in Unix seconds; absent if it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<i64>,
}

/// A picture that was liked or made a favourite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExportedMark {
    /// The picture.
    pub image_id: ImageId,
    /// Since when, in Unix seconds.
    pub created_at: i64,
}
