//! `share.*`: links that show a picture or a gallery to whoever holds them.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
use model::{CreatedShare, GalleryId, ImageId, ShareId, Shares, Success, Unlocked};
#[cfg(feature = "ssr")]
use model::{Password, ShareDraft};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `share.create`: makes a link to a picture or to a gallery with its pictures. Whoever holds it may see them, not
/// change them. The link is told this once.
#[server(prefix = "/api/rpc", endpoint = "share.create", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn share_create(
    /// The picture; leave it out for a gallery.
    #[server(default)]
    #[server(rename = "imageId")]
    image_id: Option<ImageId>,
    /// The gallery; leave it out for a picture.
    #[server(default)]
    #[server(rename = "galleryId")]
    gallery_id: Option<GalleryId>,
    /// What whoever holds the link has to type first, 8 to 256 characters; nothing if left out.
    #[server(default)]
    password: Option<String>,
    /// After how many seconds the link ends, 1 to 315,360,000 (ten years); if left out, not before it is revoked.
    #[server(default)]
    #[server(rename = "expiresIn")]
    expires_in: Option<u64>,
) -> Result<CreatedShare, RpcError> {
    let caller = Caller::current();
    let draft = ShareDraft::parse(image_id, gallery_id, password.as_deref(), expires_in)?;
    Ok(caller.library.create_share(&caller.viewer, draft, &caller.origin).await?)
}

/// `share.list`: links to the caller’s pictures and galleries, the newest first, 100 at once. The links themselves
/// are not told again.
#[server(prefix = "/api/rpc", endpoint = "share.list", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn share_list(
    /// `nextCursor` of the page before.
    #[server(default)]
    cursor: Option<String>,
) -> Result<Shares, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.shares(&caller.viewer, cursor.as_deref()).await?)
}

/// `share.revoke`: ends a link at once, also for those who have opened it.
#[server(prefix = "/api/rpc", endpoint = "share.revoke", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn share_revoke(
    /// The link, as `share.create` and `share.list` name it.
    #[server(rename = "shareId")]
    share_id: ShareId,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.revoke_share(&caller.viewer, &share_id).await?;
    Ok(Success::YES)
}

/// `share.unlock`: opens a link; what it shows can be seen with the answered cookie, for 30 days.
#[server(prefix = "/api/rpc", endpoint = "share.unlock", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn share_unlock(
    /// The last part of the link’s address, after `/s/`.
    token: String,
    /// The link’s password, if it has one.
    #[server(default)]
    password: Option<String>,
) -> Result<Unlocked, RpcError> {
    let caller = Caller::current();
    let password = password.filter(|typed| !typed.is_empty()).map(|typed| Password::typed(&typed));
    let opened = caller.library.open_share(&caller.viewer, &caller.links, &token, password).await?;
    caller.keep_links(&opened);
    Ok(Unlocked { path: opened.path })
}
