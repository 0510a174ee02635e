//! When values end. Bounds are wide: on a busy host a moment may last.

use std::sync::Arc;
use std::time::Duration;

use storage::KeyValue;
use tokio::time::{Instant, sleep};

use crate::{MINUTE, pause, put, read};

const SHORT: Duration = Duration::from_secs(2);

/// A little less than [`SHORT`], for clocks that count whole milliseconds.
const NEARLY: Duration = Duration::from_millis(1_900);

pub async fn a_value_ends_with_its_lifetime(store: &Arc<dyn KeyValue>) {
    let since = Instant::now();
    store.put("lifetime:end", "a".into(), SHORT).await.unwrap();
    while read(store.as_ref(), "lifetime:end").await.is_some() {
        pause(since, "the end of a lifetime").await;
    }
    assert!(since.elapsed() > NEARLY, "it ended after {:?}", since.elapsed());
    put(store.as_ref(), "lifetime:end", "b").await;
    assert_eq!(read(store.as_ref(), "lifetime:end").await, Some("b".into()));
}

pub async fn putting_again_gives_a_new_lifetime(store: &Arc<dyn KeyValue>) {
    store.put("lifetime:longer", "a".into(), SHORT).await.unwrap();
    put(store.as_ref(), "lifetime:longer", "b").await;
    put(store.as_ref(), "lifetime:shorter", "a").await;
    let since = Instant::now();
    store.put("lifetime:shorter", "b".into(), SHORT).await.unwrap();
    while read(store.as_ref(), "lifetime:shorter").await.is_some() {
        pause(since, "the end of a shorter lifetime").await;
    }
    sleep(SHORT).await;
    assert_eq!(read(store.as_ref(), "lifetime:longer").await, Some("b".into()));
}

pub async fn what_has_ended_can_be_put_as_new(store: &Arc<dyn KeyValue>) {
    let since = Instant::now();
    assert!(store.put_new("lifetime:new", "a".into(), SHORT).await.unwrap());
    while !store.put_new("lifetime:new", "b".into(), MINUTE).await.unwrap() {
        pause(since, "the end of what was put as new").await;
    }
    assert!(since.elapsed() > NEARLY, "it ended after {:?}", since.elapsed());
    assert_eq!(read(store.as_ref(), "lifetime:new").await, Some("b".into()));
}
