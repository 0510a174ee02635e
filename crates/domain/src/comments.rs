//! Comments under pictures.

use crate::database::sql;
use crate::{Error, Library, Result, Viewer, clock::now, ids::new_id};
use model::{AddedComment, Comment, CommentId, CommentPage, CommentText, ImageId};

/// How many a page of comments holds.
const PAGE: usize = 50;

#[derive(sqlx::FromRow)]
struct CommentRow {
    id: String,
    author: String,
    content: String,
    created_at: i64,
}

impl CommentRow {
    fn comment(self) -> Option<Comment> {
        let Self { id, author, content, created_at } = self;
        Some(Comment { id: CommentId::parse(&id)?, author, content, created_at })
    }
}

/// Where a page of comments ended: `{created_at}.{id}`.
fn read_cursor(cursor: &str) -> Result<(i64, String)> {
    cursor
        .split_once('.')
        .and_then(|(time, id)| Some((time.parse().ok()?, CommentId::parse(id)?.into())))
        .ok_or_else(|| Error::field("cursor", "Give back nextCursor as it was answered."))
}

impl Library {
    /// Comments of a picture, the oldest first, from the cursor on.
    pub async fn comments(&self, viewer: &Viewer, image: &ImageId, cursor: Option<&str>) -> Result<CommentPage> {
        self.visible_picture(viewer, image).await?;
        let (time, id) = cursor.map_or(Ok((0, String::new())), read_cursor)?;
        let rows: Vec<CommentRow> = self
            .0
            .database
            .all(
                sql!(
                    "SELECT c.id, u.username AS author, c.content, c.created_at
                     FROM comments c JOIN users u ON u.id = c.user_id
                     WHERE c.image_id = ?1 AND (c.created_at, c.id) > (?2, ?3)
                     ORDER BY c.created_at, c.id LIMIT ?4"
                )
                .bind(image.as_str())
                .bind(time)
                .bind(id)
                .bind(PAGE as u64 + 1),
            )
            .await?;
        let more = rows.len() > PAGE;
        let comments: Vec<_> = rows.into_iter().take(PAGE).filter_map(CommentRow::comment).collect();
        let next_cursor = comments.last().filter(|_| more).map(|last| format!("{}.{}", last.created_at, last.id));
        Ok(CommentPage { comments, next_cursor })
    }

    /// Adds a comment to a picture the viewer may see.
    pub async fn add_comment(&self, viewer: &Viewer, image: &ImageId, content: CommentText) -> Result<AddedComment> {
        let member = viewer.signed_in()?;
        self.visible_picture(viewer, image).await?;
        let (id, now) = (new_id::<CommentId>(), now());
        self.0
            .database
            .write(
                sql!(
                    "INSERT INTO comments (id, image_id, user_id, content, created_at, updated_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?5)"
                )
                .bind(id.as_str())
                .bind(image.as_str())
                .bind(member.id.as_str())
                .bind(content.as_str())
                .bind(now),
            )
            .await?;
        let comment =
            Comment { id: id.clone(), author: member.username.clone(), content: content.into(), created_at: now };
        Ok(AddedComment { comment_id: id, comment, comments: self.comments_of(image).await? })
    }

    pub(crate) async fn comments_of(&self, image: &ImageId) -> Result<u64> {
        self.0.database.count(sql!("SELECT count(*) FROM comments WHERE image_id = ?1").bind(image.as_str())).await
    }
}
