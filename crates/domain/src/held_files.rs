//! Made files that are being sent: each is in memory once, however many read it, and all together take no more than
//! there is room for. Whoever reads slowly keeps others waiting rather than the server without memory.

use crate::room::{Place, Room};
use crate::variants::VariantKey;
use bytes::Bytes;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// The files. They are kept alive by those who read them, not by this list.
pub(crate) struct HeldFiles {
    pub(crate) room: Room,
    files: Mutex<HashMap<VariantKey, Weak<Bytes>>>,
}

impl HeldFiles {
    /// Nothing yet. `bytes` is what they may take.
    pub(crate) fn new(bytes: u64) -> Self {
        Self { room: Room::new(bytes), files: Mutex::default() }
    }

    /// A file that someone reads now.
    pub(crate) fn get(&self, key: &VariantKey) -> Option<Bytes> {
        let held = self.files().get(key)?.upgrade()?;
        Some(Bytes::from_owner(Reader(held)))
    }

    /// A file in the place that was taken for it; others find it for as long as anyone has any of its bytes.
    pub(crate) fn hold(&self, key: &VariantKey, bytes: Bytes, place: Place) -> Bytes {
        let held = Arc::new(place.hold(bytes));
        let mut files = self.files();
        files.retain(|_, held| held.strong_count() > 0);
        files.insert(key.clone(), Arc::downgrade(&held));
        Bytes::from_owner(Reader(held))
    }

    fn files(&self) -> MutexGuard<'_, HashMap<VariantKey, Weak<Bytes>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One who reads a file.
struct Reader(Arc<Bytes>);

impl AsRef<[u8]> for Reader {
    fn as_ref(&self) -> &[u8] {
        &self.0[..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ImageId;

    fn key(options: &str) -> VariantKey {
        VariantKey { image: ImageId::parse("abc").unwrap(), options: options.into() }
    }

    #[tokio::test]
    async fn a_file_is_in_memory_once_for_as_long_as_it_is_read() {
        let held = HeldFiles::new(10_000_000);
        assert_eq!(held.get(&key("1")), None);
        let place = held.room.take(3_000_000).await.unwrap();
        let first = held.hold(&key("1"), Bytes::from_static(b"picture"), place);
        let second = held.get(&key("1")).unwrap();
        assert_eq!((&second[..], second.as_ptr()), (&b"picture"[..], first.as_ptr()));
        assert_eq!(held.get(&key("2")), None);
        drop(first);
        let part = second.slice(1..2);
        drop(second);
        assert_eq!(held.room.free(), 7, "a part of it is still read");
        drop(part);
        assert_eq!((held.get(&key("1")), held.room.free()), (None, 10));
    }

    #[tokio::test]
    async fn what_nobody_reads_any_more_is_taken_off_the_list() {
        let held = HeldFiles::new(10_000_000);
        for number in 0..5 {
            let place = held.room.take(1).await.unwrap();
            drop(held.hold(&key(&number.to_string()), Bytes::from_static(b"picture"), place));
        }
        assert_eq!(held.files().len(), 1);
    }
}
