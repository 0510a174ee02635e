//! A member's own pictures, whatever became of their upload.

use crate::database::{Query, sql};
use crate::pictures::{ThumbRow, in_public_gallery, state};
use crate::{Library, Result, Viewer, cursors};
use model::{GalleryId, OwnPicture, OwnPictures, PictureCounts, UploadState};

/// How many a page of them holds.
const PAGE: usize = 100;

#[derive(sqlx::FromRow)]
struct OwnPictureRow {
    #[sqlx(flatten)]
    thumb: ThumbRow,
    filename: String,
    upload_status: String,
    failure: Option<String>,
    bytes: i64,
    is_public: bool,
    created_at: i64,
}

impl OwnPictureRow {
    fn picture(self) -> Option<OwnPicture> {
        Some(OwnPicture {
            thumb: self.thumb.thumb()?,
            filename: self.filename,
            state: state(&self.upload_status),
            reason: self.failure,
            bytes: self.bytes.max(0) as u64,
            is_public: self.is_public,
            created_at: self.created_at,
        })
    }
}

/// A statement that reads own pictures: the columns of [`OwnPictureRow`], then what the caller adds.
macro_rules! select_own {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT i.id, i.title, i.width, i.height, i.placeholder, i.version, i.filename, i.upload_status,
                    i.failure, i.bytes, i.created_at, i.upload_status = 'completed' AND ",
            in_public_gallery!("i"),
            " AS is_public FROM images i ",
            $rest
        ))
    };
}

impl Library {
    /// The viewer's pictures in every state or in one, the newest first, from the cursor on.
    pub async fn own_pictures(
        &self,
        viewer: &Viewer,
        cursor: Option<&str>,
        state: Option<UploadState>,
    ) -> Result<OwnPictures> {
        let member = viewer.signed_in()?;
        let query = select_own!(
            "WHERE i.user_id = ?1 AND i.id < ?2 AND (?4 IS NULL OR i.upload_status = ?4) ORDER BY i.id DESC LIMIT ?3"
        );
        let query = query.bind(member.id.as_str()).bind(cursors::below(cursor)?).bind(PAGE as u64 + 1);
        self.own_page(query.bind(state.map(UploadState::as_str))).await
    }

    /// The viewer's pictures that could go into a gallery: completed, and not in it yet.
    pub async fn addable_pictures(
        &self,
        viewer: &Viewer,
        gallery: &GalleryId,
        cursor: Option<&str>,
    ) -> Result<OwnPictures> {
        let member = viewer.signed_in()?;
        let query = select_own!(
            "WHERE i.user_id = ?1 AND i.id < ?2 AND i.upload_status = 'completed'
             AND NOT EXISTS (SELECT 1 FROM image_galleries ig WHERE ig.image_id = i.id AND ig.gallery_id = ?4)
             ORDER BY i.id DESC LIMIT ?3"
        );
        let query = query.bind(member.id.as_str()).bind(cursors::below(cursor)?).bind(PAGE as u64 + 1);
        self.own_page(query.bind(gallery.as_str())).await
    }

    async fn own_page(&self, query: Query) -> Result<OwnPictures> {
        let rows: Vec<OwnPictureRow> = self.0.database.all(query).await?;
        let (rows, next_cursor) = cursors::cut(rows, PAGE, |last| last.thumb.id.clone());
        Ok(OwnPictures { pictures: rows.into_iter().filter_map(OwnPictureRow::picture).collect(), next_cursor })
    }

    /// How many pictures the viewer has in each state.
    pub async fn picture_counts(&self, viewer: &Viewer) -> Result<PictureCounts> {
        let member = viewer.signed_in()?;
        let rows: Vec<(String, i64)> = self
            .0
            .database
            .all(
                sql!("SELECT upload_status, count(*) FROM images WHERE user_id = ?1 GROUP BY upload_status")
                    .bind(member.id.as_str()),
            )
            .await?;
        let mut counts = PictureCounts::default();
        for (status, number) in rows {
            let number = number.max(0) as u64;
            match state(&status) {
                UploadState::Pending => counts.pending = number,
                UploadState::Completed => counts.completed = number,
                UploadState::Failed => counts.failed = number,
            }
        }
        Ok(counts)
    }
}
