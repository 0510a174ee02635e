//! `comment.*`: comments under pictures.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
use model::{AddedComment, CommentPage, ImageId};
#[cfg(feature = "ssr")]
use model::{CommentText, Invalid};

/// `comment.list`: comments of a picture, the oldest first, 50 at once.
#[server(prefix = "/api/rpc", endpoint = "comment.list")]
pub async fn comment_list(
    /// The picture.
    #[server(rename = "imageId")]
    image_id: ImageId,
    /// `nextCursor` of the page before.
    #[server(default)]
    cursor: Option<String>,
) -> Result<CommentPage, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.comments(&caller.viewer, &image_id, cursor.as_deref()).await?)
}

/// `comment.add`: comments on a picture; answers the comment as it is shown.
#[server(prefix = "/api/rpc", endpoint = "comment.add")]
pub async fn comment_add(
    /// The picture.
    #[server(rename = "imageId")]
    image_id: ImageId,
    /// 1 to 2,000 characters.
    content: String,
) -> Result<AddedComment, RpcError> {
    let caller = Caller::current();
    let content = CommentText::parse(&content).map_err(|reason| Invalid::field("content", reason))?;
    Ok(caller.library.add_comment(&caller.viewer, &image_id, content).await?)
}
