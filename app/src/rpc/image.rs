//! `image.*`: pictures and their uploads.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
use model::{
    ChangedPictures, Confirmed, DeletedPictures, Favourite, Fit, Gravity, ImageId, Likes, OwnPictures, Picture,
    PictureFormat, PicturePage, Success, UploadState, UploadTicket, VariantUrl, ViewUrl,
};
#[cfg(feature = "ssr")]
use model::{Description, Invalid, PictureChange, Tags, TagsChange, Title, UploadDraft, VariantOptions};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `image.getMetadata`: what is shown of a picture.
#[server(
    prefix = "/api/rpc", endpoint = "image.getMetadata", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn image_get_metadata(
    /// The picture.
    #[server(rename = "imageId")]
    image_id: ImageId,
) -> Result<Picture, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.picture(&caller.viewer, &image_id).await?)
}

/// `image.listMine`: the caller’s pictures in every state, the newest first, 100 at once.
#[server(prefix = "/api/rpc", endpoint = "image.listMine", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn image_list_mine(
    /// `nextCursor` of the page before.
    #[server(default)]
    cursor: Option<String>,
    /// Only those whose upload stands here; all if left out.
    #[server(default)]
    state: Option<UploadState>,
) -> Result<OwnPictures, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.own_pictures(&caller.viewer, cursor.as_deref(), state).await?)
}

/// `image.generateUploadUrl`: begins an upload; PUT the bytes to the answered address, then confirm. The PUT carries
/// the answered `contentType` as `Content-Type`. With `size`, in bytes, the address takes exactly so many. JPEG, PNG,
/// WebP, AVIF, GIF, HEIC, JPEG XL, TIFF, BMP and SVG are taken.
#[server(
    prefix = "/api/rpc", endpoint = "image.generateUploadUrl", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn image_generate_upload_url(
    /// The file’s name, without folders.
    filename: String,
    /// What the file is, and what the PUT sends: `image/jpeg`, `image/heic`, `image/svg+xml`… With
    /// `application/octet-stream`, the file’s ending tells what it is; where this is empty, the ending also tells what
    /// the PUT sends. What the bytes really are is found out when they are there.
    #[server(rename = "contentType")]
    content_type: String,
    /// Bytes.
    #[server(default)]
    size: Option<u64>,
) -> Result<UploadTicket, RpcError> {
    let caller = Caller::current();
    let draft = UploadDraft::parse(&filename, &content_type, size)?;
    Ok(caller.library.begin_upload(&caller.viewer, &draft, &caller.origin).await?)
}

/// `image.confirmUpload`: has the uploaded bytes looked at; answers `completed`, `failed` with a reason, or
/// `pending` when they are not there yet.
#[server(
    prefix = "/api/rpc", endpoint = "image.confirmUpload", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn image_confirm_upload(
    /// As `image.generateUploadUrl` answered it.
    #[server(rename = "assetId")]
    asset_id: ImageId,
) -> Result<Confirmed, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.confirm_upload(&caller.viewer, &asset_id).await?)
}

/// `image.import`: fetches a picture from another site, once, and makes it the caller’s. Only from addresses that anyone on
/// the internet can open, within a minute.
#[server(prefix = "/api/rpc", endpoint = "image.import", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn image_import(
    /// The picture’s own address, with `http` or `https`.
    url: String,
) -> Result<Picture, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.import_picture(&caller.viewer, &url).await?)
}

/// `image.generateViewUrl`: a presigned address of the original, for its owner.
#[server(
    prefix = "/api/rpc", endpoint = "image.generateViewUrl", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn image_generate_view_url(
    /// The picture.
    #[server(rename = "imageId")]
    image_id: ImageId,
) -> Result<ViewUrl, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.view_url(&caller.viewer, &image_id, &caller.origin).await?)
}

/// `image.update`: changes title, description or tags; what is left out stays. Tags may also come several in one
/// text, with commas.
#[server(prefix = "/api/rpc", endpoint = "image.update", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn image_update(
    /// The picture.
    #[server(rename = "imageId")]
    image_id: ImageId,
    /// Up to 200 characters.
    #[server(default)]
    title: Option<String>,
    /// Up to 5,000 characters.
    #[server(default)]
    description: Option<String>,
    /// All it has from now on: at most 20, each up to 40 characters.
    #[server(default)]
    tags: Option<Vec<String>>,
) -> Result<Picture, RpcError> {
    let caller = Caller::current();
    let title = title.map(|title| Title::parse(&title)).transpose();
    let description = description.map(|description| Description::parse(&description)).transpose();
    let tags = tags.map(|tags| Tags::parse(&tags.join(","))).transpose();
    let change = match (title, description, tags) {
        (Ok(title), Ok(description), Ok(tags)) => PictureChange { title, description, tags },
        (title, description, tags) => {
            let invalid = Invalid::default().and("title", title.err()).and("description", description.err());
            return Err(invalid.and("tags", tags.err()).into());
        }
    };
    Ok(caller.library.update_picture(&caller.viewer, &image_id, change).await?)
}

