//! What delivering a picture needs of its row, kept in memory for a second: a picture that many look at costs no query
//! for each of them.

use crate::changes::Generations;
use crate::database::{sql, unsigned};
use crate::pictures::in_public_gallery;
use crate::{Changed, Error, Library, Result, Topic, Viewer};
use futures::FutureExt;
use model::{Hotlinks, ImageId};
use moka::future::Cache;
use moka::ops::compute::{CompResult, Op};
use std::sync::Arc;
use std::time::Duration;
use storage::Key;

/// How long a row is believed: what another server changes counts after at most so long.
const LIFETIME: Duration = Duration::from_secs(1);

/// How many pictures are known at once.
const MOST: u64 = 10_000;

/// What delivering a completed picture needs of it. Nothing of it depends on who asks.
#[derive(Debug)]
pub(crate) struct PictureFacts {
    pub(crate) owner: String,
    pub(crate) is_public: bool,
    pub(crate) object: Key,
    /// Bytes of the original.
    pub(crate) size: u64,
    pub(crate) version: u32,
    pub(crate) nature: Nature,
    /// Which other sites may show it, by each public gallery it hangs in; nothing where the site says.
    pub(crate) hotlinks: Vec<Option<Hotlinks>>,
}

/// What a picture is like, as far as its variants go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Nature {
    /// Pixels, as shown.
    pub(crate) width: u32,
    /// Pixels, as shown.
    pub(crate) height: u32,
    pub(crate) has_alpha: bool,
    /// More than one if it moves.
    pub(crate) frames: u32,
}

#[derive(sqlx::FromRow)]
struct FactsRow {
    user_id: String,
    object_key: String,
    bytes: i64,
    width: i64,
    height: i64,
    version: i64,
    has_alpha: bool,
    frames: i64,
    is_public: bool,
    hotlinks: String,
}

impl FactsRow {
    fn facts(self) -> Result<PictureFacts> {
        let rules: Vec<Option<String>> = serde_json::from_str(&self.hotlinks)?;
        Ok(PictureFacts {
            // What cannot be read is no rule of its own.
            hotlinks: rules
                .into_iter()
                .map(|rule| Hotlinks::parse(rule.as_deref().unwrap_or_default()).ok()?)
                .collect(),
            owner: self.user_id,
            is_public: self.is_public,
            object: Key::parse(self.object_key)?,
            size: u64::try_from(self.bytes).unwrap_or(0),
            version: unsigned(self.version),
            nature: Nature {
                width: unsigned(self.width),
                height: unsigned(self.height),
                has_alpha: self.has_alpha,
                frames: unsigned(self.frames),
            },
        })
    }
}

#[derive(Clone)]
struct Known {
    facts: Arc<PictureFacts>,
    generation: u64,
}

/// The rows in memory.
pub(crate) struct KnownPictures {
    known: Cache<ImageId, Known>,
    /// What this server has changed; pages that are kept ask it, too.
    generations: Arc<Generations>,
}

impl KnownPictures {
    pub(crate) fn new(generations: Arc<Generations>) -> Self {
        let known = Cache::builder().max_capacity(MOST).time_to_live(LIFETIME).build();
        Self { known, generations }
    }

    /// Grows with every change that may touch any picture: what was read before is believed no more.
    fn generation(&self) -> u64 {
        self.generations.of(&[Topic::Visibility])
    }

    /// What is known of a picture, or what the row says. Memory lets in one at a time for each picture, those who drop
    /// what they changed among them: so nobody puts back what was read before a change.
    async fn get(
        &self,
        id: &ImageId,
        read: impl Future<Output = Result<Option<PictureFacts>>>,
    ) -> Result<Option<Arc<PictureFacts>>> {
        if let Some(known) = self.known.get(id).await
            && known.generation == self.generation()
        {
            return Ok(Some(known.facts));
        }
        let filled = self.known.entry(id.clone()).and_try_compute_with(|known| async move {
            let generation = self.generation();
            // Another filled it while this one waited for its turn.
            if known.is_some_and(|known| known.into_value().generation == generation) {
                return Ok::<_, Error>(Op::Nop);
            }
            let facts = read.await?;
            Ok(facts.map_or(Op::Remove, |facts| Op::Put(Known { facts: Arc::new(facts), generation })))
        });
        Ok(match filled.await? {
            CompResult::Inserted(entry) | CompResult::ReplacedWith(entry) | CompResult::Unchanged(entry) => {
                Some(entry.into_value().facts)
            }
            CompResult::Removed(_) | CompResult::StillNone(_) => None,
        })
    }

    /// What is believed of a picture, if anything is known now.
    fn peek(&self, id: &ImageId) -> Option<Arc<PictureFacts>> {
        let known = self.known.get(id).now_or_never()??;
        (known.generation == self.generation()).then_some(known.facts)
    }

    /// Drops what a change may have touched. Called once the write has committed.
    pub(crate) async fn forget(&self, change: &Changed) {
        match change {
            Changed::Picture(id) => {
                self.known.entry(id.clone()).and_compute_with(|_| async { Op::Remove }).await;
            }
            Changed::Pictures | Changed::Gallery(_) | Changed::User(_) => {
                self.generations.advance(&[Topic::Visibility]);
            }
            Changed::Reactions(_) | Changed::Galleries | Changed::Tags | Changed::Settings => {}
        }
    }
}

