//! Pictures: reading and changing.

use crate::database::{Query, sql, unsigned};
use crate::search::index_text;
use crate::tags::set_tags;
use crate::{Changed, Error, Library, Result, Shared, Viewer, clock::now};
use model::{Camera, ImageId, Picture, PictureChange, Thumb, UploadState, ViewUrl};
use std::time::Duration;
use storage::{Key, PresignGet};
use url::Url;

/// How long an address of an original works.
const VIEW_URL_LIFETIME: Duration = Duration::from_secs(10 * 60);

/// The condition that a picture, named by its table's alias, is in a public gallery.
///
/// The joins of it are crossed so that they run in this order: from the picture to its few galleries, never through
/// all public ones.
macro_rules! in_public_gallery {
    ($image:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM image_galleries ig CROSS JOIN galleries g ON g.id = ig.gallery_id
                     WHERE ig.image_id = ",
            $image,
            ".id AND g.is_public = 1)"
        )
    };
}
pub(crate) use in_public_gallery;

/// The condition that a completed picture is public, the viewer's own, or that the viewer is an admin, for lists:
/// `?1` is the viewer's id, `?2` whether they are an admin.
macro_rules! seen {
    ($image:literal) => {
        concat!("(", $image, ".user_id = ?1 OR ?2 OR ", $crate::pictures::in_public_gallery!($image), ")")
    };
}
pub(crate) use seen;

/// The condition that a share link has opened a picture, for lists that hold such ones: the last two are where the
/// pictures and the galleries of [`crate::Shared`] are bound, each as a JSON list.
macro_rules! shared {
    ($image:literal, $images:literal, $galleries:literal) => {
        concat!(
            "(",
            $image,
            ".id IN (SELECT value FROM json_each(",
            $images,
            ")) OR EXISTS (SELECT 1 FROM image_galleries s WHERE s.image_id = ",
            $image,
            ".id AND s.gallery_id IN (SELECT value FROM json_each(",
            $galleries,
            "))))"
        )
    };
}
pub(crate) use shared;

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
    pub(crate) downloads: String,
    pub(crate) short: Option<String>,
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
        Some(Thumb {
            id: ImageId::parse(&self.id)?,
            title: self.title,
            width: unsigned(self.width),
            height: unsigned(self.height),
            colour: self.placeholder,
            version: unsigned(self.version),
        })
    }
}

