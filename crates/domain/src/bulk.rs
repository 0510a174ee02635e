//! Many pictures at once: all of them, or none.

use crate::database::sql;
use crate::id_lists::{IdList, MOST_IDS};
use crate::search::index_tags;
use crate::tags::make_tags;
use crate::{Changed, Error, Library, Result, Viewer, clock::now};
use model::{ChangedPictures, ImageId, Tags, TagsChange};

impl Library {
    /// Puts tags on 1 to 1,000 completed pictures and takes others off: on all of them, or on none if one is not the
    /// viewer's to change or would have too many tags.
    pub async fn update_pictures(
        &self,
        viewer: &Viewer,
        images: &[ImageId],
        change: TagsChange,
    ) -> Result<ChangedPictures> {
        viewer.signed_in()?;
        let ids = IdList::pictures(images, MOST_IDS)?;
        let TagsChange { add, remove } = change;
        if add.as_slice().is_empty() && remove.as_slice().is_empty() {
            return Err(Error::field("addTags", "Name tags to add or to remove."));
        }
        if add.as_slice().iter().any(|tag| remove.as_slice().contains(tag)) {
            return Err(Error::field("removeTags", "Add a tag or remove it, not both at once."));
        }
        self.all_changeable(viewer, &ids, true).await?;
        let (added, removed) = (serde_json::to_string(&add)?, serde_json::to_string(&remove)?);
        let crowded = sql!(
            "SELECT count(*) FROM json_each(?1) l WHERE ?4 < (
                 SELECT count(*) FROM image_tags it JOIN tags t ON t.id = it.tag_id WHERE it.image_id = l.value
                 AND t.name NOT IN (SELECT value FROM json_each(?2))
                 AND t.name NOT IN (SELECT value FROM json_each(?3)))"
        );
        let room = Tags::MOST.saturating_sub(add.as_slice().len()) as u64;
        let crowded = crowded.bind(ids.json()).bind(added.as_str()).bind(removed.as_str()).bind(room);
        if !add.as_slice().is_empty() && self.0.database.count(crowded).await? > 0 {
            let reason = format!("A picture has at most {} tags. Add fewer, or remove some first.", Tags::MOST);
            return Err(Error::field("addTags", reason));
        }
        let changed = self
            .0
            .database
            .batch(vec![
                // First, while it can still be told which pictures change.
                sql!(
                    "UPDATE images SET updated_at = ?4 WHERE id IN (SELECT value FROM json_each(?1)) AND (
                         EXISTS (SELECT 1 FROM image_tags it JOIN tags t ON t.id = it.tag_id
                                 WHERE it.image_id = images.id AND t.name IN (SELECT value FROM json_each(?3)))
                         OR EXISTS (SELECT 1 FROM json_each(?2) j WHERE NOT EXISTS (
                                 SELECT 1 FROM tags t JOIN image_tags it ON it.tag_id = t.id
                                 WHERE t.name = j.value AND it.image_id = images.id)))"
                )
                .bind(ids.json())
                .bind(added.as_str())
                .bind(removed.as_str())
                .bind(now()),
                sql!(
                    "DELETE FROM image_tags WHERE image_id IN (SELECT value FROM json_each(?1)) AND tag_id IN (
                         SELECT t.id FROM json_each(?2) j JOIN tags t ON t.name = j.value)"
                )
                .bind(ids.json())
                .bind(removed.as_str()),
                sql!(
                    "DELETE FROM tags WHERE name IN (SELECT value FROM json_each(?1))
                     AND NOT EXISTS (SELECT 1 FROM image_tags it WHERE it.tag_id = tags.id)"
                )
                .bind(removed.as_str()),
                make_tags(&add)?,
                sql!(
                    "INSERT INTO image_tags (image_id, tag_id, position)
                     SELECT i.id, t.id,
                            (SELECT coalesce(max(o.position), -1) FROM image_tags o WHERE o.image_id = i.id) + j.key + 1
                     FROM json_each(?1) l JOIN images i ON i.id = l.value
                     JOIN json_each(?2) j JOIN tags t ON t.name = j.value
                     WHERE true ON CONFLICT DO NOTHING"
                )
                .bind(ids.json())
                .bind(added.as_str()),
                index_tags(&ids),
            ])
            .await?;
        self.changed(&[Changed::Pictures]).await;
        Ok(ChangedPictures { changed: changed.first().copied().unwrap_or(0) })
    }

    /// Refuses a list with a picture that the viewer may not change, or with `completed` one that is not completed.
    /// The answer is the same whether such a picture is private, another's or missing.
    pub(crate) async fn all_changeable(&self, viewer: &Viewer, images: &IdList, completed: bool) -> Result<()> {
        let query = sql!(
            "SELECT count(*) FROM json_each(?1) j CROSS JOIN images i ON i.id = j.value
             WHERE (i.user_id = ?2 OR ?3) AND (i.upload_status = 'completed' OR NOT ?4)"
        );
        let query = query.bind(images.json()).bind(viewer.id()).bind(viewer.is_admin()).bind(completed);
        if self.0.database.count(query).await? == images.count() {
            return Ok(());
        }
        let reason = if completed { "Choose completed pictures of your own." } else { "Choose pictures of your own." };
        Err(Error::field("imageIds", reason))
    }
}
