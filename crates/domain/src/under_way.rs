//! Variants and stripped originals being made: however many wait for one, it is made once; when nobody waits any more, it is broken off.

use crate::Error;
use crate::variants::VariantKey;
use bytes::Bytes;
use futures::FutureExt;
use futures::future::{BoxFuture, Shared, WeakShared};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What comes of making a variant, for all who wait.
pub(crate) type Made = Result<Bytes, Arc<Error>>;

type Making = BoxFuture<'static, Made>;

/// What is being made. It is kept alive by those who wait, not by this list.
#[derive(Clone, Default)]
pub(crate) struct UnderWay(Arc<Mutex<List>>);

#[derive(Default)]
struct List {
    making: HashMap<VariantKey, (u64, WeakShared<Making>)>,
    begun: u64,
}

impl UnderWay {
    /// Waits along with the others, or begins.
    pub(crate) fn join(&self, key: &VariantKey, begin: impl FnOnce() -> Making) -> Shared<Making> {
        let mut list = self.list();
        if let Some(making) = list.making.get(key).and_then(|(_, making)| making.upgrade()) {
            return making;
        }
        let making = begin();
        list.begun += 1;
        let ends = Ends { under_way: self.clone(), key: key.clone(), number: list.begun };
        let making = async move {
            let _ends = ends;
            making.await
        };
        let making = making.boxed().shared();
        if let Some(kept) = making.downgrade() {
            let number = list.begun;
            list.making.insert(key.clone(), (number, kept));
        }
        making
    }

    fn list(&self) -> MutexGuard<'_, List> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes an entry off the list when the making has ended, or was broken off.
struct Ends {
    under_way: UnderWay,
    key: VariantKey,
    number: u64,
}

impl Drop for Ends {
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
    use model::ImageId;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::sync::oneshot;

    fn key(options: &str) -> VariantKey {
        VariantKey { image: ImageId::parse("abc").unwrap(), options: options.into() }
    }

    #[tokio::test]
    async fn however_many_wait_it_is_made_once() {
        let (under_way, begun) = (UnderWay::default(), AtomicUsize::new(0));
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
            .collect();
        ready.send(()).unwrap();
        for made in futures::future::join_all(waiting).await {
            assert_eq!(made.unwrap(), "made");
        }
        assert_eq!(begun.load(Ordering::Relaxed), 1);
        assert!(under_way.list().making.is_empty());
        let again = under_way.join(&key("1"), || async { Ok(Bytes::from_static(b"again")) }.boxed());
        assert_eq!(again.await.unwrap(), "again");
    }

    #[tokio::test]
    async fn what_nobody_waits_for_is_broken_off() {
        let under_way = UnderWay::default();
        let (alive, is_alive) = oneshot::channel::<()>();
        let begin = || {
            async move {
                let _alive = alive;
                std::future::pending::<Made>().await
            }
            .boxed()
        };
        let first = under_way.join(&key("1"), begin);
        let mut second = under_way.join(&key("1"), || unreachable!("it is under way"));
        let other = under_way.join(&key("2"), || async { Ok(Bytes::new()) }.boxed());
        drop(first);
        assert!((&mut second).now_or_never().is_none(), "one still waits");
        assert_eq!(under_way.list().making.len(), 2);
        drop(second);
        assert!(is_alive.await.is_err());
        assert_eq!(under_way.list().making.len(), 1);
        drop(other);
        assert!(under_way.list().making.is_empty());
    }
}
