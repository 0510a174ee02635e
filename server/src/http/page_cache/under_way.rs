//! Pages that are being rendered: however many ask for one, it is rendered once; when nobody waits any more, it is
//! broken off.

use super::Outcome;
use futures::FutureExt;
use futures::future::{BoxFuture, Shared, WeakShared};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is asked: those who ask the same get the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    /// Path and query.
    pub(super) address: String,
    /// Of what the page shows, when it was asked for.
    pub(super) generation: u64,
    /// By which the site was reached, where the page names it.
    pub(super) host: Option<String>,
}

type Rendering = BoxFuture<'static, Outcome>;

/// The pages. They are kept alive by those who wait, not by this list.
#[derive(Clone, Default)]
pub(super) struct UnderWay(Arc<Mutex<List>>);

#[derive(Default)]
struct List {
    renderings: HashMap<Question, (u64, WeakShared<Rendering>)>,
    begun: u64,
}

impl UnderWay {
    /// Waits along with the others, or begins: then the answer is marked with `true`.
    pub(super) fn join(&self, question: &Question, begin: impl FnOnce() -> Rendering) -> (Shared<Rendering>, bool) {
        let mut list = self.list();
        if let Some(rendering) = list.renderings.get(question).and_then(|(_, rendering)| rendering.upgrade()) {
            return (rendering, false);
        }
        let rendering = begin();
        list.begun += 1;
        let number = list.begun;
        let ends = Ends { under_way: self.clone(), question: question.clone(), number };
        let rendering = async move {
            let _ends = ends;
            rendering.await
        };
        let rendering = rendering.boxed().shared();
        if let Some(kept) = rendering.downgrade() {
            list.renderings.insert(question.clone(), (number, kept));
        }
        (rendering, true)
    }

    fn list(&self) -> MutexGuard<'_, List> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes an entry off the list when the rendering has ended, or was broken off.
struct Ends {
    under_way: UnderWay,
    question: Question,
    number: u64,
}

impl Drop for Ends {
    fn drop(&mut self) {
        let mut list = self.under_way.list();
        // Another may have begun anew meanwhile.
        if list.renderings.get(&self.question).is_some_and(|(number, _)| *number == self.number) {
            list.renderings.remove(&self.question);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::rpc::RpcError;
    use tokio::sync::oneshot;

    fn question(generation: u64) -> Question {
        Question { address: "/".into(), generation, host: None }
    }

    fn said(words: &str) -> Outcome {
        Outcome::Other(Err(RpcError::new("internal", words)))
    }

    fn words(outcome: Outcome) -> String {
        match outcome {
            Outcome::Other(Err(error)) => error.message,
            _ => panic!("nothing was rendered"),
        }
    }

    #[tokio::test]
    async fn those_who_ask_at_once_wait_for_one_and_those_after_a_change_for_another() {
        let under_way = UnderWay::default();
        let (ready, is_ready) = oneshot::channel::<()>();
        let begin = || {
            async move {
                let _ = is_ready.await;
                said("before")
            }
            .boxed()
        };
        let (first, is_first) = under_way.join(&question(1), begin);
        let (second, is_second_first) = under_way.join(&question(1), || unreachable!("it is under way"));
        assert!(is_first && !is_second_first);
        let (after, is_first) = under_way.join(&question(2), || async { said("after") }.boxed());
        assert!(is_first);
        assert_eq!(words(after.await), "after");
        ready.send(()).unwrap();
        assert_eq!((words(first.await), words(second.await)), ("before".into(), "before".into()));
        assert!(under_way.list().renderings.is_empty());
    }

    #[tokio::test]
    async fn what_nobody_waits_for_is_broken_off() {
        let under_way = UnderWay::default();
        let (alive, is_alive) = oneshot::channel::<()>();
        let begin = || {
            async move {
                let _alive = alive;
                std::future::pending::<Outcome>().await
            }
            .boxed()
        };
        let (first, _) = under_way.join(&question(1), begin);
        let (second, _) = under_way.join(&question(1), || unreachable!("it is under way"));
        drop(first);
        assert_eq!(under_way.list().renderings.len(), 1, "one still waits");
        drop(second);
        assert!(is_alive.await.is_err());
        assert!(under_way.list().renderings.is_empty());
    }
}
