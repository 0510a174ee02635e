//! The first pictures of galleries: what lists show of them.

use crate::database::sql;
use crate::pictures::ThumbRow;
use crate::{Library, Result};
use model::{Gallery, GalleryCard, Thumb};
use std::collections::HashMap;

#[derive(sqlx::FromRow)]
struct CoverRow {
    gallery_id: String,
    #[sqlx(flatten)]
    thumb: ThumbRow,
}

impl Library {
    /// Adds up to three pictures to each gallery, in one statement however many there are.
    ///
    /// Its joins are crossed so that they run from the galleries to their pictures, never through all pictures; of a
    /// gallery only the chosen cover and the first three are looked at, however many it holds.
    pub(crate) async fn with_covers(&self, galleries: Vec<Gallery>) -> Result<Vec<GalleryCard>> {
        let ids: Vec<_> = galleries.iter().map(|gallery| gallery.id.as_str()).collect();
        let rows: Vec<CoverRow> = self
            .0
            .database
            .all(
                sql!(
                    "SELECT gallery_id, id, title, width, height, placeholder, version FROM (
                         SELECT ig.gallery_id, i.*, row_number() OVER (
                             PARTITION BY ig.gallery_id
                             ORDER BY i.id = g.cover_image_id DESC, ig.position, ig.image_id) AS place
                         FROM json_each(?1) j
                         CROSS JOIN galleries g ON g.id = j.value
                         CROSS JOIN image_galleries ig ON ig.gallery_id = g.id AND ig.image_id IN (
                             SELECT g.cover_image_id UNION ALL SELECT image_id FROM (
                                 SELECT f.image_id
                                 FROM image_galleries f CROSS JOIN images c ON c.id = f.image_id
                                 WHERE f.gallery_id = g.id AND c.upload_status = 'completed'
                                 ORDER BY f.position, f.image_id LIMIT 3))
                         CROSS JOIN images i ON i.id = ig.image_id AND i.upload_status = 'completed')
                     WHERE place <= 3 ORDER BY gallery_id, place"
                )
                .bind(serde_json::to_string(&ids)?),
            )
            .await?;
        let mut covers: HashMap<String, Vec<Thumb>> = HashMap::new();
        for row in rows {
            covers.entry(row.gallery_id).or_default().extend(row.thumb.thumb());
        }
        let card = |gallery: Gallery| {
            let covers = covers.remove(gallery.id.as_str()).unwrap_or_default();
            GalleryCard { gallery, covers }
        };
        Ok(galleries.into_iter().map(card).collect())
    }
}
