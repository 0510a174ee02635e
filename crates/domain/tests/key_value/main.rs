//! One contract for every key-value store: the built-in one, and Redis.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use storage::KeyValue;
use tokio::time::{Instant, sleep};

mod contract;
mod counting;
mod embedded;
mod lifetimes;
mod redis;
mod redis_server;

/// Long enough for whatever a test does meanwhile.
const MINUTE: Duration = Duration::from_secs(60);

/// How long a test waits for what has to come; a host that is busy with other things may take much of it.
const PATIENCE: Duration = Duration::from_secs(40);

/// Everything that callers of a store rely on. All at once: the keys differ, and most of it is waiting.
async fn contract(store: Arc<dyn KeyValue>) {
    tokio::join!(
        contract::what_was_put_comes_back(&store),
        contract::what_was_asked_for_before_is_there_once_put(&store),
        contract::a_value_is_any_bytes(&store),
        contract::keys_are_told_apart_to_the_last_byte(&store),
        contract::what_no_store_takes_is_refused(&store),
        contract::putting_replaces(&store),
        contract::deleting_twice_is_fine(&store),
        contract::one_of_many_puts_what_is_new(&store),
        contract::nobody_reads_what_is_older_than_what_was_read(&store),
        counting::a_count_goes_up_from_nothing(&store),
        counting::no_count_is_lost_in_a_race(&store),
        counting::the_lifetime_of_a_count_runs_from_the_first(&store),
        lifetimes::a_value_ends_with_its_lifetime(&store),
        lifetimes::putting_again_gives_a_new_lifetime(&store),
        lifetimes::what_has_ended_can_be_put_as_new(&store),
    );
}

/// What is under a key.
async fn read(store: &dyn KeyValue, key: &str) -> Option<Bytes> {
    store.get(key).await.unwrap()
}

async fn put(store: &dyn KeyValue, key: &str, value: impl Into<Bytes>) {
    store.put(key, value.into(), MINUTE).await.unwrap();
}

/// A moment, and how long it may last at most.
async fn pause(since: Instant, waited_for: &str) {
    assert!(since.elapsed() < PATIENCE, "{waited_for} does not come");
    sleep(Duration::from_millis(100)).await;
}
