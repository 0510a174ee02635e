//! Pictures: reading, changing, deleting.

use crate::database::{Query, sql};
use crate::{Error, Library, Result, Viewer, clock::now};
use model::{Camera, ImageId, Picture, PictureChange, Thumb, UploadState, ViewUrl};
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

    /// Deletes a picture: its original, then its row with likes, comments and places in galleries. It is out of
    /// sight first; should the store not answer, the row stays for trying again, and no original is forgotten.
    pub async fn delete_picture(&self, viewer: &Viewer, id: &ImageId) -> Result<()> {
        let row = self.changeable_picture(viewer, id).await?;
        let hide = sql!("UPDATE images SET upload_status = 'failed', failure = ?2, updated_at = ?3 WHERE id = ?1");
        let reason = "This picture was not deleted to the end. Delete it again.";
        self.0.database.write(hide.bind(id.as_str()).bind(reason).bind(now())).await?;
        self.0.store.delete(&row.key()?).await?;
        self.0.database.write(sql!("DELETE FROM images WHERE id = ?1").bind(id.as_str())).await?;
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
}
