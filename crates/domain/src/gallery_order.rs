//! The order of a gallery's pictures and of a member's galleries, and which picture stands for a gallery.

use crate::database::sql;
use crate::gallery_pictures::touch;
use crate::id_lists::{IdList, MOST_IDS};
use crate::{Changed, Error, Library, Result, Viewer, clock::now};
use model::{GalleryId, ImageId};

impl Library {
    /// Puts 1 to 1,000 pictures of a gallery first, in this order; the others follow in the order they had.
    pub async fn set_gallery_order(&self, viewer: &Viewer, id: &GalleryId, images: &[ImageId]) -> Result<()> {
        self.changeable_gallery(viewer, id).await?;
        let ids = IdList::pictures(images, MOST_IDS)?;
        self.all_in_gallery(id, &ids).await?;
        let order = sql!(
            "UPDATE image_galleries SET position = n.place
             FROM (WITH named AS MATERIALIZED (SELECT value AS image_id, key AS place FROM json_each(?2))
                   SELECT ig.image_id, row_number() OVER (
                       ORDER BY named.place IS NULL, named.place, ig.position, ig.image_id) AS place
                   FROM image_galleries ig LEFT JOIN named ON named.image_id = ig.image_id
                   WHERE ig.gallery_id = ?1) n
             WHERE image_galleries.gallery_id = ?1 AND image_galleries.image_id = n.image_id
             AND image_galleries.position <> n.place"
        );
        self.0.database.batch(vec![order.bind(id.as_str()).bind(ids.json()), touch(id)]).await?;
        self.changed(&[Changed::Gallery(id.clone())]).await;
        Ok(())
    }

    /// Chooses the picture that lists show for a gallery; without one it is the first.
    pub async fn set_gallery_cover(&self, viewer: &Viewer, id: &GalleryId, image: Option<&ImageId>) -> Result<()> {
        self.changeable_gallery(viewer, id).await?;
        let query = sql!(
            "UPDATE galleries SET cover_image_id = ?2, updated_at = ?3 WHERE id = ?1 AND (?2 IS NULL OR EXISTS (
                 SELECT 1 FROM image_galleries ig WHERE ig.gallery_id = ?1 AND ig.image_id = ?2))"
        );
        let query = query.bind(id.as_str()).bind(image.map(ImageId::as_str)).bind(now());
        if self.0.database.write(query).await? == 0 {
            return Err(Error::field("imageId", "Choose a picture that is in this gallery."));
        }
        self.changed(&[Changed::Gallery(id.clone())]).await;
        Ok(())
    }

    /// Puts galleries of the viewer's own first, in this order; the others follow in the order they had. Admins too
    /// order only their own.
    pub async fn reorder_galleries(&self, viewer: &Viewer, galleries: &[GalleryId]) -> Result<()> {
        let member = viewer.signed_in()?;
        let ids = IdList::galleries(galleries)?;
        let own = sql!("SELECT count(*) FROM json_each(?1) j JOIN galleries g ON g.id = j.value WHERE g.user_id = ?2");
        let own = self.0.database.count(own.bind(ids.json()).bind(member.id.as_str())).await?;
        if own != ids.count() {
            return Err(Error::field("galleryIds", "Choose galleries of your own."));
        }
        let order = sql!(
            "UPDATE galleries SET position = n.place
             FROM (WITH named AS MATERIALIZED (SELECT value AS id, key AS place FROM json_each(?2))
                   SELECT g.id, row_number() OVER (
                       ORDER BY named.place IS NULL, named.place, g.position, g.created_at DESC, g.id DESC) AS place
                   FROM galleries g LEFT JOIN named ON named.id = g.id
                   WHERE g.user_id = ?1) n
             WHERE galleries.id = n.id AND galleries.position <> n.place"
        );
        self.0.database.write(order.bind(member.id.as_str()).bind(ids.json())).await?;
        self.changed(&[Changed::Galleries]).await;
        Ok(())
    }
}
