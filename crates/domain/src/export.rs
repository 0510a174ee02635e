//! Everything of one account, to take along: a handful of statements, however much there is.

use crate::database::{Query, sql, unsigned};
use crate::pictures::{disposition, seen, shared, state};
use crate::{Error, Library, Result, Viewer, clock::now, rates::Rate};
use model::{
    Camera, CommentId, Export, ExportedComment, ExportedGallery, ExportedMark, ExportedPicture, GalleryId, ImageId,
    UploadState,
};
use std::time::Duration;
use storage::{Key, PresignGet};
use url::Url;

/// How long an address of an original works.
const ORIGINAL_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// How many addresses are signed before others get their turn.
const SIGNED_AT_ONCE: usize = 100;

#[derive(sqlx::FromRow)]
struct GalleryRow {
    id: String,
    slug: String,
    name: String,
    description: String,
    is_public: bool,
    cover_image_id: Option<String>,
    image_ids: String,
    created_at: i64,
    updated_at: i64,
}

impl GalleryRow {
    fn exported(self) -> Result<ExportedGallery> {
        Ok(ExportedGallery {
            id: GalleryId::parse(&self.id).ok_or(Error::NotFound)?,
            slug: self.slug,
            name: self.name,
            description: self.description,
            is_public: self.is_public,
            cover_image_id: self.cover_image_id.as_deref().and_then(ImageId::parse),
            image_ids: serde_json::from_str(&self.image_ids)?,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

#[derive(sqlx::FromRow)]
struct PictureRow {
    id: String,
    title: String,
    description: String,
    tags: String,
    filename: String,
    content_type: String,
    upload_status: String,
    failure: Option<String>,
    object_key: String,
    bytes: i64,
    checksum: Option<String>,
    width: i64,
    height: i64,
    placeholder: String,
    exif: String,
    created_at: i64,
    updated_at: i64,
}

impl PictureRow {
    fn exported(self, original_url: Option<Url>) -> Result<ExportedPicture> {
        Ok(ExportedPicture {
            id: ImageId::parse(&self.id).ok_or(Error::NotFound)?,
            title: self.title,
            description: self.description,
            tags: serde_json::from_str(&self.tags)?,
            filename: self.filename,
            content_type: self.content_type,
            state: state(&self.upload_status),
            reason: self.failure,
            bytes: self.bytes.max(0).unsigned_abs(),
            checksum: self.checksum,
            width: unsigned(self.width),
            height: unsigned(self.height),
            colour: self.placeholder,
            camera: serde_json::from_str::<Camera>(&self.exif)?,
            created_at: self.created_at,
            updated_at: self.updated_at,
            original_url: original_url.map(String::from),
        })
    }
}

fn marks(rows: Vec<(String, i64)>) -> Vec<ExportedMark> {
    let mark = |(id, created_at): (String, i64)| Some(ExportedMark { image_id: ImageId::parse(&id)?, created_at });
    rows.into_iter().filter_map(mark).collect()
}

impl Library {
    /// Everything of the viewer's account. Likes and favourites are those of pictures that can still be seen; what
    /// the viewer wrote is all there. `origin` is the site's own address as the client reaches it.
    pub async fn export(&self, viewer: &Viewer, origin: &Url) -> Result<Export> {
        viewer.session()?;
        self.attempt(Rate::Export, viewer.id()).await?;
        Ok(Export {
            exported_at: now(),
            profile: self.profile(viewer).await?,
            galleries: self.exported_galleries(viewer).await?,
            pictures: self.exported_pictures(viewer, origin).await?,
            comments: self.exported_comments(viewer).await?,
            likes: self.exported_likes(viewer).await?,
            favourites: self.exported_favourites(viewer).await?,
        })
    }

    async fn exported_galleries(&self, viewer: &Viewer) -> Result<Vec<ExportedGallery>> {
        let query = sql!(
            "SELECT g.id, g.slug, g.name, g.description, g.is_public, g.cover_image_id, g.created_at, g.updated_at,
                    (SELECT json_group_array(o.image_id) FROM (
                         SELECT ig.image_id FROM image_galleries ig WHERE ig.gallery_id = g.id
                         ORDER BY ig.position, ig.image_id) o) AS image_ids
             FROM galleries g WHERE g.user_id = ?1 ORDER BY g.id"
        );
        let rows: Vec<GalleryRow> = self.0.database.all(query.bind(viewer.id())).await?;
        rows.into_iter().map(GalleryRow::exported).collect()
    }

    async fn exported_pictures(&self, viewer: &Viewer, origin: &Url) -> Result<Vec<ExportedPicture>> {
        let query = sql!(
            "SELECT i.id, i.title, i.description, i.filename, i.content_type, i.upload_status, i.failure, i.object_key,
                    i.bytes, i.checksum, i.width, i.height, i.placeholder, i.exif, i.created_at, i.updated_at,
                    (SELECT json_group_array(o.name) FROM (
                         SELECT t.name FROM image_tags it JOIN tags t ON t.id = it.tag_id WHERE it.image_id = i.id
                         ORDER BY it.position) o) AS tags
             FROM images i WHERE i.user_id = ?1 ORDER BY i.id"
        );
        let rows: Vec<PictureRow> = self.0.database.all(query.bind(viewer.id())).await?;
        let mut pictures = Vec::with_capacity(rows.len());
        for row in rows {
            if pictures.len() % SIGNED_AT_ONCE == SIGNED_AT_ONCE - 1 {
                tokio::task::yield_now().await;
            }
            let url = match state(&row.upload_status) {
                UploadState::Completed => {
                    let key = Key::parse(&row.object_key)?;
                    let terms =
                        PresignGet { expires: ORIGINAL_LIFETIME, content_disposition: disposition(&key), origin };
                    Some(self.0.store.presign_get(&key, &terms).await?)
                }
                _ => None,
            };
            pictures.push(row.exported(url)?);
        }
        Ok(pictures)
    }

    async fn exported_comments(&self, viewer: &Viewer) -> Result<Vec<ExportedComment>> {
        let query = sql!(
            "SELECT id, image_id, content, created_at, edited_at FROM comments WHERE user_id = ?1
             ORDER BY created_at, id"
        );
        let rows: Vec<(String, String, String, i64, Option<i64>)> =
            self.0.database.all(query.bind(viewer.id())).await?;
        let comment = |(id, image, content, created_at, edited_at): (String, String, String, i64, Option<i64>)| {
            let (id, image_id) = (CommentId::parse(&id)?, ImageId::parse(&image)?);
            Some(ExportedComment { id, image_id, content, created_at, edited_at })
        };
        Ok(rows.into_iter().filter_map(comment).collect())
    }

    async fn exported_likes(&self, viewer: &Viewer) -> Result<Vec<ExportedMark>> {
        let query = sql!(concat!(
            "SELECT l.image_id, l.created_at FROM likes l JOIN images i ON i.id = l.image_id
             WHERE l.user_id = ?1 AND i.upload_status = 'completed' AND (",
            seen!("i"),
            " OR ",
            shared!("i", "?3", "?4"),
            ") ORDER BY l.created_at, l.image_id"
        ));
        self.marks_of(viewer, query).await
    }

    async fn exported_favourites(&self, viewer: &Viewer) -> Result<Vec<ExportedMark>> {
        let query = sql!(concat!(
            "SELECT f.image_id, f.created_at FROM favourites f JOIN images i ON i.id = f.image_id
             WHERE f.user_id = ?1 AND i.upload_status = 'completed' AND (",
            seen!("i"),
            " OR ",
            shared!("i", "?3", "?4"),
            ") ORDER BY f.created_at, f.image_id"
        ));
        self.marks_of(viewer, query).await
    }

    async fn marks_of(&self, viewer: &Viewer, query: Query) -> Result<Vec<ExportedMark>> {
        let query = query
            .bind(viewer.id())
            .bind(viewer.is_admin())
            .bind(serde_json::to_string(&viewer.shared().images)?)
            .bind(serde_json::to_string(&viewer.shared().galleries)?);
        Ok(marks(self.0.database.all(query).await?))
    }
}