impl Library {
    /// The rule for pictures, for delivering variants: as [`Library::visible_picture`], by facts that may be a second
    /// old where another server has changed them.
    pub(crate) async fn deliverable_picture(&self, viewer: &Viewer, id: &ImageId) -> Result<Arc<PictureFacts>> {
        let facts = self.picture_facts(id).await?.ok_or(Error::NotFound)?;
        let is_visible = viewer.may_see(&facts.owner, facts.is_public) || self.is_opened(viewer, id).await?;
        if is_visible { Ok(facts) } else { Err(Error::NotFound) }
    }

    /// The same rule by what is known now: `None` also where a row would have to be read to tell.
    pub(crate) fn known_picture(&self, viewer: &Viewer, id: &ImageId) -> Option<Arc<PictureFacts>> {
        self.0.known_pictures.peek(id).filter(|facts| viewer.may_see(&facts.owner, facts.is_public))
    }

    /// What is known of a completed picture, whoever asks.
    pub(crate) async fn picture_facts(&self, id: &ImageId) -> Result<Option<Arc<PictureFacts>>> {
        let read = async {
            let query = sql!(concat!(
                "SELECT i.user_id, i.object_key, i.bytes, i.width, i.height, i.version, i.has_alpha, i.frames, ",
                in_public_gallery!("i"),
                " AS is_public,
                 (SELECT json_group_array(g.hotlinks) FROM image_galleries ig CROSS JOIN galleries g ON g.id = ig.gallery_id
                  WHERE ig.image_id = i.id AND g.is_public = 1) AS hotlinks
                 FROM images i WHERE i.id = ?1 AND i.upload_status = 'completed'"
            ));
            let row: Option<FactsRow> = self.0.database.one(query.bind(id.as_str())).await?;
            row.map(FactsRow::facts).transpose()
        };
        self.0.known_pictures.get(id, read).await
    }

    /// Whether the row itself says that there is no such completed picture, or no longer.
    pub(crate) async fn is_gone(&self, id: &ImageId) -> bool {
        let query = sql!("SELECT count(*) FROM images WHERE id = ?1 AND upload_status = 'completed'");
        matches!(self.0.database.count(query.bind(id.as_str())).await, Ok(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{GalleryId, UserId};

    fn facts(version: u32) -> PictureFacts {
        PictureFacts {
            owner: "ann".into(),
            is_public: false,
            object: Key::parse("originals/a").unwrap(),
            size: 9,
            version,
            nature: Nature { width: 4, height: 3, has_alpha: false, frames: 1 },
            hotlinks: Vec::new(),
        }
    }

    async fn version(known: &KnownPictures, id: &ImageId, in_row: u32) -> u32 {
        known.get(id, async { Ok(Some(facts(in_row))) }).await.unwrap().unwrap().version
    }

    #[tokio::test]
    async fn a_row_is_believed_until_it_changes() {
        let known = KnownPictures::new(Arc::new(Generations::new()));
        let (one, other) = (ImageId::parse("one").unwrap(), ImageId::parse("other").unwrap());
        assert!(known.get(&one, async { Ok(None) }).await.unwrap().is_none());
        assert!(known.peek(&one).is_none());
        assert_eq!(version(&known, &one, 1).await, 1, "that there was nothing is not kept");
        assert_eq!(known.peek(&one).unwrap().version, 1);
        assert_eq!(version(&known, &one, 2).await, 1);
        assert_eq!(version(&known, &other, 1).await, 1);
        for change in [Changed::Reactions(one.clone()), Changed::Galleries, Changed::Tags, Changed::Settings] {
            known.forget(&change).await;
        }
        assert_eq!(version(&known, &one, 2).await, 1);
        known.forget(&Changed::Picture(one.clone())).await;
        assert!(known.peek(&one).is_none() && known.peek(&other).is_some());
        assert_eq!((version(&known, &one, 2).await, version(&known, &other, 2).await), (2, 1));
        let (gallery, user) = (GalleryId::parse("g").unwrap(), UserId::parse("u").unwrap());
        let mut row = 2;
        for change in [Changed::Pictures, Changed::Gallery(gallery), Changed::User(user)] {
            known.forget(&change).await;
            assert!(known.peek(&one).is_none() && known.peek(&other).is_none());
            row += 1;
            assert_eq!((version(&known, &one, row).await, version(&known, &other, row).await), (row, row));
        }
    }

    #[tokio::test]
    async fn what_was_read_before_a_change_is_not_believed_after_it() {
        let (known, id) = (KnownPictures::new(Arc::new(Generations::new())), ImageId::parse("one").unwrap());
        let read = async {
            known.forget(&Changed::Pictures).await;
            Ok(Some(facts(1)))
        };
        known.get(&id, read).await.unwrap();
        assert_eq!(version(&known, &id, 2).await, 2);
    }

    #[tokio::test]
    async fn a_row_is_believed_for_a_second() {
        let (known, id) = (KnownPictures::new(Arc::new(Generations::new())), ImageId::parse("one").unwrap());
        version(&known, &id, 1).await;
        tokio::time::sleep(LIFETIME + Duration::from_millis(50)).await;
        assert_eq!(version(&known, &id, 2).await, 2);
    }
}
