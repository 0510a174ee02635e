//! Search: the words of pictures, kept beside their rows, and what finds them.
//!
//! Every write of a title, a description or tags writes the words in the same batch. A row of the index whose picture
//! is gone finds nothing: it is read through `picture_words`, which goes with the picture.

use crate::database::{Query, sql};
use crate::id_lists::IdList;
use crate::pictures::{ThumbRow, seen};
use crate::search_words::{query, words};
use crate::{Error, Library, Result, Viewer, cursors};
use model::{ImageId, PicturePage};

/// How many pictures a page of a list holds.
pub(crate) const PAGE: usize = 60;

/// The most characters of a search.
const MOST: usize = 200;

/// The statements that make a completed picture findable by its title; nothing to one that is not completed.
pub(crate) fn index(image: &ImageId, title: &str) -> [Query; 2] {
    [
        sql!(
            "INSERT INTO picture_words (image_id) SELECT id FROM images WHERE id = ?1 AND upload_status = 'completed'
             ON CONFLICT DO NOTHING"
        )
        .bind(image.as_str()),
        sql!(
            "INSERT INTO picture_search (rowid, title, description, tags)
             SELECT w.docid, ?2, '', '' FROM picture_words w WHERE w.image_id = ?1
             AND NOT EXISTS (SELECT 1 FROM picture_search s WHERE s.rowid = w.docid)"
        )
        .bind(image.as_str())
        .bind(words(title)),
    ]
}

/// The statement that follows a picture's new title or description.
pub(crate) fn index_text(image: &ImageId, title: Option<&str>, description: Option<&str>) -> Query {
    sql!(
        "UPDATE picture_search SET title = coalesce(?2, title), description = coalesce(?3, description)
         WHERE rowid IN (SELECT docid FROM picture_words WHERE image_id = ?1)"
    )
    .bind(image.as_str())
    .bind(title.map(words))
    .bind(description.map(words))
}

/// The statement that follows pictures' new tags; it stands after those that change them.
pub(crate) fn index_tags(images: &IdList) -> Query {
    sql!(
        "UPDATE picture_search SET tags = coalesce((
             SELECT group_concat(t.words, ' ') FROM picture_words w
             JOIN image_tags it ON it.image_id = w.image_id JOIN tags t ON t.id = it.tag_id
             WHERE w.docid = picture_search.rowid), '')
         WHERE rowid IN (SELECT w.docid FROM json_each(?1) j JOIN picture_words w ON w.image_id = j.value)"
    )
    .bind(images.json())
}

/// The statement that forgets the words of pictures; it stands before the one that deletes them.
pub(crate) fn forget(images: &IdList) -> Query {
    sql!(
        "DELETE FROM picture_search
         WHERE rowid IN (SELECT w.docid FROM json_each(?1) j JOIN picture_words w ON w.image_id = j.value)"
    )
    .bind(images.json())
}

impl Library {
    /// Pictures with these words in title, description or tags, that are public, the viewer's own, or for admins any:
    /// the last completed first, from the cursor on. What a link opened is found by its link alone. At most 200
    /// characters; without a letter or a digit nothing is found.
    pub async fn search(&self, viewer: &Viewer, text: &str, cursor: Option<&str>) -> Result<PicturePage> {
        if text.chars().count() > MOST {
            return Err(Error::field("query", format!("Search with at most {MOST} characters.")));
        }
        let below = cursors::below(cursor)?;
        let Some(query) = query(text) else { return Ok(PicturePage::default()) };
        // Pages go by the index's own order, so that a word of a hundred thousand pictures costs no more than a rare
        // one. The cursor is looked up among what the viewer may see: any other picture's place is not theirs to learn.
        let rows: Vec<ThumbRow> = self
            .0
            .database
            .all(
                sql!(concat!(
                    "SELECT i.id, i.title, i.width, i.height, i.placeholder, i.version
                     FROM picture_search CROSS JOIN picture_words w ON w.docid = picture_search.rowid
                     CROSS JOIN images i ON i.id = w.image_id
                     WHERE picture_search MATCH ?3 AND i.upload_status = 'completed' AND ",
                    seen!("i"),
                    " AND picture_search.rowid < coalesce((
                         SELECT b.docid FROM images c JOIN picture_words b ON b.image_id = c.id
                         WHERE c.id >= ?4 AND +c.upload_status = 'completed' AND ",
                    seen!("c"),
                    " ORDER BY c.id LIMIT 1), 9223372036854775807)
                     ORDER BY picture_search.rowid DESC LIMIT ?5"
                ))
                .bind(viewer.id())
                .bind(viewer.is_admin())
                .bind(query)
                .bind(below)
                .bind(PAGE as u64 + 1),
            )
            .await?;
        Ok(page_of(rows))
    }
}

/// A page of pictures whose cursor is the id of the last.
pub(crate) fn page_of(rows: Vec<ThumbRow>) -> PicturePage {
    let (rows, next_cursor) = cursors::cut(rows, PAGE, |last| last.id.clone());
    PicturePage { pictures: rows.into_iter().filter_map(ThumbRow::thumb).collect(), next_cursor }
}
