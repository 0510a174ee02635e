//! What changed, and what is dropped because of it: the one place that knows.
//!
//! Cached reads carry in their key the marks of the topics they show. A change puts a new mark, so that what was
//! cached under the old one is never found again, on every server that shares the key-value store.
//!
//! What a server keeps in its own memory is dropped by the same topics: by their [`Library::generation`], which tells
//! at once and without waiting what this server has changed, and by their marks, which tell what others have.

use crate::{Library, Result, ids::new_token};
use bytes::Bytes;
use model::{GalleryId, ImageId, UserId};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How long a mark is kept: longer than anything that is cached under it.
const MARK_LIFETIME: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How many counters the pictures share.
const PICTURE_COUNTERS: u64 = 1024;

/// What a write has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// A picture: its words, who may see it, or that it is there.
    Picture(ImageId),
    /// Many pictures at once, in the same ways.
    Pictures,
    /// What members say of a picture: likes and comments.
    Reactions(ImageId),
    /// A gallery: its words, its pictures, who may see it, or that it is there.
    Gallery(GalleryId),
    /// Galleries as a list: their order.
    Galleries,
    /// Tags and what they are on.
    Tags,
    /// An account: its name or its rights.
    User(UserId),
    /// What admins set while the site runs.
    Settings,
}

/// What a cached read or page shows. A read of one picture, or of what is said of it, carries two topics:
/// [`Topic::Picture`] with its id and [`Topic::Visibility`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topic {
    /// One picture, with what is said of it.
    Picture(ImageId),
    /// Which pictures anyone may see, and the names of members and galleries beside them: one mark for all pictures,
    /// since one gallery may hold thousands.
    Visibility,
    /// The list of public galleries.
    Galleries,
    /// The list of tags.
    Tags,
    /// What admins set while the site runs.
    Settings,
}

impl Topic {
    fn mark(&self) -> String {
        match self {
            Self::Picture(id) => format!("mark:picture:{id}"),
            Self::Visibility => "mark:visibility".into(),
            Self::Galleries => "mark:galleries".into(),
            Self::Tags => "mark:tags".into(),
            Self::Settings => "mark:settings".into(),
        }
    }
}

impl Changed {
    /// What shows the changed thing.
    fn topics(&self) -> Vec<Topic> {
        match self {
            // A picture may be a cover of a listed gallery.
            Self::Picture(id) => vec![Topic::Picture(id.clone()), Topic::Galleries, Topic::Tags],
            Self::Reactions(id) => vec![Topic::Picture(id.clone())],
            // Which pictures are public may have changed, or what stands beside them.
            Self::Pictures | Self::Gallery(_) | Self::User(_) => {
                vec![Topic::Visibility, Topic::Galleries, Topic::Tags]
            }
            Self::Galleries => vec![Topic::Galleries],
            Self::Tags => vec![Topic::Tags],
            Self::Settings => vec![Topic::Settings, Topic::Galleries, Topic::Tags],
        }
    }
}

/// What shows the changed things, each topic once.
fn topics_of(changes: &[Changed]) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for topic in changes.iter().flat_map(Changed::topics) {
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    topics
}

/// How often this server has changed each topic since it was started.
///
/// Pictures share counters, by their ids: a change of one may count for another, too, and what shows that one is made
/// once more.
pub(crate) struct Generations {
    visibility: AtomicU64,
    galleries: AtomicU64,
    tags: AtomicU64,
    settings: AtomicU64,
    pictures: Vec<AtomicU64>,
}

impl Generations {
    pub(crate) fn new() -> Self {
        Self {
            visibility: AtomicU64::new(0),
            galleries: AtomicU64::new(0),
            tags: AtomicU64::new(0),
            settings: AtomicU64::new(0),
            pictures: (0..PICTURE_COUNTERS).map(|_| AtomicU64::new(0)).collect(),
        }
    }

    fn counter(&self, topic: &Topic) -> &AtomicU64 {
        match topic {
            Topic::Picture(id) => {
                let mut hasher = DefaultHasher::new();
                id.hash(&mut hasher);
                &self.pictures[(hasher.finish() % PICTURE_COUNTERS) as usize]
            }
            Topic::Visibility => &self.visibility,
            Topic::Galleries => &self.galleries,
            Topic::Tags => &self.tags,
            Topic::Settings => &self.settings,
        }
    }

