//! Pictures: reading, changing, deleting.

use crate::database::{Query, sql};
use crate::{Error, Library, Result, Viewer, clock::now};
use model::{Camera, ImageId, Picture, PictureChange, PictureCounts, Thumb, UploadState, ViewUrl};
use std::time::Duration;
use storage::{Key, PresignGet};
use url::Url;

/// How long an address of an original works.
const VIEW_URL_LIFETIME: Duration = Duration::from_secs(10 * 60);

/// A picture's row, as far as access and delivery need it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct ImageRow {
    pub(crate) id: String,
    pub(crate) user_id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) object_key: String,
    pub(crate) upload_status: String,
    pub(crate) exif: String,
    pub(crate) placeholder: String,
    pub(crate) width: i64,
    pub(crate) height: i64,
    pub(crate) version: i64,
    pub(crate) created_at: i64,
    pub(crate) owner: String,
    pub(crate) is_public: bool,
}

impl ImageRow {
    pub(crate) fn key(&self) -> Result<Key> {
        Key::parse(&self.object_key).map_err(Error::from)
    }

    pub(crate) fn thumb(&self) -> Option<Thumb> {
        ThumbRow {
            id: self.id.clone(),
            title: self.title.clone(),
            width: self.width,
            height: self.height,
            placeholder: self.placeholder.clone(),
            version: self.version,
        }
        .thumb()
    }
}

/// What a grid needs.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct ThumbRow {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) width: i64,
    pub(crate) height: i64,
    pub(crate) placeholder: String,
    pub(crate) version: i64,
}

impl ThumbRow {
    pub(crate) fn thumb(self) -> Option<Thumb> {
        let pixels = |side: i64| u32::try_from(side).unwrap_or(0);
        Some(Thumb {
            id: ImageId::parse(&self.id)?,
            title: self.title,
            width: pixels(self.width),
            height: pixels(self.height),
            colour: self.placeholder,
            version: pixels(self.version),
        })
    }
}

/// A picture as its owner's dashboard lists it, whatever became of its upload.
#[derive(Clone, Debug)]
pub struct OwnPicture {
    /// Width and height are 0 until completed.
    pub thumb: Thumb,
    /// As uploaded.
    pub filename: String,
    /// Where the upload stands.
    pub state: UploadState,
    /// Why it failed, as a sentence.
    pub reason: Option<String>,
    /// Its size.
    pub bytes: u64,
    /// Whether anyone may see it.
    pub is_public: bool,
    /// Unix seconds.
    pub created_at: i64,
}

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

/// Reads an upload's state as the database keeps it.
pub(crate) fn state(text: &str) -> UploadState {
    match text {
        "completed" => UploadState::Completed,
        "pending" => UploadState::Pending,
        _ => UploadState::Failed,
    }
}

impl Library {
    /// The rule for pictures: the row, if this viewer may see it; else [`Error::NotFound`]. Completed ones only.
    pub(crate) async fn visible_picture(&self, viewer: &Viewer, id: &ImageId) -> Result<ImageRow> {
        let row = self.image_row(id).await?;
        row.filter(|row| row.upload_status == "completed" && viewer.may_see(&row.user_id, row.is_public))
            .ok_or(Error::NotFound)
    }

    /// The row, if this viewer may change it: [`Error::NotFound`] if they may not even see it.
    pub(crate) async fn changeable_picture(&self, viewer: &Viewer, id: &ImageId) -> Result<ImageRow> {
        viewer.signed_in()?;
        let row = self.image_row(id).await?.ok_or(Error::NotFound)?;
        if viewer.may_change(&row.user_id) {
            return Ok(row);
        }
        let seen = row.upload_status == "completed" && row.is_public;
        Err(if seen { Error::Forbidden("Only its owner may change this picture.") } else { Error::NotFound })
    }

    async fn image_row(&self, id: &ImageId) -> Result<Option<ImageRow>> {
        self.0
            .database
            .one(
                sql!(
                    "SELECT i.id, i.user_id, i.title, i.description, i.object_key, i.upload_status, i.exif,
                            i.placeholder, i.width, i.height, i.version, i.created_at, u.username AS owner,
                            i.upload_status = 'completed' AND EXISTS (
                                SELECT 1 FROM image_galleries ig JOIN galleries g ON g.id = ig.gallery_id
                                WHERE ig.image_id = i.id AND g.is_public = 1) AS is_public
                     FROM images i JOIN users u ON u.id = i.user_id WHERE i.id = ?1"
                )
                .bind(id.as_str()),
            )
            .await
    }

