//! Counts.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use storage::KeyValue;
use tokio::time::Instant;

use crate::{MINUTE, pause, read};

pub async fn a_count_goes_up_from_nothing(store: &Arc<dyn KeyValue>) {
    for expected in 1..=12 {
        assert_eq!(store.increment("count:up", MINUTE).await.unwrap(), expected);
    }
    assert_eq!(read(store.as_ref(), "count:up").await, Some("12".into()));
    assert!(!store.put_new("count:up", "a".into(), MINUTE).await.unwrap());
    store.delete("count:up").await.unwrap();
    assert_eq!(store.increment("count:up", MINUTE).await.unwrap(), 1);
}

pub async fn no_count_is_lost_in_a_race(store: &Arc<dyn KeyValue>) {
    let tasks = (0..50).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.increment("count:race", MINUTE).await.unwrap() })
    });
    let mut counts: Vec<u64> = join_all(tasks).await.into_iter().map(|count| count.unwrap()).collect();
    counts.sort_unstable();
    assert_eq!(counts, (1..=50).collect::<Vec<_>>());
    assert_eq!(read(store.as_ref(), "count:race").await, Some("50".into()));
}

pub async fn the_lifetime_of_a_count_runs_from_the_first(store: &Arc<dyn KeyValue>) {
    let lifetime = Duration::from_secs(2);
    let since = Instant::now();
    let mut last = store.increment("count:lifetime", lifetime).await.unwrap();
    assert_eq!(last, 1);
    loop {
        pause(since, "a new count").await;
        let count = store.increment("count:lifetime", lifetime).await.unwrap();
        if count == 1 {
            break;
        }
        assert_eq!(count, last + 1);
        last = count;
    }
    assert!(since.elapsed() > Duration::from_millis(1_900), "it ended after {:?}", since.elapsed());
}
