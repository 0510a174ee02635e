//! `gallery.*`: named, ordered sets of pictures.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
use model::{Added, CreatedGallery, GalleryId, GalleryList, GalleryPage, ImageId, Moved, OwnGalleries, Success};
#[cfg(feature = "ssr")]
use model::{GalleryDraft, Hotlinks, Invalid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many galleries are listed where the caller does not say.
#[cfg(feature = "ssr")]
const DEFAULT_LIMIT: u64 = 20;

/// `gallery.listPublic`: public galleries, the newest first. `page` counts from 1, `limit` is 1 to 100.
#[server(
    prefix = "/api/rpc", endpoint = "gallery.listPublic", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
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

/// `gallery.get`: a gallery and a page of its pictures, by id or by slug.
#[server(prefix = "/api/rpc", endpoint = "gallery.get", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn gallery_get(
    /// The gallery; leave it out to name it by its slug.
    #[server(default)]
    #[server(rename = "galleryId")]
    gallery_id: Option<GalleryId>,
    /// Its place in addresses; leave it out to name it by its id.
    #[server(default)]
    slug: Option<String>,
    /// Counted from 1, 60 pictures each; the first if left out.
    #[server(default)]
    page: Option<u64>,
) -> Result<GalleryPage, RpcError> {
    let caller = Caller::current();
    let page = page.unwrap_or(1);
    match (gallery_id, slug.filter(|slug| !slug.is_empty())) {
        (Some(id), None) => Ok(caller.library.gallery_page_by_id(&caller.viewer, &id, page).await?),
        (None, Some(slug)) => Ok(caller.library.gallery_page(&caller.viewer, &slug, page).await?),
        _ => Err(Invalid::field("galleryId", "Name the gallery by galleryId or by slug.").into()),
    }
}

/// `gallery.listMine`: the caller’s galleries, private ones too, in their order: the first 500.
#[server(
    prefix = "/api/rpc", endpoint = "gallery.listMine", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn gallery_list_mine() -> Result<OwnGalleries, RpcError> {
    let caller = Caller::current();
    Ok(OwnGalleries { galleries: caller.library.own_galleries(&caller.viewer).await? })
}

/// `gallery.create`: makes a gallery of the caller's.
#[server(prefix = "/api/rpc", endpoint = "gallery.create", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
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

/// `gallery.update`: changes name, description and visibility, and which other sites may show its pictures; the slug
/// stays.
#[server(prefix = "/api/rpc", endpoint = "gallery.update", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
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
    /// Hosts such as `example.com` or `*.example.com` with spaces between them, `*` for every site, `none` for no other;
    /// empty: as the site’s settings say; if left out, it stays.
    #[server(default)]
    hotlinks: Option<String>,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    let draft = GalleryDraft::parse(&name, &description, is_public)?;
    let hotlinks = hotlinks.map(|hosts| Hotlinks::parse(&hosts)).transpose();
    let hotlinks = hotlinks.map_err(|reason| Invalid::field("hotlinks", reason))?;
    caller.library.update_gallery(&caller.viewer, &gallery_id, draft, hotlinks).await?;
    Ok(Success::YES)
}

/// `gallery.delete`: deletes a gallery; its pictures stay in the library.
#[server(prefix = "/api/rpc", endpoint = "gallery.delete", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
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
#[server(
    prefix = "/api/rpc", endpoint = "gallery.addImages", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
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
#[server(
    prefix = "/api/rpc", endpoint = "gallery.removeImages", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
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

/// `gallery.moveImages`: moves pictures of the caller’s from one gallery to the end of another: all of them, or none if
/// one is not in the first.
#[server(
    prefix = "/api/rpc", endpoint = "gallery.moveImages", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn gallery_move_images(
    /// The gallery they are in.
    #[server(rename = "fromGalleryId")]
    from_gallery_id: GalleryId,
    /// The gallery they go to; those it holds already stay where they are in it.
    #[server(rename = "toGalleryId")]
    to_gallery_id: GalleryId,
    /// 1 to 1,000 pictures.
    #[server(default)]
    #[server(rename = "imageIds")]
    image_ids: Vec<ImageId>,
) -> Result<Moved, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.move_to_gallery(&caller.viewer, &from_gallery_id, &to_gallery_id, &image_ids).await?)
}

/// `gallery.setOrder`: puts pictures of a gallery first, in this order; the others follow in the order they had.
#[server(
    prefix = "/api/rpc", endpoint = "gallery.setOrder", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn gallery_set_order(
    /// The gallery.
    #[server(rename = "galleryId")]
    gallery_id: GalleryId,
    /// 1 to 1,000 pictures that are in it.
    #[server(default)]
    #[server(rename = "imageIds")]
    image_ids: Vec<ImageId>,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.set_gallery_order(&caller.viewer, &gallery_id, &image_ids).await?;
    Ok(Success::YES)
}

/// `gallery.setCover`: chooses the picture that lists show first for a gallery.
#[server(
    prefix = "/api/rpc", endpoint = "gallery.setCover", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn gallery_set_cover(
    /// The gallery.
    #[server(rename = "galleryId")]
    gallery_id: GalleryId,
    /// A picture that is in it; left out, the first in its order.
    #[server(default)]
    #[server(rename = "imageId")]
    image_id: Option<ImageId>,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.set_gallery_cover(&caller.viewer, &gallery_id, image_id.as_ref()).await?;
    Ok(Success::YES)
}

/// `gallery.reorder`: puts galleries of the caller’s own first, in this order; the others follow in the order they had.
#[server(prefix = "/api/rpc", endpoint = "gallery.reorder", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn gallery_reorder(
    /// 1 to 1,000 galleries.
    #[server(default)]
    #[server(rename = "galleryIds")]
    gallery_ids: Vec<GalleryId>,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.reorder_galleries(&caller.viewer, &gallery_ids).await?;
    Ok(Success::YES)
}
