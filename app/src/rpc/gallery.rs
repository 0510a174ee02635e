//! `gallery.*`: named, ordered sets of pictures.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::GalleryDraft;
use model::{Added, CreatedGallery, GalleryId, GalleryList, ImageId, Success};

/// How many galleries are listed where the caller does not say.
#[cfg(feature = "ssr")]
const DEFAULT_LIMIT: u64 = 20;

/// `gallery.listPublic`: public galleries, the newest first. `page` counts from 1, `limit` is 1 to 100.
#[server(prefix = "/api/rpc", endpoint = "gallery.listPublic")]
pub async fn gallery_list_public(
    /// Counted from 1.
    #[server(default)]
    page: Option<u64>,
    /// 1 to 100; 20 if left out.
    #[server(default)]
    limit: Option<u64>,
) -> Result<GalleryList, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.public_galleries(page.unwrap_or(1), limit.unwrap_or(DEFAULT_LIMIT)).await?)
}

/// `gallery.create`: makes a gallery of the caller's.
#[server(prefix = "/api/rpc", endpoint = "gallery.create")]
pub async fn gallery_create(
    /// 1 to 100 characters.
    name: String,
    /// Up to 5,000 characters.
    #[server(default)]
    description: String,
    /// Whether anyone may see it.
    #[server(default)]
    #[server(rename = "isPublic")]
    is_public: bool,
) -> Result<CreatedGallery, RpcError> {
    let caller = Caller::current();
    let draft = GalleryDraft::parse(&name, &description, is_public)?;
    Ok(caller.library.create_gallery(&caller.viewer, draft).await?)
}

/// `gallery.update`: changes name, description and visibility; the slug stays.
#[server(prefix = "/api/rpc", endpoint = "gallery.update")]
pub async fn gallery_update(
    /// The gallery.
    #[server(rename = "galleryId")]
    gallery_id: GalleryId,
    /// 1 to 100 characters.
    name: String,
    /// Up to 5,000 characters.
    #[server(default)]
    description: String,
    /// Whether anyone may see it.
    #[server(default)]
    #[server(rename = "isPublic")]
    is_public: bool,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    let draft = GalleryDraft::parse(&name, &description, is_public)?;
    caller.library.update_gallery(&caller.viewer, &gallery_id, draft).await?;
    Ok(Success::YES)
}

/// `gallery.delete`: deletes a gallery; its pictures stay in the library.
#[server(prefix = "/api/rpc", endpoint = "gallery.delete")]
pub async fn gallery_delete(
    /// The gallery.
    #[server(rename = "galleryId")]
    gallery_id: GalleryId,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.delete_gallery(&caller.viewer, &gallery_id).await?;
    Ok(Success::YES)
}

/// `gallery.addImages`: puts pictures of the caller's at the end of a gallery.
#[server(prefix = "/api/rpc", endpoint = "gallery.addImages")]
pub async fn gallery_add_images(
    /// The gallery.
    #[server(rename = "galleryId")]
    gallery_id: GalleryId,
    /// 1 to 1,000 pictures.
    #[server(default)]
    #[server(rename = "imageIds")]
    image_ids: Vec<ImageId>,
) -> Result<Added, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.add_to_gallery(&caller.viewer, &gallery_id, &image_ids).await?)
}

/// `gallery.removeImages`: takes pictures out of a gallery; they stay in the library.
#[server(prefix = "/api/rpc", endpoint = "gallery.removeImages")]
pub async fn gallery_remove_images(
    /// The gallery.
    #[server(rename = "galleryId")]
    gallery_id: GalleryId,
    /// 1 to 1,000 pictures.
    #[server(default)]
    #[server(rename = "imageIds")]
    image_ids: Vec<ImageId>,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.remove_from_gallery(&caller.viewer, &gallery_id, &image_ids).await?;
    Ok(Success::YES)
}
