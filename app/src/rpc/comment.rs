//! `comment.*`: comments under pictures.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
use model::{AddedComment, Comment, CommentCount, CommentId, CommentPage, ImageId};
#[cfg(feature = "ssr")]
use model::{CommentText, Invalid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `comment.list`: comments of a picture, the oldest first, 50 at once.
#[server(prefix = "/api/rpc", endpoint = "comment.list", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
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
#[server(prefix = "/api/rpc", endpoint = "comment.add", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
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

/// `comment.edit`: changes what a comment of the caller’s says; answers the comment as it is shown, with the time of
/// the change.
#[server(prefix = "/api/rpc", endpoint = "comment.edit", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn comment_edit(
    /// The comment.
    #[server(rename = "commentId")]
    comment_id: CommentId,
    /// 1 to 2,000 characters.
    content: String,
) -> Result<Comment, RpcError> {
    let caller = Caller::current();
    let content = CommentText::parse(&content).map_err(|reason| Invalid::field("content", reason))?;
    Ok(caller.library.edit_comment(&caller.viewer, &comment_id, content).await?)
}

/// `comment.delete`: deletes a comment. Its author, the picture’s owner and admins may.
#[server(prefix = "/api/rpc", endpoint = "comment.delete", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn comment_delete(
    /// The comment.
    #[server(rename = "commentId")]
    comment_id: CommentId,
) -> Result<CommentCount, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.delete_comment(&caller.viewer, &comment_id).await?)
}