/// How an original is handed out that comes straight from the store. A drawing may hold scripts, and the built-in store
/// is on the site's own address: browsers save such a file and do not open it.
pub(crate) fn disposition(key: &Key) -> Option<&'static str> {
    // Completed originals are named by what is in them.
    key.as_str().ends_with(".svg").then_some("attachment")
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
        let row = self.image_row(id).await?.ok_or(Error::NotFound)?;
        if self.is_visible(viewer, id, &row).await? { Ok(row) } else { Err(Error::NotFound) }
    }

    /// The row, if this viewer may change it: [`Error::NotFound`] if they may not even see it.
    pub(crate) async fn changeable_picture(&self, viewer: &Viewer, id: &ImageId) -> Result<ImageRow> {
        viewer.signed_in()?;
        let row = self.image_row(id).await?.ok_or(Error::NotFound)?;
        if viewer.may_change(&row.user_id) {
            return Ok(row);
        }
        let seen = self.is_visible(viewer, id, &row).await?;
        Err(if seen { Error::Forbidden("Only its owner may change this picture.") } else { Error::NotFound })
    }

    async fn is_visible(&self, viewer: &Viewer, id: &ImageId, row: &ImageRow) -> Result<bool> {
        Ok(row.upload_status == "completed"
            && (viewer.may_see(&row.user_id, row.is_public) || self.is_opened(viewer, id).await?))
    }

    /// Whether a link has opened a picture: it alone, or a gallery that holds it.
    pub(crate) async fn is_opened(&self, viewer: &Viewer, id: &ImageId) -> Result<bool> {
        let Shared { images, galleries } = viewer.shared();
        if images.contains(id) || galleries.is_empty() {
            return Ok(images.contains(id));
        }
        let query = sql!(
            "SELECT count(*) FROM json_each(?2) j
             JOIN image_galleries ig ON ig.image_id = ?1 AND ig.gallery_id = j.value"
        );
        let held = self.0.database.count(query.bind(id.as_str()).bind(serde_json::to_string(galleries)?)).await?;
        Ok(held > 0)
    }

    async fn image_row(&self, id: &ImageId) -> Result<Option<ImageRow>> {
        self.0
            .database
            .one(
                sql!(concat!(
                    "SELECT i.id, i.user_id, i.title, i.description, i.object_key, i.upload_status, i.exif,
                            i.placeholder, i.width, i.height, i.version, i.created_at, u.username AS owner, u.downloads, i.short,
                            i.upload_status = 'completed' AND ",
                    in_public_gallery!("i"),
                    " AS is_public FROM images i JOIN users u ON u.id = i.user_id WHERE i.id = ?1"
                ))
                .bind(id.as_str()),
            )
            .await
    }

    /// A picture with all that is shown of it.
    pub async fn picture(&self, viewer: &Viewer, id: &ImageId) -> Result<Picture> {
        let row = self.visible_picture(viewer, id).await?;
        let marks = sql!(
            "SELECT EXISTS (SELECT 1 FROM likes WHERE image_id = ?1 AND user_id = ?2),
                    EXISTS (SELECT 1 FROM favourites WHERE image_id = ?1 AND user_id = ?2)"
        );
        let marks: Option<(bool, bool)> = self.0.database.one(marks.bind(id.as_str()).bind(viewer.id())).await?;
        let (liked, favourite) = marks.unwrap_or_default();
        Ok(Picture {
            thumb: row.thumb().ok_or(Error::NotFound)?,
            upload_date: row.created_at,
            tags: self.tags_of(id).await?,
            likes: self.likes_of(id).await?,
            liked,
            favourite,
            comments: self.comments_of(id).await?,
            editable: viewer.may_change(&row.user_id),
            downloadable: row.may_download(viewer),
            gallery: self.gallery_of(viewer, id).await?,
            is_public: row.is_public,
            description: row.description,
            owner: row.owner,
            short: row.short.unwrap_or_default(),
            camera: serde_json::from_str::<Camera>(&row.exif)?,
        })
    }

    /// The picture that short links name, if this viewer may see it.
    pub async fn picture_by_short(&self, viewer: &Viewer, short: &str) -> Result<Thumb> {
        let query = sql!("SELECT id FROM images WHERE short = ?1").bind(short);
        let row: Option<(String,)> = self.0.database.one(query).await?;
        let id = row.and_then(|(id,)| ImageId::parse(&id)).ok_or(Error::NotFound)?;
        self.visible_picture(viewer, &id).await?.thumb().ok_or(Error::NotFound)
    }

    /// The gallery a picture is shown in first, as (slug, name), among those the viewer may see.
    async fn gallery_of(&self, viewer: &Viewer, id: &ImageId) -> Result<Option<(String, String)>> {
        let query = sql!(
            "SELECT g.slug, g.name FROM image_galleries ig CROSS JOIN galleries g ON g.id = ig.gallery_id
             WHERE ig.image_id = ?1
             AND (g.is_public = 1 OR g.user_id = ?2 OR ?3 OR g.id IN (SELECT value FROM json_each(?4)))
             ORDER BY g.is_public DESC, ig.created_at LIMIT 1"
        );
        let opened = serde_json::to_string(&viewer.shared().galleries)?;
        let query = query.bind(id.as_str()).bind(viewer.id()).bind(viewer.is_admin()).bind(opened);
        self.0.database.one(query).await
    }

    /// Changes title, description or tags of a completed picture; answers it as it is now.
    pub async fn update_picture(&self, viewer: &Viewer, id: &ImageId, change: PictureChange) -> Result<Picture> {
        let row = self.changeable_picture(viewer, id).await?;
        if row.upload_status != "completed" {
            return Err(Error::NotFound);
        }
        let PictureChange { title, description, tags } = change;
        let (title, description) = (title.map(String::from), description.map(String::from));
        let mut queries: Vec<Query> = vec![
            index_text(id, title.as_deref(), description.as_deref()),
            sql!(
                "UPDATE images SET title = coalesce(?2, title), description = coalesce(?3, description), updated_at = ?4
                 WHERE id = ?1"
            )
            .bind(id.as_str())
            .bind(title)
            .bind(description)
            .bind(now()),
        ];
        if let Some(tags) = tags {
            queries.extend(set_tags(id, &tags)?);
        }
        self.0.database.batch(queries).await?;
        self.changed(&[Changed::Picture(id.clone())]).await;
        self.picture(viewer, id).await
    }

    /// A presigned address of the original. Only for the owner and admins: an original carries what the camera
    /// wrote, the place included.
    pub async fn view_url(&self, viewer: &Viewer, id: &ImageId, origin: &Url) -> Result<ViewUrl> {
        viewer.signed_in()?;
        let row = self.visible_picture(viewer, id).await?;
        if !viewer.may_change(&row.user_id) {
            return Err(Error::Forbidden("Only its owner may fetch the original. Others are served by /images/view."));
        }
        let key = row.key()?;
        let terms = PresignGet { expires: VIEW_URL_LIFETIME, content_disposition: disposition(&key), origin };
        let url = self.0.store.presign_get(&key, &terms).await?;
        Ok(ViewUrl { view_url: url.into() })
    }
}
