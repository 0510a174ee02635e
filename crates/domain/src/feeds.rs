//! Feeds: the newest public pictures of the site, a gallery, a tag or a member; and all of them, for search engines.

use crate::database::sql;
use crate::pictures::{ThumbRow, in_public_gallery};
use crate::{Error, Library, Result};
use model::{RandomSource, TagName, Thumb};

/// How many pictures a feed holds.
const MOST: u64 = 50;

/// How many pictures, or galleries, a part of the list of all holds.
const PART: u64 = 10_000;

/// What a feed is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedSource {
    /// The whole site.
    Site,
    /// A public gallery, by its slug.
    Gallery(String),
    /// The pictures with a tag.
    Tag(TagName),
    /// A member's pictures, by name.
    Member(String),
}

/// A feed, as anyone may read it.
#[derive(Clone, Debug)]
pub struct Feed {
    /// What it is of, in words; nothing for the whole site.
    pub title: String,
    /// The newest first.
    pub entries: Vec<FeedEntry>,
}

/// A picture of a feed.
#[derive(Clone, Debug)]
pub struct FeedEntry {
    /// The picture.
    pub picture: Thumb,
    /// May be empty.
    pub description: String,
    /// The owner's name.
    pub owner: String,
    /// In the order given.
    pub tags: Vec<String>,
    /// Unix seconds.
    pub added: i64,
    /// Unix seconds, of its last change.
    pub changed: i64,
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    #[sqlx(flatten)]
    thumb: ThumbRow,
    description: String,
    owner: String,
    tags: String,
    created_at: i64,
    updated_at: i64,
}

impl EntryRow {
    fn entry(self) -> Result<Option<FeedEntry>> {
        let tags = serde_json::from_str(&self.tags)?;
        let Self { thumb, description, owner, created_at: added, updated_at: changed, .. } = self;
        Ok(thumb.thumb().map(|picture| FeedEntry { picture, description, owner, tags, added, changed }))
    }
}

/// A statement that reads entries: what comes before `images i`, and the condition and the order.
macro_rules! select_entries {
    ($from:literal, $rest:literal) => {
        sql!(concat!(
            "SELECT i.id, i.title, i.width, i.height, i.placeholder, i.version, i.description, i.created_at, i.updated_at,
                    u.username AS owner,
                    (SELECT json_group_array(name) FROM (
                         SELECT t.name FROM image_tags it JOIN tags t ON t.id = it.tag_id
                         WHERE it.image_id = i.id ORDER BY it.position)) AS tags
             FROM ",
            $from,
            " CROSS JOIN users u ON u.id = i.user_id WHERE i.upload_status = 'completed' AND ",
            in_public_gallery!("i"),
            $rest
        ))
    };
}

impl Library {
    /// The newest public pictures. What has none answers like what is not there: a gallery that is not public, a tag
    /// that is on none, a member who shows nothing. The site's own may be empty, and so may a public gallery's.
    pub async fn feed(&self, source: &FeedSource) -> Result<Feed> {
        let database = &self.0.database;
        let named: Option<(String, String)> = match source {
            FeedSource::Site => Some((String::new(), String::new())),
            FeedSource::Gallery(slug) => {
                let query = sql!("SELECT id, name FROM galleries WHERE slug = ?1 AND is_public = 1");
                database.one(query.bind(slug.as_str())).await?
            }
            FeedSource::Tag(tag) => {
                let query = sql!("SELECT id, '#' || name FROM tags WHERE name = ?1");
                database.one(query.bind(tag.as_str())).await?
            }
            FeedSource::Member(name) => {
                database.one(sql!("SELECT id, username FROM users WHERE username = ?1").bind(name.as_str())).await?
            }
        };
        let (id, title) = named.ok_or(Error::NotFound)?;
        let query = match source {
            FeedSource::Member(_) => select_entries!("images i", " AND i.user_id = ?1 ORDER BY i.id DESC LIMIT ?2"),
            _ => select_entries!(
                "public_places r CROSS JOIN images i ON i.id = r.image_id",
                " AND r.source = ?1 ORDER BY r.image_id DESC LIMIT ?2"
            ),
        };
        let rows: Vec<EntryRow> = database.all(query.bind(id).bind(MOST)).await?;
        let entries = rows.into_iter().filter_map(|row| row.entry().transpose()).collect::<Result<Vec<_>>>()?;
        let may_be_empty = matches!(source, FeedSource::Site | FeedSource::Gallery(_));
        if entries.is_empty() && !may_be_empty { Err(Error::NotFound) } else { Ok(Feed { title, entries }) }
    }

    /// In how many parts all public pictures are listed.
    pub async fn listed_parts(&self) -> Result<u64> {
        let count = self.count_random(&RandomSource::default()).await?;
        Ok(count.div_ceil(PART))
    }

    /// A part of all public pictures, the newest first; `part` counts from 0. With each, when it was last changed, in
    /// Unix seconds.
    pub async fn listed_pictures(&self, part: u64) -> Result<Vec<(Thumb, i64)>> {
        #[derive(sqlx::FromRow)]
        struct Listed {
            #[sqlx(flatten)]
            thumb: ThumbRow,
            updated_at: i64,
        }
        // What stands before the part is passed over in the index alone.
        let query = sql!(concat!(
            "SELECT i.id, i.title, i.width, i.height, i.placeholder, i.version, i.updated_at
             FROM (SELECT image_id FROM public_places WHERE source = '' ORDER BY image_id DESC LIMIT ?1 OFFSET ?2) r
             CROSS JOIN images i ON i.id = r.image_id WHERE i.upload_status = 'completed' AND ",
            in_public_gallery!("i")
        ));
        let rows: Vec<Listed> = self.0.database.all(query.bind(PART).bind(part.saturating_mul(PART))).await?;
        Ok(rows.into_iter().filter_map(|row| Some((row.thumb.thumb()?, row.updated_at))).collect())
    }

    /// The newest public galleries: each its slug, and when it was last changed, in Unix seconds.
    pub async fn listed_galleries(&self) -> Result<Vec<(String, i64)>> {
        let query = sql!(
            "SELECT slug, updated_at FROM galleries WHERE is_public = 1 ORDER BY created_at DESC, id DESC LIMIT ?1"
        );
        self.0.database.all(query.bind(PART)).await
    }
}
