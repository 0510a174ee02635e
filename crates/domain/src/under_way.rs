//! What is being made: however many wait for one thing, it is made once; when nobody waits any more, it is broken off.

use futures::FutureExt;
use futures::future::{BoxFuture, Shared, WeakShared};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Making<Made> = BoxFuture<'static, Made>;

/// Things under way, each kept alive by those who wait, not by this list. Cheap to clone; every clone is the same.
pub struct UnderWay<Key, Made: Clone>(Arc<Mutex<List<Key, Made>>>);

struct List<Key, Made: Clone> {
    making: HashMap<Key, (u64, WeakShared<Making<Made>>)>,
    begun: u64,
}

impl<Key, Made: Clone> Default for UnderWay<Key, Made> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(List { making: HashMap::new(), begun: 0 })))
    }
}

impl<Key, Made: Clone> Clone for UnderWay<Key, Made> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<Key, Made> UnderWay<Key, Made>
where
    Key: Clone + Eq + Hash + Send + 'static,
    Made: Clone + Send + Sync + 'static,
{
    /// Waits along with the others, or begins: then the answer is marked with `true`.
    pub fn join(&self, key: &Key, begin: impl FnOnce() -> Making<Made>) -> (Shared<Making<Made>>, bool) {
        let mut list = self.list();
        if let Some(making) = list.making.get(key).and_then(|(_, making)| making.upgrade()) {
            return (making, false);
        }
        let making = begin();
        list.begun += 1;
        let number = list.begun;
        let ends = Ends { under_way: self.clone(), key: key.clone(), number };
        let making = async move {
            let _ends = ends;
            making.await
        };
        let making = making.boxed().shared();
        if let Some(kept) = making.downgrade() {
            list.making.insert(key.clone(), (number, kept));
        }
        (making, true)
    }
}

impl<Key, Made: Clone> UnderWay<Key, Made> {
    fn list(&self) -> MutexGuard<'_, List<Key, Made>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes an entry off the list when the making has ended, or was broken off.
struct Ends<Key: Eq + Hash, Made: Clone> {
    under_way: UnderWay<Key, Made>,
    key: Key,
    number: u64,
}

impl<Key: Eq + Hash, Made: Clone> Drop for Ends<Key, Made> {
    fn drop(&mut self) {
        let mut list = self.under_way.list();
        // Another may have begun anew meanwhile.
        if list.making.get(&self.key).is_some_and(|(number, _)| *number == self.number) {
            list.making.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;
    use crate::variants::VariantKey;
    use bytes::Bytes;
    use model::ImageId;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::sync::oneshot;

    type Made = Result<Bytes, Arc<Error>>;

    fn key(options: &str) -> VariantKey {
        VariantKey { image: ImageId::parse("abc").unwrap(), options: options.into() }
    }

    #[tokio::test]
    async fn however_many_wait_it_is_made_once() {
        let (under_way, begun) = (UnderWay::<_, Made>::default(), AtomicUsize::new(0));
        let (ready, is_ready) = oneshot::channel::<()>();
        let mut is_ready = Some(is_ready);
        let waiting: Vec<_> = (0..5)
            .map(|_| {
                under_way.join(&key("1"), || {
                    begun.fetch_add(1, Ordering::Relaxed);
                    let is_ready = is_ready.take().expect("begun once");
                    async move {
                        let _ = is_ready.await;
                        Ok(Bytes::from_static(b"made"))
                    }
                    .boxed()
                })
            })
            .map(|(making, _)| making)
            .collect();
        ready.send(()).unwrap();
        for made in futures::future::join_all(waiting).await {
            assert_eq!(made.unwrap(), "made");
        }
        assert_eq!(begun.load(Ordering::Relaxed), 1);
        assert!(under_way.list().making.is_empty());
        let (again, _) = under_way.join(&key("1"), || async { Ok(Bytes::from_static(b"again")) }.boxed());
        assert_eq!(again.await.unwrap(), "again");
    }

    #[tokio::test]
    async fn what_nobody_waits_for_is_broken_off() {
        let under_way = UnderWay::<_, Made>::default();
        let (alive, is_alive) = oneshot::channel::<()>();
        let begin = || {
            async move {
                let _alive = alive;
                std::future::pending::<Made>().await
            }
            .boxed()
        };
        let (first, _) = under_way.join(&key("1"), begin);
        let (mut second, _) = under_way.join(&key("1"), || unreachable!("it is under way"));
        let (other, _) = under_way.join(&key("2"), || async { Ok(Bytes::new()) }.boxed());
        drop(first);
        assert!((&mut second).now_or_never().is_none(), "one still waits");
        assert_eq!(under_way.list().making.len(), 2);
        drop(second);
        assert!(is_alive.await.is_err());
        assert_eq!(under_way.list().making.len(), 1);
        drop(other);
        assert!(under_way.list().making.is_empty());
    }

    #[tokio::test]
    async fn those_who_ask_at_once_wait_for_one_and_those_who_ask_otherwise_for_another() {
        let under_way = UnderWay::default();
        let (ready, is_ready) = oneshot::channel::<()>();
        let begin = || {
            async move {
                let _ = is_ready.await;
                "before"
            }
            .boxed()
        };
        let (first, is_first) = under_way.join(&1, begin);
        let (second, is_second_first) = under_way.join(&1, || unreachable!("it is under way"));
        assert!(is_first && !is_second_first);
        let (after, is_first) = under_way.join(&2, || async { "after" }.boxed());
        assert!(is_first);
        assert_eq!(after.await, "after");
        ready.send(()).unwrap();
        assert_eq!((first.await, second.await), ("before", "before"));
        assert!(under_way.list().making.is_empty());
    }
}
