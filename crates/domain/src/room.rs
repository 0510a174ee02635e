//! Memory for whole files, given out by the megabyte: however many ask, no more of it is taken than there is.

use crate::{Error, Result};
use bytes::Bytes;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

const MEGABYTE: u64 = 1_000_000;

/// The most megabytes that are counted: more than any machine has.
const MOST: u32 = 100_000_000;

/// At least one: small files are not free.
fn megabytes(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(MEGABYTE)).unwrap_or(u32::MAX).clamp(1, MOST)
}

/// So much memory. Cheap to clone; every clone is the same.
#[derive(Clone)]
pub(crate) struct Room {
    free: Arc<Semaphore>,
    all: u32,
}

impl Room {
    pub(crate) fn new(bytes: u64) -> Self {
        let all = megabytes(bytes);
        Self { free: Arc::new(Semaphore::new(all as usize)), all }
    }

    /// A place for so many bytes, as soon as there is one. What is larger than all of the room takes all of it.
    pub(crate) async fn take(&self, bytes: u64) -> Result<Place> {
        let taken = self.free.clone().acquire_many_owned(self.share(bytes)).await;
        let taken = taken.map_err(|closed| Error::Internal(Box::new(closed)))?;
        Ok(Place { room: self.clone(), taken })
    }

    fn share(&self, bytes: u64) -> u32 {
        megabytes(bytes).min(self.all)
    }

    /// Megabytes that nobody has.
    #[cfg(test)]
    pub(crate) fn free(&self) -> usize {
        self.free.available_permits()
    }
}

/// Some of the room, given back when it is dropped.
pub(crate) struct Place {
    room: Room,
    taken: OwnedSemaphorePermit,
}

impl Place {
    /// Makes it as large as what comes into it turned out to be. `false`, and it stays as it was, if it is to grow and
    /// there is not as much at once: who has a place does not wait for more, lest all wait for each other.
    pub(crate) fn fit(&mut self, bytes: u64) -> bool {
        let (wanted, has) = (self.room.share(bytes) as usize, self.taken.num_permits());
        if wanted <= has {
            drop(self.taken.split(has - wanted));
            return true;
        }
        let missing = u32::try_from(wanted - has).unwrap_or(u32::MAX);
        match self.room.free.clone().try_acquire_many_owned(missing) {
            Ok(more) => {
                self.taken.merge(more);
                true
            }
            Err(_) => false,
        }
    }

    /// Bytes that keep the place for as long as anyone has any of them.
    pub(crate) fn hold(self, bytes: Bytes) -> Bytes {
        Bytes::from_owner(Held { bytes, _place: self })
    }
}

/// Bytes in their place.
struct Held {
    bytes: Bytes,
    _place: Place,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[tokio::test]
    async fn who_finds_no_room_waits_until_there_is_some() {
        let room = Room::new(10 * MEGABYTE);
        let (large, small) = (room.take(6 * MEGABYTE + 1).await.unwrap(), room.take(0).await.unwrap());
        assert_eq!(room.free(), 2, "7 and 1 are taken");
        let mut waits = Box::pin(room.take(3 * MEGABYTE));
        assert!(waits.as_mut().now_or_never().is_none());
        drop(small);
        let came = waits.await.unwrap();
        assert_eq!(room.free(), 0);
        drop((large, came));
        assert_eq!(room.free(), 10);
    }

    #[tokio::test]
    async fn what_is_larger_than_the_room_takes_all_of_it() {
        let room = Room::new(10 * MEGABYTE);
        let all = room.take(u64::MAX).await.unwrap();
        assert_eq!(room.free(), 0);
        drop(all);
        assert_eq!(room.free(), 10);
        assert_eq!(Room::new(0).free(), 1);
    }

    #[tokio::test]
    async fn a_place_shrinks_and_grows_but_never_waits() {
        let room = Room::new(10 * MEGABYTE);
        let mut place = room.take(5 * MEGABYTE).await.unwrap();
        assert!(place.fit(2 * MEGABYTE));
        assert_eq!(room.free(), 8);
        assert!(place.fit(4 * MEGABYTE));
        assert_eq!(room.free(), 6);
        let other = room.take(3 * MEGABYTE).await.unwrap();
        assert!(!place.fit(8 * MEGABYTE));
        assert_eq!(room.free(), 3, "as before");
        drop(other);
        assert!(place.fit(u64::MAX));
        assert_eq!(room.free(), 0);
        drop(place);
        assert_eq!(room.free(), 10);
    }

    #[tokio::test]
    async fn the_place_is_kept_as_long_as_any_of_the_bytes() {
        let room = Room::new(10 * MEGABYTE);
        let whole = room.take(4 * MEGABYTE).await.unwrap().hold(Bytes::from_static(b"picture"));
        let part = whole.slice(2..4);
        drop(whole);
        assert_eq!((&part[..], room.free()), (&b"ct"[..], 6));
        drop(part);
        assert_eq!(room.free(), 10);
    }
}
