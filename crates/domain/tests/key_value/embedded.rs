//! The built-in store, and what only it promises.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::{Database, EmbeddedKeyValues};
use futures::future::join_all;
use storage::KeyValue;
use tempfile::TempDir;
use tokio::time::{Instant, timeout};

use crate::{MINUTE, contract, pause, put, read};

async fn database(folder: &TempDir) -> Database {
    Database::open(&folder.path().join("tuku.sqlite")).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_built_in_store_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    contract(Arc::new(EmbeddedKeyValues::new(database(&folder).await))).await;
}

#[tokio::test]
async fn what_was_put_outlives_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let first = database(&folder).await;
    let store = EmbeddedKeyValues::new(first.clone());
    put(&store, "kept", "a").await;
    assert_eq!(store.increment("counted", MINUTE).await.unwrap(), 1);
    first.close().await;

    let store = EmbeddedKeyValues::new(database(&folder).await);
    assert_eq!(read(&store, "kept").await, Some("a".into()));
    assert!(!store.put_new("kept", "b".into(), MINUTE).await.unwrap());
    assert_eq!(store.increment("counted", MINUTE).await.unwrap(), 2);
}

#[tokio::test]
async fn only_what_has_expired_is_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let store = EmbeddedKeyValues::new(database(&folder).await);
    put(&store, "kept", "a").await;
    let short = (0..3).map(|number| {
        let store = store.clone();
        async move { store.put(&format!("short:{number}"), "a".into(), Duration::from_secs(1)).await.unwrap() }
    });
    join_all(short).await;
    let since = Instant::now();
    let mut cleared = 0;
    while cleared < 3 {
        pause(since, "the end of short lifetimes").await;
        cleared += store.clear_expired().await.unwrap();
    }
    assert_eq!(cleared, 3);
    assert_eq!(read(&store, "kept").await, Some("a".into()));
    assert_eq!(store.clear_expired().await.unwrap(), 0);
}

/// A store that has read nothing yet tells what is in the row.
async fn agree(store: &EmbeddedKeyValues, database: &Database, key: &str) {
    let since = Instant::now();
    // Writes whose callers are gone may still be under way.
    while read(store, key).await != read(&EmbeddedKeyValues::new(database.clone()), key).await {
        pause(since, "memory that agrees with the row").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_agrees_with_the_row_after_a_race() {
    let folder = tempfile::tempdir().unwrap();
    let database = database(&folder).await;
    let store = EmbeddedKeyValues::new(database.clone());
    let tasks = (0..8_u32).map(|task| {
        let store = store.clone();
        tokio::spawn(async move {
            for step in 0..60 {
                let value = Bytes::from(format!("{task} {step}"));
                match (task + step) % 4 {
                    0 => put(&store, "raced", value).await,
                    1 => _ = store.put_new("raced", value, MINUTE).await.unwrap(),
                    2 => store.delete("raced").await.unwrap(),
                    _ => _ = read(&store, "raced").await,
                }
            }
        })
    });
    for task in join_all(tasks).await {
        task.unwrap();
    }
    agree(&store, &database, "raced").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_agrees_with_the_row_after_callers_have_gone() {
    let folder = tempfile::tempdir().unwrap();
    let database = database(&folder).await;
    let store = EmbeddedKeyValues::new(database.clone());
    for step in 0..60_u64 {
        let patience = Duration::from_micros(step * 20);
        let put = store.put("left", step.to_string().into(), MINUTE);
        // Whether it was in time is all the same.
        let _ = tokio::join!(timeout(patience, put), timeout(patience, store.get("left")));
        if step % 10 == 0 {
            agree(&store, &database, "left").await;
        }
    }
    agree(&store, &database, "left").await;
}