    pub(crate) fn advance(&self, topics: &[Topic]) {
        for topic in topics {
            self.counter(topic).fetch_add(1, Ordering::SeqCst);
        }
    }

    /// All counters together: each only grows, so that the sum stays the same only if every one of them does.
    pub(crate) fn of(&self, topics: &[Topic]) -> u64 {
        topics.iter().map(|topic| self.counter(topic).load(Ordering::SeqCst)).sum()
    }
}

impl Library {
    /// Drops what shows the changed things. Called once the write has committed; should the key-value store not
    /// answer, the write stands and what was cached ends with its lifetime.
    pub(crate) async fn changed(&self, changes: &[Changed]) {
        let topics = topics_of(changes);
        // At once on this server, also while the key-value store keeps it waiting.
        self.0.generations.advance(&topics);
        for change in changes {
            self.0.known_pictures.forget(change).await;
        }
        for topic in &topics {
            let put = self.0.key_values.put(&topic.mark(), Bytes::from(new_token()), MARK_LIFETIME).await;
            if let Err(error) = put {
                tracing::error!(?error, ?topic, "what is cached could not be dropped");
            }
        }
        // What was made since may be made of what is cached under the marks before.
        self.0.generations.advance(&topics);
    }

    /// A number that grows whenever this server changes one of the topics. What was made after it was read shows what
    /// is there now, as far as this server has to do with it, while it stays the same. Waits for nothing.
    pub fn generation(&self, topics: &[Topic]) -> u64 {
        self.0.generations.of(topics)
    }

    /// The marks of topics, for the key of what shows them: another text whenever any server has changed one of the
    /// topics. They are kept for a week, so nothing that is told by them may be kept as long.
    pub async fn marks(&self, topics: &[Topic]) -> Result<String> {
        let mut marks = String::new();
        for topic in topics {
            let mark = self.0.key_values.get(&topic.mark()).await?;
            marks.push_str(mark.as_deref().and_then(|mark| std::str::from_utf8(mark).ok()).unwrap_or("0"));
            marks.push('.');
        }
        Ok(marks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(id: &str) -> ImageId {
        ImageId::parse(id).unwrap()
    }

    /// Which of a photo's page, the galleries, the tags and the settings a change counts for.
    fn counts_for(change: Changed) -> [bool; 4] {
        let generations = Generations::new();
        let shown = [
            vec![Topic::Picture(picture("one")), Topic::Visibility],
            vec![Topic::Galleries],
            vec![Topic::Tags],
            vec![Topic::Settings],
        ];
        let count = || shown.each_ref().map(|topics| generations.of(topics));
        let before = count();
        generations.advance(&topics_of(&[change]));
        let after = count();
        std::array::from_fn(|at| after[at] > before[at])
    }

    #[test]
    fn a_change_counts_for_what_shows_it() {
        let (gallery, user) = (GalleryId::parse("g").unwrap(), UserId::parse("u").unwrap());
        assert_eq!(counts_for(Changed::Reactions(picture("one"))), [true, false, false, false]);
        assert_eq!(counts_for(Changed::Reactions(picture("other"))), [false; 4]);
        assert_eq!(counts_for(Changed::Picture(picture("one"))), [true, true, true, false]);
        assert_eq!(counts_for(Changed::Picture(picture("other"))), [false, true, true, false]);
        for change in [Changed::Pictures, Changed::Gallery(gallery), Changed::User(user)] {
            assert_eq!(counts_for(change), [true, true, true, false]);
        }
        assert_eq!(counts_for(Changed::Galleries), [false, true, false, false]);
        assert_eq!(counts_for(Changed::Tags), [false, false, true, false]);
        assert_eq!(counts_for(Changed::Settings), [false, true, true, true]);
    }

    #[tokio::test]
    async fn a_change_is_told_by_generation_and_by_mark() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::for_tests(folder.path()).await;
        let shown = [Topic::Galleries];
        let (generation, marks) = (library.generation(&shown), library.marks(&shown).await.unwrap());
        library.changed(&[Changed::Tags]).await;
        assert_eq!((library.generation(&shown), library.marks(&shown).await.unwrap()), (generation, marks.clone()));
        library.changed(&[Changed::Galleries]).await;
        assert!(library.generation(&shown) > generation);
        assert_ne!(library.marks(&shown).await.unwrap(), marks);
    }
}