    /// A picture with all that is shown of it.
    pub async fn picture(&self, viewer: &Viewer, id: &ImageId) -> Result<Picture> {
        let row = self.visible_picture(viewer, id).await?;
        let liked = sql!("SELECT count(*) FROM likes WHERE image_id = ?1 AND user_id = ?2");
        let gallery = sql!(
            "SELECT g.slug, g.name FROM image_galleries ig JOIN galleries g ON g.id = ig.gallery_id
             WHERE ig.image_id = ?1 AND (g.is_public = 1 OR g.user_id = ?2 OR ?3)
             ORDER BY g.is_public DESC, ig.created_at LIMIT 1"
        );
        Ok(Picture {
            thumb: row.thumb().ok_or(Error::NotFound)?,
            upload_date: row.created_at,
            tags: self.tags_of(id).await?,
            likes: self.likes_of(id).await?,
            liked: self.0.database.count(liked.bind(id.as_str()).bind(viewer.id())).await? > 0,
            comments: self.comments_of(id).await?,
            editable: viewer.may_change(&row.user_id),
            gallery: self.0.database.one(gallery.bind(id.as_str()).bind(viewer.id()).bind(viewer.is_admin())).await?,
            is_public: row.is_public,
            description: row.description,
            owner: row.owner,
            camera: serde_json::from_str::<Camera>(&row.exif)?,
        })
    }

    /// Changes title, description or tags; answers the picture as it is now.
    pub async fn update_picture(&self, viewer: &Viewer, id: &ImageId, change: PictureChange) -> Result<Picture> {
        self.changeable_picture(viewer, id).await?;
        let PictureChange { title, description, tags } = change;
        let mut queries: Vec<Query> = vec![
            sql!(
                "UPDATE images SET title = coalesce(?2, title), description = coalesce(?3, description), updated_at = ?4
                 WHERE id = ?1"
            )
            .bind(id.as_str())
            .bind(title.map(String::from))
            .bind(description.map(String::from))
            .bind(now()),
        ];
        if let Some(tags) = tags {
            queries.extend(Self::set_tags(id, &tags)?);
        }
        self.0.database.batch(queries).await?;
        self.picture(viewer, id).await
    }

    /// Deletes a picture: its row with likes, comments and places in galleries, then its original.
    pub async fn delete_picture(&self, viewer: &Viewer, id: &ImageId) -> Result<()> {
        let row = self.changeable_picture(viewer, id).await?;
        self.0.database.write(sql!("DELETE FROM images WHERE id = ?1").bind(id.as_str())).await?;
        self.0.store.delete(&row.key()?).await?;
        Ok(())
    }

    /// A presigned address of the original. Only for the owner and admins: an original carries what the camera
    /// wrote, the place included.
    pub async fn view_url(&self, viewer: &Viewer, id: &ImageId, origin: &Url) -> Result<ViewUrl> {
        viewer.signed_in()?;
        let row = self.visible_picture(viewer, id).await?;
        if !viewer.may_change(&row.user_id) {
            return Err(Error::Forbidden("Only its owner may fetch the original. Others are served by /images/view."));
        }
        let terms = PresignGet { expires: VIEW_URL_LIFETIME, content_disposition: None, origin };
        let url = self.0.store.presign_get(&row.key()?, &terms).await?;
        Ok(ViewUrl { view_url: url.into() })
    }

    /// The viewer's newest 200 pictures, in every state.
    pub async fn own_pictures(&self, viewer: &Viewer) -> Result<Vec<OwnPicture>> {
        let member = viewer.signed_in()?;
        let rows: Vec<OwnPictureRow> = self
            .0
            .database
            .all(
                sql!(
                    "SELECT i.id, i.title, i.width, i.height, i.placeholder, i.version, i.filename, i.upload_status,
                            i.failure, i.bytes, i.created_at,
                            EXISTS (SELECT 1 FROM image_galleries ig JOIN galleries g ON g.id = ig.gallery_id
                                    WHERE ig.image_id = i.id AND g.is_public = 1) AS is_public
                     FROM images i WHERE i.user_id = ?1 ORDER BY i.created_at DESC, i.id DESC LIMIT 200"
                )
                .bind(member.id.as_str()),
            )
            .await?;
        let own = |row: OwnPictureRow| {
            Some(OwnPicture {
                thumb: row.thumb.thumb()?,
                filename: row.filename,
                state: state(&row.upload_status),
                reason: row.failure,
                bytes: row.bytes.max(0) as u64,
                is_public: row.is_public,
                created_at: row.created_at,
            })
        };
        Ok(rows.into_iter().filter_map(own).collect())
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
