//! The pictures of a gallery: putting in, taking out, moving.

use crate::database::{Query, sql};
use crate::id_lists::{IdList, MOST_IDS};
use crate::{Changed, Error, Library, Result, Viewer, clock::now};
use model::{Added, GalleryId, ImageId, Moved};

impl Library {
    /// Puts 1 to 1,000 pictures at the end of a gallery. Those already in it stay where they are; those that are not
    /// its owner's are refused, all of them at once.
    pub async fn add_to_gallery(&self, viewer: &Viewer, id: &GalleryId, images: &[ImageId]) -> Result<Added> {
        let gallery = self.changeable_gallery(viewer, id).await?;
        let ids = IdList::pictures(images, MOST_IDS)?;
        self.all_owned_by(&gallery.user_id, viewer, &ids).await?;
        Ok(Added { added: self.hang(id, &ids).await? })
    }

    /// Hangs pictures at the end of a gallery; answers how many were not in it.
    pub(crate) async fn hang(&self, id: &GalleryId, images: &IdList) -> Result<u64> {
        let hung = sql!(
            "INSERT INTO image_galleries (image_id, gallery_id, position, created_at)
             SELECT i.id, ?2, (SELECT coalesce(max(position), 0) FROM image_galleries WHERE gallery_id = ?2)
                              + j.key + 1, ?3
             FROM json_each(?1) j JOIN images i ON i.id = j.value WHERE true ON CONFLICT DO NOTHING"
        );
        let hung = hung.bind(images.json()).bind(id.as_str()).bind(now());
        let changed = self.0.database.batch(vec![hung, touch(id)]).await?;
        self.changed(&[Changed::Gallery(id.clone())]).await;
        Ok(changed.first().copied().unwrap_or(0))
    }

    /// Takes 1 to 1,000 pictures out of a gallery; they stay in the library.
    pub async fn remove_from_gallery(&self, viewer: &Viewer, id: &GalleryId, images: &[ImageId]) -> Result<()> {
        self.changeable_gallery(viewer, id).await?;
        let ids = IdList::pictures(images, MOST_IDS)?;
        self.0.database.batch(vec![take_out(id, &ids), uncover(id, &ids), touch(id)]).await?;
        self.changed(&[Changed::Gallery(id.clone())]).await;
        Ok(())
    }

    /// Moves 1 to 1,000 pictures of one gallery to the end of another; in one that holds them already they stay where
    /// they are. Pictures that are not the second's owner's or not in the first are refused, all of them at once.
    pub async fn move_to_gallery(
        &self,
        viewer: &Viewer,
        from: &GalleryId,
        to: &GalleryId,
        images: &[ImageId],
    ) -> Result<Moved> {
        self.changeable_gallery(viewer, from).await?;
        let gallery = self.changeable_gallery(viewer, to).await?;
        if from == to {
            return Err(Error::field("toGalleryId", "Choose another gallery to move the pictures to."));
        }
        let ids = IdList::pictures(images, MOST_IDS)?;
        self.all_owned_by(&gallery.user_id, viewer, &ids).await?;
        self.all_in_gallery(from, &ids).await?;
        let changed = self
            .0
            .database
            .batch(vec![
                sql!(
                    "INSERT INTO image_galleries (image_id, gallery_id, position, created_at)
                     SELECT f.image_id, ?3, (SELECT coalesce(max(position), 0) FROM image_galleries
                                             WHERE gallery_id = ?3) + j.key + 1, ?4
                     FROM json_each(?1) j JOIN image_galleries f ON f.gallery_id = ?2 AND f.image_id = j.value
                     WHERE true ON CONFLICT DO NOTHING"
                )
                .bind(ids.json())
                .bind(from.as_str())
                .bind(to.as_str())
                .bind(now()),
                take_out(from, &ids),
                uncover(from, &ids),
                touch(from),
                touch(to),
            ])
            .await?;
        self.changed(&[Changed::Gallery(from.clone()), Changed::Gallery(to.clone())]).await;
        Ok(Moved { moved: changed.get(1).copied().unwrap_or(0) })
    }

    /// Refuses a list with a picture that is not the owner's, or not completed. Admins are no exception: whoever owns
    /// a gallery could then publish another's picture. The answer is the same for private and missing pictures.
    async fn all_owned_by(&self, owner: &str, viewer: &Viewer, images: &IdList) -> Result<()> {
        let query = sql!(
            "SELECT count(*) FROM json_each(?1) j CROSS JOIN images i ON i.id = j.value
             WHERE i.user_id = ?2 AND i.upload_status = 'completed'"
        );
        if self.0.database.count(query.bind(images.json()).bind(owner)).await? == images.count() {
            return Ok(());
        }
        let whose = if viewer.id() == owner { "of your own" } else { "of the gallery’s owner" };
        Err(Error::field("imageIds", format!("Choose completed pictures {whose}.")))
    }

    /// Refuses a list with a picture that is not in the gallery.
    pub(crate) async fn all_in_gallery(&self, gallery: &GalleryId, images: &IdList) -> Result<()> {
        let query = sql!(
            "SELECT count(*) FROM json_each(?1) j
             JOIN image_galleries ig ON ig.image_id = j.value AND ig.gallery_id = ?2"
        );
        let held = self.0.database.count(query.bind(images.json()).bind(gallery.as_str())).await?;
        if held == images.count() {
            return Ok(());
        }
        Err(Error::field("imageIds", "Choose pictures that are in this gallery."))
    }
}

fn take_out(gallery: &GalleryId, images: &IdList) -> Query {
    sql!("DELETE FROM image_galleries WHERE gallery_id = ?2 AND image_id IN (SELECT value FROM json_each(?1))")
        .bind(images.json())
        .bind(gallery.as_str())
}

/// A picture that is taken out is not the cover when it comes back.
fn uncover(gallery: &GalleryId, images: &IdList) -> Query {
    sql!(
        "UPDATE galleries SET cover_image_id = NULL
         WHERE id = ?2 AND cover_image_id IN (SELECT value FROM json_each(?1))"
    )
    .bind(images.json())
    .bind(gallery.as_str())
}

pub(crate) fn touch(id: &GalleryId) -> Query {
    sql!("UPDATE galleries SET updated_at = ?2 WHERE id = ?1").bind(id.as_str()).bind(now())
}
