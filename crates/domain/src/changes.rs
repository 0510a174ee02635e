//! What changed, and what is dropped because of it: the one place that knows.
//!
//! Cached reads carry in their key the marks of the topics they show. A change puts a new mark, so that what was
//! cached under the old one is never found again, on every server that shares the key-value store.

use crate::{Library, Result, ids::new_token};
use bytes::Bytes;
use model::{GalleryId, ImageId, UserId};
use std::time::Duration;

/// How long a mark is kept: longer than anything that is cached under it.
const MARK_LIFETIME: Duration = Duration::from_secs(7 * 24 * 60 * 60);

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

/// What a cached read shows. A read of one picture, or of what is said of it, carries two topics:
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

impl Library {
    /// Drops what shows the changed things. Called once the write has committed; should the key-value store not
    /// answer, the write stands and what was cached ends with its lifetime.
    pub(crate) async fn changed(&self, changes: &[Changed]) {
        for change in changes {
            self.0.known_pictures.forget(change).await;
        }
        let mut topics: Vec<Topic> = Vec::new();
        for topic in changes.iter().flat_map(Changed::topics) {
            if !topics.contains(&topic) {
                topics.push(topic);
            }
        }
        for topic in topics {
            let put = self.0.key_values.put(&topic.mark(), Bytes::from(new_token()), MARK_LIFETIME).await;
            if let Err(error) = put {
                tracing::error!(?error, ?topic, "what is cached could not be dropped");
            }
        }
    }

    /// The marks of topics, for the key of what shows them.
    pub(crate) async fn marks(&self, topics: &[Topic]) -> Result<String> {
        let mut marks = String::new();
        for topic in topics {
            let mark = self.0.key_values.get(&topic.mark()).await?;
            marks.push_str(mark.as_deref().and_then(|mark| std::str::from_utf8(mark).ok()).unwrap_or("0"));
            marks.push('.');
        }
        Ok(marks)
    }
}
