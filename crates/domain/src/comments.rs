//! Comments under pictures.

use crate::database::sql;
use crate::pictures::ImageRow;
use crate::{Changed, Error, Library, Result, Viewer, clock::now, cursors, ids::new_id, rates::Rate};
use model::{AddedComment, Comment, CommentCount, CommentId, CommentPage, CommentText, ImageId};

/// How many a page of comments holds.
const PAGE: usize = 50;

#[derive(sqlx::FromRow)]
struct CommentRow {
    id: String,
    image_id: String,
    user_id: String,
    author: String,
    content: String,
    created_at: i64,
    edited_at: Option<i64>,
}

impl CommentRow {
    /// As the viewer gets it, under a picture of this owner. While comments are closed nobody changes theirs.
    fn comment(self, viewer: &Viewer, owner: &str, open: bool) -> Option<Comment> {
        Some(Comment {
            id: CommentId::parse(&self.id)?,
            editable: open && self.is_by(viewer),
            deletable: self.is_deletable(viewer, owner),
            author: self.author,
            content: self.content,
            created_at: self.created_at,
            edited_at: self.edited_at,
        })
    }

    fn is_by(&self, viewer: &Viewer) -> bool {
        viewer.member().is_some_and(|member| member.id.as_str() == self.user_id)
    }

    /// Its author, the picture's owner, and admins may.
    fn is_deletable(&self, viewer: &Viewer, owner: &str) -> bool {
        viewer.may_change(&self.user_id) || viewer.may_change(owner)
    }
}

/// A statement that reads comments: the columns of [`CommentRow`], then what the caller adds.
macro_rules! select_comments {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT c.id, c.image_id, c.user_id, u.username AS author, c.content, c.created_at, c.edited_at
             FROM comments c JOIN users u ON u.id = c.user_id ",
            $rest
        ))
    };
}

impl Library {
    /// Comments of a picture, the oldest first, from the cursor on.
    pub async fn comments(&self, viewer: &Viewer, image: &ImageId, cursor: Option<&str>) -> Result<CommentPage> {
        let picture = self.visible_picture(viewer, image).await?;
        let (time, id) = cursor.filter(|cursor| !cursor.is_empty()).map_or(Ok((0, "")), cursors::place)?;
        let query = select_comments!(
            "WHERE c.image_id = ?1 AND (c.created_at, c.id) > (?2, ?3) ORDER BY c.created_at, c.id LIMIT ?4"
        );
        let query = query.bind(image.as_str()).bind(time).bind(id).bind(PAGE as u64 + 1);
        let rows: Vec<CommentRow> = self.0.database.all(query).await?;
        let (rows, next_cursor) = cursors::cut(rows, PAGE, |last| cursors::at(last.created_at, &last.id));
        let open = self.settings().comments;
        let comments = rows.into_iter().filter_map(|row| row.comment(viewer, &picture.user_id, open)).collect();
        Ok(CommentPage { comments, next_cursor })
    }

    /// Adds a comment to a picture the viewer may see.
    pub async fn add_comment(&self, viewer: &Viewer, image: &ImageId, content: CommentText) -> Result<AddedComment> {
        let member = viewer.signed_in()?;
        let picture = self.visible_picture(viewer, image).await?;
        self.may_comment(viewer).await?;
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
        self.changed(&[Changed::Reactions(image.clone())]).await;
        let row = CommentRow {
            id: id.as_str().to_owned(),
            image_id: picture.id,
            user_id: member.id.as_str().to_owned(),
            author: member.username.clone(),
            content: content.into(),
            created_at: now,
            edited_at: None,
        };
        let comment = row.comment(viewer, &picture.user_id, true).ok_or(Error::NotFound)?;
        Ok(AddedComment { comment_id: id, comment, comments: self.comments_of(image).await? })
    }

    /// Changes what a comment of the viewer's says; answers it as it is shown, with the time of the change.
    pub async fn edit_comment(&self, viewer: &Viewer, id: &CommentId, content: CommentText) -> Result<Comment> {
        viewer.signed_in()?;
        let (row, image, picture) = self.visible_comment(viewer, id).await?;
        if !row.is_by(viewer) {
            return Err(Error::Forbidden("Only its author may change a comment."));
        }
        self.may_comment(viewer).await?;
        let now = now();
        let write = sql!("UPDATE comments SET content = ?2, edited_at = ?3, updated_at = ?3 WHERE id = ?1");
        self.0.database.write(write.bind(id.as_str()).bind(content.as_str()).bind(now)).await?;
        self.changed(&[Changed::Reactions(image)]).await;
        let row = CommentRow { content: content.into(), edited_at: Some(now), ..row };
        row.comment(viewer, &picture.user_id, true).ok_or(Error::NotFound)
    }

    /// Deletes a comment: its author, the picture's owner and admins may, also while comments are closed.
    pub async fn delete_comment(&self, viewer: &Viewer, id: &CommentId) -> Result<CommentCount> {
        viewer.signed_in()?;
        let (row, image, picture) = self.visible_comment(viewer, id).await?;
        if !row.is_deletable(viewer, &picture.user_id) {
            return Err(Error::Forbidden("Only its author and the picture’s owner may delete a comment."));
        }
        self.0.database.write(sql!("DELETE FROM comments WHERE id = ?1").bind(id.as_str())).await?;
        let comments = self.comments_of(&image).await?;
        self.changed(&[Changed::Reactions(image)]).await;
        Ok(CommentCount { comments })
    }

    pub(crate) async fn comments_of(&self, image: &ImageId) -> Result<u64> {
        self.0.database.count(sql!("SELECT count(*) FROM comments WHERE image_id = ?1").bind(image.as_str())).await
    }

    /// The comment with its picture, if this viewer may see that one; else [`Error::NotFound`].
    async fn visible_comment(&self, viewer: &Viewer, id: &CommentId) -> Result<(CommentRow, ImageId, ImageRow)> {
        let row: Option<CommentRow> =
            self.0.database.one(select_comments!("WHERE c.id = ?1").bind(id.as_str())).await?;
        let row = row.ok_or(Error::NotFound)?;
        let image = ImageId::parse(&row.image_id).ok_or(Error::NotFound)?;
        let picture = self.visible_picture(viewer, &image).await?;
        Ok((row, image, picture))
    }

    /// Whether comments are open, and this member has not written too many of late.
    async fn may_comment(&self, viewer: &Viewer) -> Result<()> {
        if !self.settings().comments {
            return Err(Error::Forbidden("Comments are closed on this site."));
        }
        self.attempt(Rate::Comment, viewer.id()).await
    }
}
