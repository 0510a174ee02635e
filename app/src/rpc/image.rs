//! `image.*`: pictures and their uploads.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
use model::{Confirmed, ImageId, Likes, Picture, Success, UploadTicket, ViewUrl};
#[cfg(feature = "ssr")]
use model::{Description, Invalid, PictureChange, Tags, Title, UploadDraft};

/// `image.getMetadata`: what is shown of a picture.
#[server(prefix = "/api/rpc", endpoint = "image.getMetadata")]
pub async fn image_get_metadata(
    /// The picture.
    #[server(rename = "imageId")]
    image_id: ImageId,
) -> Result<Picture, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.picture(&caller.viewer, &image_id).await?)
}

/// `image.generateUploadUrl`: begins an upload; PUT the bytes to the answered address, then confirm. With `size`,
/// in bytes, the address takes exactly so many.
#[server(prefix = "/api/rpc", endpoint = "image.generateUploadUrl")]
pub async fn image_generate_upload_url(
    /// The file’s name, without folders.
    filename: String,
    /// As the bytes are; `image/jpeg`, `image/png`, `image/webp` or `image/gif`.
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
#[server(prefix = "/api/rpc", endpoint = "image.confirmUpload")]
pub async fn image_confirm_upload(
    /// As `image.generateUploadUrl` answered it.
    #[server(rename = "assetId")]
    asset_id: ImageId,
) -> Result<Confirmed, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.confirm_upload(&caller.viewer, &asset_id).await?)
}

/// `image.generateViewUrl`: a presigned address of the original, for its owner.
#[server(prefix = "/api/rpc", endpoint = "image.generateViewUrl")]
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
#[server(prefix = "/api/rpc", endpoint = "image.update")]
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
#[server(prefix = "/api/rpc", endpoint = "image.delete")]
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
#[server(prefix = "/api/rpc", endpoint = "image.like")]
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
