//! Comments under a picture.

use crate::CommentId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Comment {
    /// The comment.
    pub id: CommentId,
    /// Who wrote it.
    pub author: String,
    /// Plain text; line breaks count.
    pub content: String,
    /// Unix seconds.
    pub created_at: i64,
    /// When its author last changed it, in Unix seconds; absent if never.
    pub edited_at: Option<i64>,
    /// Whether the one who asks may change it.
    pub editable: bool,
    /// Whether the one who asks may delete it.
    pub deletable: bool,
}

/// `comment.list` answers this: the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommentPage {
    /// At most 50.
    pub comments: Vec<Comment>,
    /// Give it back as `cursor` for those that follow; absent at the end.
    pub next_cursor: Option<String>,
}

/// `comment.add` answers this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AddedComment {
    /// The new comment's id, as the contract names it.
    pub comment_id: CommentId,
    /// The comment as it is shown.
    pub comment: Comment,
    /// How many the picture has now.
    pub comments: u64,
}

/// `comment.delete` answers this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CommentCount {
    /// How many the picture has now.
    pub comments: u64,
}
