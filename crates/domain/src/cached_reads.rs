//! Answers that visitors cause most, kept for a while in the key-value store.
//!
//! Only what everyone is answered alike is kept: the caller says so by asking for a viewer who is anyone. The key
//! holds the marks of what the answer shows ([`crate::changes`]), read before the answer is made, so that an answer
//! made from rows that change meanwhile is kept under a mark nobody asks for any more.

use crate::{Library, Result, Topic, database::Query, ids::sha256};
use bytes::Bytes;
use std::time::Duration;

/// For how long a count is kept that nothing changed.
const COUNT_LIFETIME: Duration = Duration::from_secs(60);

/// A place for one answer.
pub struct CachedRead {
    library: Library,
    key: String,
}

impl Library {
    /// The place of an answer, and the answer if it is there. `question` is the method with its params.
    pub async fn cached_read(&self, topics: &[Topic], question: &str) -> Result<(CachedRead, Option<Bytes>)> {
        let marks = self.marks(topics).await?;
        let key = format!("read:{}", sha256(format!("{marks}{question}")));
        let answer = self.0.key_values.get(&key).await?;
        Ok((CachedRead { library: self.clone(), key }, answer))
    }

    /// What a counting statement answers, kept until one of the topics changes: for counts that go through many rows.
    /// `question` is what is counted.
    pub(crate) async fn kept_count(&self, question: &str, topics: &[Topic], counting: Query) -> Result<u64> {
        let (place, kept) = match self.cached_read(topics, question).await {
            Ok((place, kept)) => (Some(place), kept),
            Err(error) => {
                tracing::error!(?error, "kept counts cannot be looked up");
                (None, None)
            }
        };
        if let Some(count) = kept.and_then(|kept| std::str::from_utf8(&kept).ok()?.parse().ok()) {
            return Ok(count);
        }
        let count = self.0.database.count(counting).await?;
        if let Some(place) = place {
            place.keep(Bytes::from(count.to_string()), COUNT_LIFETIME).await;
        }
        Ok(count)
    }
}

impl CachedRead {
    /// Keeps an answer. Should the key-value store not answer, the next one to ask makes it anew.
    pub async fn keep(self, answer: Bytes, lifetime: Duration) {
        if let Err(error) = self.library.0.key_values.put(&self.key, answer, lifetime).await {
            tracing::error!(?error, "an answer could not be kept");
        }
    }
}
