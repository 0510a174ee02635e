//! Random pictures. Every public one has a place in the whole library, in each public gallery it hangs in, and in each of
//! its tags, numbered from 0 without gaps within its shape: so any of them is found by its number, and the highest number
//! tells how many there are. Triggers keep it so, whatever changes (`migrations/0003_public_places.sql`).

use crate::database::{Query, sql, unsigned};
use crate::pictures::{ThumbRow, in_public_gallery};
use crate::{Library, Result, Topic};
use model::{Among, Chosen, ImageId, RandomSource, Shape, Thumb};
use moka::sync::Cache;
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::index};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often pictures are chosen anew that were taken away between choice and reading.
const TRIES: usize = 3;

/// A statement that tells where places are found, how many there are of each shape, and whether any gallery has rules of
/// its own for other sites, from the source's own id.
macro_rules! count_places {
    ($source:literal) => {
        sql!(concat!(
            "SELECT s.id AS source,
                 coalesce((SELECT max(n) + 1 FROM public_places WHERE source = s.id AND shape = 'landscape'), 0)
                     AS landscape,
                 coalesce((SELECT max(n) + 1 FROM public_places WHERE source = s.id AND shape = 'portrait'), 0)
                     AS portrait,
                 coalesce((SELECT max(n) + 1 FROM public_places WHERE source = s.id AND shape = 'square'), 0)
                     AS square,
                 EXISTS (SELECT 1 FROM galleries WHERE hotlinks IS NOT NULL) AS limited
             FROM (",
            $source,
            ") s"
        ))
    };
}

/// For how long it is believed how many there are, and what was drawn ahead is shown: what another server changes counts
/// after at most so long.
const BELIEVED: Duration = Duration::from_millis(500);

/// Of how many sources that is known at once.
const MOST_KNOWN: u64 = 1_000;

/// How many pictures are drawn at once, at most, where many are asked for one after the other.
const MOST_AHEAD: usize = 32;

/// What changes which pictures are public, where they hang, what tags they have, and what is told of them.
const TOPICS: [Topic; 3] = [Topic::Visibility, Topic::Galleries, Topic::Tags];

/// What is known of the sources that were asked for lately.
pub(crate) struct KnownSources(Cache<RandomSource, Arc<KnownSource>>);

impl KnownSources {
    pub(crate) fn new() -> Self {
        Self(Cache::builder().max_capacity(MOST_KNOWN).time_to_live(BELIEVED).build())
    }
}

/// How many places a source has, and pictures of it that nobody was shown yet.
struct KnownSource {
    /// When it was read.
    generation: u64,
    places: Places,
    ahead: Mutex<Ahead>,
}

/// Pictures drawn ahead: each by itself and whatever else was drawn, so that what comes after a picture says nothing of
/// which one it was. Twice as many each time that all are taken.
#[derive(Default)]
struct Ahead {
    pictures: Vec<Chosen>,
    drawn: usize,
}

impl KnownSource {
    fn ahead(&self) -> MutexGuard<'_, Ahead> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One that lies ready, or how many to draw.
    fn take(&self) -> Result<Chosen, usize> {
        let mut ahead = self.ahead();
        if let Some(picture) = ahead.pictures.pop() {
            return Ok(picture);
        }
        ahead.drawn = (2 * ahead.drawn).clamp(1, MOST_AHEAD);
        Err(ahead.drawn)
    }
}

#[derive(Default, sqlx::FromRow)]
struct Places {
    source: String,
    landscape: i64,
    portrait: i64,
    square: i64,
    /// Whether any gallery says itself which other sites may show its pictures.
    limited: bool,
}

#[derive(sqlx::FromRow)]
struct ChoiceRow {
    image_id: String,
    width: i64,
    height: i64,
    version: i64,
}

impl ChoiceRow {
    fn chosen(self) -> Option<Chosen> {
        Some(Chosen {
            id: ImageId::parse(&self.image_id)?,
            width: unsigned(self.width),
            height: unsigned(self.height),
            version: unsigned(self.version),
        })
    }
}

impl Places {
    /// How many pictures there are to choose from.
    fn count(&self, wanted: Option<Shape>) -> usize {
        Shape::ALL.into_iter().map(|shape| self.of(shape, wanted)).sum()
    }

    /// How many of them have this shape.
    fn of(&self, shape: Shape, wanted: Option<Shape>) -> usize {
        let count = match shape {
            Shape::Landscape => self.landscape,
            Shape::Portrait => self.portrait,
            Shape::Square => self.square,
        };
        if wanted.is_none_or(|wanted| wanted == shape) { usize::try_from(count).unwrap_or(0) } else { 0 }
    }

    /// The place that is the so manieth of all to choose from: its shape, and its number within that.
    fn at(&self, mut number: usize, wanted: Option<Shape>) -> Option<(&'static str, usize)> {
        for shape in Shape::ALL {
            match number.checked_sub(self.of(shape, wanted)) {
                Some(rest) => number = rest,
                None => return Some((shape.word(), number)),
            }
        }
        None
    }

    /// The places of several of them, as statements take them.
    fn all_at(&self, numbers: &[usize], wanted: Option<Shape>) -> Result<String> {
        let places: Vec<_> = numbers.iter().filter_map(|number| self.at(*number, wanted)).collect();
        Ok(serde_json::to_string(&places)?)
    }
}

impl Library {
    /// How many pictures there are to choose from.
    pub async fn count_random(&self, source: &RandomSource) -> Result<u64> {
        Ok(self.known_source(source).await?.places.count(source.shape) as u64)
    }

    /// Whether it may go by the page that asks which of them are shown; see [`Library::may_be_shown_on`].
    pub async fn limits_random(&self, source: &RandomSource) -> Result<bool> {
        Ok(self.limits_hotlinks(&[]) || self.known_source(source).await?.places.limited)
    }

    /// Different pictures, each as likely as any other: so many, or all there are. The same seed chooses the same ones
    /// in the same order for as long as there are the same to choose from.
    pub async fn random_pictures(&self, source: &RandomSource, seed: Option<&str>, most: usize) -> Result<Vec<Thumb>> {
        let mut rng = match seed {
            Some(seed) => StdRng::from_seed(Sha256::digest(seed).into()),
            None => StdRng::from_rng(&mut rand::rng()),
        };
        let mut chosen = Vec::new();
        for _ in 0..TRIES {
            let known = self.known_source(source).await?;
            let count = known.places.count(source.shape);
            let numbers = index::sample(&mut rng, count, most.min(count)).into_vec();
            chosen = self.pictures_with(source, &known.places, &numbers).await?;
            if chosen.len() == numbers.len() {
                break;
            }
            self.0.known_sources.0.invalidate(source);
        }
        Ok(chosen)
    }

    /// A picture, each as likely as any other; none if there is none. What is told of it is in the place, so that this is
    /// one read of an index; whoever shows it asks the access rule.
    pub async fn random_picture(&self, source: &RandomSource) -> Result<Option<Chosen>> {
        for _ in 0..TRIES {
            let known = self.known_source(source).await?;
            let count = known.places.count(source.shape);
            if count == 0 {
                return Ok(None);
            }
            let most = match known.take() {
                Ok(picture) => return Ok(Some(picture)),
                Err(most) => most,
            };
            let mut rng = StdRng::from_rng(&mut rand::rng());
            let numbers: Vec<_> = (0..most).map(|_| rng.random_range(0..count)).collect();
            let mut drawn = self.choices_with(source, &known.places, &numbers).await?;
            if let Some(picture) = drawn.pop() {
                known.ahead().pictures.append(&mut drawn);
                return Ok(Some(picture));
            }
            self.0.known_sources.0.invalidate(source);
        }
        Ok(None)
    }

    /// The places with these numbers.
    async fn choices_with(&self, source: &RandomSource, places: &Places, numbers: &[usize]) -> Result<Vec<Chosen>> {
        let query = sql!(
            "SELECT r.image_id, r.width, r.height, r.version FROM json_each(?2) j
             CROSS JOIN public_places r ON r.source = ?1 AND r.shape = j.value ->> 0 AND r.n = j.value ->> 1
             ORDER BY j.key"
        );
        let query = query.bind(places.source.as_str()).bind(places.all_at(numbers, source.shape)?);
        let rows: Vec<ChoiceRow> = self.0.database.all(query).await?;
        Ok(rows.into_iter().filter_map(ChoiceRow::chosen).collect())
    }

    /// The pictures with these numbers, in this order, but for what is public no more.
    async fn pictures_with(&self, source: &RandomSource, places: &Places, numbers: &[usize]) -> Result<Vec<Thumb>> {
        let at = places.all_at(numbers, source.shape)?;
        let rows: Vec<ThumbRow> = self.0.database.all(pictures_at(&places.source, &at)).await?;
        Ok(rows.into_iter().filter_map(ThumbRow::thumb).collect())
    }

    /// Nothing is said of galleries that are not public, nor of tags that are on no public picture: they have no places.
    async fn known_source(&self, source: &RandomSource) -> Result<Arc<KnownSource>> {
        // Before anything is read, so that what changes meanwhile is read again.
        let generation = self.generation(&TOPICS);
        if let Some(known) = self.0.known_sources.0.get(source)
            && known.generation == generation
        {
            return Ok(known);
        }
        let query = match &source.among {
            Among::All => count_places!("SELECT '' AS id"),
            Among::Gallery(slug) => {
                count_places!("SELECT id FROM galleries WHERE slug = ?1 AND is_public = 1").bind(slug.as_str())
            }
            Among::Folder(path) => count_places!(
                "SELECT g.id FROM folder_galleries o CROSS JOIN galleries g ON g.id = o.gallery_id
                 WHERE o.path = ?1 AND g.is_public = 1"
            )
            .bind(path.as_str()),
            Among::Tag(tag) => count_places!("SELECT id FROM tags WHERE name = ?1").bind(tag.as_str()),
        };
        let places: Option<Places> = self.0.database.one(query).await?;
        let known = Arc::new(KnownSource { generation, places: places.unwrap_or_default(), ahead: Mutex::default() });
        self.0.known_sources.0.insert(source.clone(), known.clone());
        Ok(known)
    }
}

/// The pictures at places of a source, a JSON list of (shape, number): in that order, and only what is public.
fn pictures_at(source: &str, places: &str) -> Query {
    sql!(concat!(
        "SELECT i.id, i.title, i.width, i.height, i.placeholder, i.version
         FROM json_each(?2) j
         CROSS JOIN public_places r ON r.source = ?1 AND r.shape = j.value ->> 0 AND r.n = j.value ->> 1
         CROSS JOIN images i ON i.id = r.image_id
         WHERE i.upload_status = 'completed' AND ",
        in_public_gallery!("i"),
        " ORDER BY j.key"
    ))
    .bind(source)
    .bind(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_one_place() {
        let places = Places { landscape: 2, portrait: 0, square: 1, ..Places::default() };
        let all: Vec<_> = (0..4).map(|number| places.at(number, None)).collect();
        assert_eq!(all, [Some(("landscape", 0)), Some(("landscape", 1)), Some(("square", 0)), None]);
        assert_eq!((places.count(None), places.count(Some(Shape::Portrait))), (3, 0));
        assert_eq!(places.at(0, Some(Shape::Square)), Some(("square", 0)));
        assert_eq!(places.at(0, Some(Shape::Portrait)), None);
    }

    /// A change of the library, by the numbers of a picture and of a gallery or a tag.
    const CHANGES: [&str; 13] = [
        "INSERT OR IGNORE INTO images (id, user_id, object_key, upload_status, filename, content_type, width, height,
             created_at, updated_at)
         VALUES ('i' || ?1, 'ann', 'i' || ?1, 'completed', '', '', 3 + ?1 % 3, 4, 0, 0)",
        "INSERT OR IGNORE INTO image_galleries SELECT id, 'g' || ?2, 0, 0 FROM images WHERE id = 'i' || ?1",
        "INSERT OR IGNORE INTO image_galleries SELECT id, 'g' || ?2, 0, 0 FROM images",
        "INSERT OR IGNORE INTO image_tags SELECT id, 't' || ?2, 0 FROM images WHERE id = 'i' || ?1",
        "INSERT OR IGNORE INTO galleries (id, user_id, slug, name, is_public, created_at, updated_at)
         VALUES ('g' || ?2, 'ann', ?2, '', ?1 % 2, 0, 0)",
        "INSERT OR IGNORE INTO tags (id, name, words, created_at, updated_at) VALUES ('t' || ?2, ?2, '', 0, 0)",
        "UPDATE galleries SET is_public = ?1 % 2 WHERE id = 'g' || ?2",
        "UPDATE images SET upload_status = iif(?2 = 0, 'failed', 'completed') WHERE id = 'i' || ?1",
        "UPDATE images SET width = 3 + ?2, version = version + 1 WHERE id = 'i' || ?1",
        "DELETE FROM image_galleries WHERE image_id = 'i' || ?1 AND gallery_id = 'g' || ?2",
        "DELETE FROM image_tags WHERE image_id = 'i' || ?1 AND tag_id = 't' || ?2",
        "DELETE FROM images WHERE id = 'i' || ?1",
        "DELETE FROM galleries WHERE id = 'g' || ?2",
    ];

    #[tokio::test]
    async fn whatever_changes_every_public_picture_has_its_places_and_no_other_has() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::for_tests(folder.path()).await;
        let database = &library.0.database;
        database
            .write(Query::new(
                "INSERT INTO users VALUES ('ann', 'ann', '', '', 'member', NULL, NULL, NULL, 0, 0, 'none')",
            ))
            .await
            .unwrap();
        let mut rng = StdRng::seed_from_u64(7);
        let mut most = 0;
        for step in 0..1_500 {
            let change = CHANGES[rng.random_range(0..CHANGES.len())];
            // A tag or a gallery that is not there cannot be given.
            let numbers = (rng.random_range(0..40_u32), rng.random_range(0..4_u32));
            let _ = database.write(Query::new(change).bind(numbers.0).bind(numbers.1)).await;
            // What has a place and should not, what should and has not, and what leaves a gap below it.
            let wrong = "WITH public AS (
                     SELECT i.id, i.shape FROM images i WHERE i.upload_status = 'completed' AND i.id IN (
                         SELECT ig.image_id FROM image_galleries ig JOIN galleries g ON g.id = ig.gallery_id
                         WHERE g.is_public)),
                 wanted AS (
                     SELECT '' AS source, id, shape FROM public
                     UNION SELECT ig.gallery_id, p.id, p.shape FROM public p JOIN image_galleries ig ON ig.image_id = p.id
                           JOIN galleries g ON g.id = ig.gallery_id WHERE g.is_public
                     UNION SELECT it.tag_id, p.id, p.shape FROM public p JOIN image_tags it ON it.image_id = p.id),
                 found AS (SELECT p.source, p.image_id, p.shape FROM public_places p JOIN images i
                           ON i.id = p.image_id AND i.width = p.width AND i.height = p.height AND i.version = p.version)
                 SELECT (SELECT count(*) FROM (SELECT * FROM wanted EXCEPT SELECT * FROM found))
                     + (SELECT count(*) FROM (SELECT source, image_id, shape FROM public_places
                                              EXCEPT SELECT * FROM wanted))
                     + (SELECT count(*) FROM (SELECT 1 FROM public_places GROUP BY source, shape
                                              HAVING min(n) <> 0 OR max(n) <> count(*) - 1))";
            assert_eq!(database.count(Query::new(wrong)).await.unwrap(), 0, "step {step}: {change} {numbers:?}");
            most = most.max(database.count(Query::new("SELECT count(*) FROM public_places")).await.unwrap());
        }
        assert!(most > 50, "there was something to keep: {most}");
    }
}
