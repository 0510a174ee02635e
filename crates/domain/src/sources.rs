//! Originals in memory for decoding. Those that wait for a worker had better wait in the store.

use crate::Result;
use crate::room::{Place, Room};
use bytes::Bytes;

/// Memory that goes with each job, in bytes: one original is worked on while the next is read.
const OF_A_JOB: u64 = 12_000_000;

/// How many may be there at once, in two ways: all together take no more than all of the room; and beyond one more
/// than there are jobs, however large they are, only as many as are small.
pub(crate) struct Sources {
    room: Room,
    at_hand: Room,
    /// What one takes of `at_hand` at most, in bytes.
    most: u64,
}

/// The places of one original.
pub(crate) struct Places {
    room: Place,
    at_hand: Place,
}

impl Sources {
    /// Room for so many bytes, and for so many jobs at once.
    pub(crate) fn new(bytes: u64, jobs: u64) -> Self {
        let jobs = jobs.max(1);
        let at_hand = OF_A_JOB.saturating_mul(jobs);
        Self { room: Room::new(bytes.max(at_hand)), at_hand: Room::new(at_hand), most: at_hand / (jobs + 1) }
    }

    /// Places for an original of so many bytes, as soon as there are some.
    pub(crate) async fn take(&self, bytes: u64) -> Result<Places> {
        // Always in this order, so that nobody who has one waits for who has the other.
        let at_hand = self.at_hand.take(bytes.min(self.most)).await?;
        Ok(Places { room: self.room.take(bytes).await?, at_hand })
    }
}

impl Places {
    /// Bytes that keep the places for as long as anyone has any of them.
    pub(crate) fn hold(self, bytes: Bytes) -> Bytes {
        self.at_hand.hold(self.room.hold(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    /// How many originals of this size are let in at once.
    fn let_in(sources: &Sources, bytes: u64) -> usize {
        std::iter::from_fn(|| sources.take(bytes).now_or_never()).collect::<Vec<_>>().len()
    }

    #[tokio::test]
    async fn one_more_than_there_are_jobs_is_let_in_however_large() {
        let sources = Sources::new(256_000_000, 2);
        assert_eq!(let_in(&sources, 8_000_000), 3);
        assert_eq!(let_in(&sources, 60_000_000), 3);
        assert_eq!(let_in(&sources, 2_000_000), 12);
        assert_eq!(let_in(&sources, 100_000_000), 2, "more would not fit");
        assert_eq!(let_in(&Sources::new(0, 0), u64::MAX), 1);
    }

    #[tokio::test]
    async fn places_are_kept_as_long_as_the_bytes() {
        let sources = Sources::new(10_000_000, 1);
        let bytes = sources.take(12_000_000).await.unwrap().hold(Bytes::from_static(b"picture"));
        assert!(sources.take(6_000_000).now_or_never().is_none());
        drop(bytes);
        assert!(sources.take(6_000_000).now_or_never().is_some());
    }
}
