//! Tags: those of a picture, those of the site, and the pictures that have one.

use crate::database::{Query, sql};
use crate::id_lists::IdList;
use crate::pictures::{ThumbRow, in_public_gallery, seen};
use crate::search::{PAGE, index_tags, page_of};
use crate::search_words::words;
use crate::{Error, Library, Result, Viewer, clock::now, cursors, ids::new_id};
use model::{ImageId, PicturePage, TagCount, TagCounts, TagName, Tags, UserId};

/// The most tags a list answers.
const MOST: u64 = 500;

/// The statement that makes the tags there are not yet.
pub(crate) fn make_tags(tags: &Tags) -> Result<Query> {
    // Ids for names that may be new; `UserId` has the same form as any id.
    let named = tags.as_slice().iter().map(|name| (String::from(new_id::<UserId>()), name, words(name)));
    let named = serde_json::to_string(&named.collect::<Vec<_>>())?;
    Ok(sql!(
        "INSERT INTO tags (id, name, words, created_at, updated_at)
         SELECT value ->> 0, value ->> 1, value ->> 2, ?2, ?2 FROM json_each(?1) WHERE true
         ON CONFLICT (name) DO NOTHING"
    )
    .bind(named)
    .bind(now()))
}

/// The statement that ends the tags that only these pictures have, but for those kept. It takes them off the pictures
/// too, and stands before what puts others on or deletes the pictures.
pub(crate) fn end_tags(images: &IdList, kept: &Tags) -> Result<Query> {
    Ok(sql!(
        "DELETE FROM tags
         WHERE id IN (SELECT it.tag_id FROM json_each(?1) j JOIN image_tags it ON it.image_id = j.value)
         AND name NOT IN (SELECT value FROM json_each(?2))
         AND NOT EXISTS (SELECT 1 FROM image_tags o WHERE o.tag_id = tags.id
                         AND o.image_id NOT IN (SELECT value FROM json_each(?1)))"
    )
    .bind(images.json())
    .bind(serde_json::to_string(kept)?))
}

/// The statements that give a picture exactly these tags.
pub(crate) fn set_tags(image: &ImageId, tags: &Tags) -> Result<Vec<Query>> {
    let images = IdList::one(image)?;
    Ok(vec![
        make_tags(tags)?,
        end_tags(&images, tags)?,
        sql!("DELETE FROM image_tags WHERE image_id = ?1").bind(image.as_str()),
        sql!(
            "INSERT INTO image_tags (image_id, tag_id, position)
             SELECT i.id, t.id, j.key FROM images i JOIN json_each(?2) j JOIN tags t ON t.name = j.value
             WHERE i.id = ?1"
        )
        .bind(image.as_str())
        .bind(serde_json::to_string(tags)?),
        index_tags(&images),
    ])
}

#[derive(sqlx::FromRow)]
struct TagRow {
    name: String,
    pictures: i64,
}

impl Library {
    /// The tags of public pictures, the most used first. `limit` is 1 to 500.
    pub async fn tags(&self, limit: u64) -> Result<TagCounts> {
        if !(1..=MOST).contains(&limit) {
            return Err(Error::field("limit", "Ask for 1 to 500 tags at once."));
        }
        let rows: Vec<TagRow> = self
            .0
            .database
            .all(
                sql!(concat!(
                    "SELECT t.name, n.pictures FROM (
                         SELECT it.tag_id, count(*) AS pictures
                         FROM images i CROSS JOIN image_tags it ON it.image_id = i.id
                         WHERE i.upload_status = 'completed' AND ",
                    in_public_gallery!("i"),
                    "    GROUP BY it.tag_id) n
                     JOIN tags t ON t.id = n.tag_id ORDER BY n.pictures DESC, t.name LIMIT ?1"
                ))
                .bind(limit),
            )
            .await?;
        let tag = |row: TagRow| TagCount { name: row.name, count: row.pictures.unsigned_abs() };
        Ok(TagCounts { tags: rows.into_iter().map(tag).collect() })
    }

    /// Pictures with a tag that are public, the viewer's own, or for admins any: the newest first, from the cursor on.
    /// What a link opened is found by its link alone. A tag that is on none of them is on no picture.
    pub async fn tag_pictures(&self, viewer: &Viewer, tag: &TagName, cursor: Option<&str>) -> Result<PicturePage> {
        let rows: Vec<ThumbRow> = self
            .0
            .database
            .all(
                sql!(concat!(
                    "SELECT i.id, i.title, i.width, i.height, i.placeholder, i.version
                     FROM tags t CROSS JOIN image_tags it ON it.tag_id = t.id
                     CROSS JOIN images i ON i.id = it.image_id
                     WHERE t.name = ?3 AND it.image_id < ?4 AND i.upload_status = 'completed' AND ",
                    seen!("i"),
                    " ORDER BY it.image_id DESC LIMIT ?5"
                ))
                .bind(viewer.id())
                .bind(viewer.is_admin())
                .bind(tag.as_str())
                .bind(cursors::below(cursor)?)
                .bind(PAGE as u64 + 1),
            )
            .await?;
        Ok(page_of(rows))
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