/// `image.delete`: deletes a picture with its original, likes and comments.
#[server(prefix = "/api/rpc", endpoint = "image.delete", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn image_delete(
    /// The picture.
    #[server(rename = "imageId")]
    image_id: ImageId,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.delete_picture(&caller.viewer, &image_id).await?;
    Ok(Success::YES)
}

/// `image.like`: likes a picture, or no longer.
#[server(prefix = "/api/rpc", endpoint = "image.like", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn image_like(
    /// The picture.
    #[server(rename = "imageId")]
    image_id: ImageId,
    /// Whether the caller likes it from now on.
    liked: bool,
) -> Result<Likes, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.like(&caller.viewer, &image_id, liked).await?)
}

/// `image.favourite`: keeps a picture among the caller’s favourites, or no longer. Nobody else sees them.
#[server(prefix = "/api/rpc", endpoint = "image.favourite", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn image_favourite(
    /// The picture.
    #[server(rename = "imageId")]
    image_id: ImageId,
    /// Whether it is a favourite from now on.
    favourite: bool,
) -> Result<Favourite, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.favourite(&caller.viewer, &image_id, favourite).await?)
}

/// `image.listFavourites`: the caller’s favourites that they may still see, the last chosen first, 60 at once.
#[server(
    prefix = "/api/rpc", endpoint = "image.listFavourites", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn image_list_favourites(
    /// `nextCursor` of the page before.
    #[server(default)]
    cursor: Option<String>,
) -> Result<PicturePage, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.favourites(&caller.viewer, cursor.as_deref()).await?)
}

/// `image.updateMany`: puts tags on many pictures and takes others off: on all of them, or on none if one is not the
/// caller’s to change.
#[server(
    prefix = "/api/rpc", endpoint = "image.updateMany", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn image_update_many(
    /// 1 to 1,000 completed pictures.
    #[server(default)]
    #[server(rename = "imageIds")]
    image_ids: Vec<ImageId>,
    /// For those that lack them; each up to 40 characters. A picture has at most 20 tags.
    #[server(default)]
    #[server(rename = "addTags")]
    add_tags: Vec<String>,
    /// From those that have them; at most 20.
    #[server(default)]
    #[server(rename = "removeTags")]
    remove_tags: Vec<String>,
) -> Result<ChangedPictures, RpcError> {
    let caller = Caller::current();
    let change = match (Tags::parse(&add_tags.join(",")), Tags::parse(&remove_tags.join(","))) {
        (Ok(add), Ok(remove)) => TagsChange { add, remove },
        (add, remove) => {
            return Err(Invalid::default().and("addTags", add.err()).and("removeTags", remove.err()).into());
        }
    };
    Ok(caller.library.update_pictures(&caller.viewer, &image_ids, change).await?)
}

/// `image.deleteMany`: deletes many pictures with their originals, likes and comments: all of them, or none if one is
/// not the caller’s to change.
#[server(
    prefix = "/api/rpc", endpoint = "image.deleteMany", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn image_delete_many(
    /// 1 to 100 pictures, whatever became of their upload.
    #[server(default)]
    #[server(rename = "imageIds")]
    image_ids: Vec<ImageId>,
) -> Result<DeletedPictures, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.delete_pictures(&caller.viewer, &image_ids).await?)
}

/// `image.variantUrl`: the address of a picture in any size and shape, signed where it is neither on the ladder nor a
/// preset; for its owner and admins. Whoever may see the picture may fetch it there, and nobody can make another
/// address of it. Without width, height and preset it is 960 pixels wide; a picture is never enlarged.
#[server(
    prefix = "/api/rpc", endpoint = "image.variantUrl", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn image_variant_url(
    /// The picture.
    #[server(rename = "imageId")]
    image_id: ImageId,
    /// `thumb`, `square`, `card`, `wide`, `social` or `icon`; beside it only quality, dpr up to 2, format and still.
    #[server(default)]
    preset: Option<String>,
    /// Pixels, 1 to 8192.
    #[server(default)]
    width: Option<u32>,
    /// Pixels, 1 to 8192.
    #[server(default)]
    height: Option<u32>,
    /// `inside` both sides, which is taken if it is left out; `cover` fills them and cuts; `contain` leaves room.
    #[server(default)]
    fit: Option<Fit>,
    /// Which part stays when it is cut, or where it stands in the room around it; `centre` if it is left out.
    #[server(default)]
    gravity: Option<Gravity>,
    /// 1 to 100.
    #[server(default)]
    quality: Option<u8>,
    /// 1, 1.5, 2, 3 or 4; multiplies both sides.
    #[server(default)]
    dpr: Option<f64>,
    /// What the browser takes if it is left out.
    #[server(default)]
    format: Option<PictureFormat>,
    /// Whether only the first frame of a moving picture is shown.
    #[server(default)]
    still: Option<bool>,
) -> Result<VariantUrl, RpcError> {
    let caller = Caller::current();
    let still = still.unwrap_or_default();
    let wish = VariantOptions { preset, width, height, fit, gravity, quality, dpr, format, still };
    let variant = wish.variant().map_err(|problem| Invalid::field(&problem.option, problem.reason.as_str()))?;
    Ok(VariantUrl { url: caller.library.variant_url(&caller.viewer, &image_id, variant).await? })
}
