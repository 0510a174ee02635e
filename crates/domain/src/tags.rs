//! Tags of pictures.

use crate::database::{Query, sql};
use crate::{Library, Result, clock::now, ids::new_id};
use model::{ImageId, Tags, UserId};

impl Library {
    /// The statements that give a picture exactly these tags.
    pub(crate) fn set_tags(image: &ImageId, tags: &Tags) -> Result<Vec<Query>> {
        // Ids for names that may be new; `UserId` has the same form as any id.
        let named: Vec<_> = tags.as_slice().iter().map(|name| (String::from(new_id::<UserId>()), name)).collect();
        let named = serde_json::to_string(&named)?;
        let names = serde_json::to_string(tags.as_slice())?;
        Ok(vec![
            sql!(
                "INSERT INTO tags (id, name, created_at, updated_at)
                 SELECT value ->> 0, value ->> 1, ?2, ?2 FROM json_each(?1) WHERE true ON CONFLICT (name) DO NOTHING"
            )
            .bind(named)
            .bind(now()),
            sql!("DELETE FROM image_tags WHERE image_id = ?1").bind(image.as_str()),
            sql!(
                "INSERT INTO image_tags (image_id, tag_id, position)
                 SELECT ?1, t.id, j.key FROM json_each(?2) j JOIN tags t ON t.name = j.value"
            )
            .bind(image.as_str())
            .bind(names),
            sql!("DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM image_tags)"),
        ])
    }

    pub(crate) async fn tags_of(&self, image: &ImageId) -> Result<Vec<String>> {
        let rows: Vec<(String,)> = self
            .0
            .database
            .all(
                sql!(
                    "SELECT t.name FROM image_tags it JOIN tags t ON t.id = it.tag_id
                     WHERE it.image_id = ?1 ORDER BY it.position"
                )
                .bind(image.as_str()),
            )
            .await?;
        Ok(rows.into_iter().map(|(name,)| name).collect())
    }
}
