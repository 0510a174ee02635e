//! Values in and out.

use std::sync::Arc;

use bytes::Bytes;
use futures::future::join_all;
use storage::{Error, KeyValue};

use crate::{MINUTE, put, read};

type Store = Arc<dyn KeyValue>;

pub async fn what_was_put_comes_back(store: &Store) {
    let store = store.as_ref();
    put(store, "put:greeting", "hello").await;
    put(store, "put:empty", "").await;
    assert_eq!(read(store, "put:greeting").await, Some("hello".into()));
    assert_eq!(read(store, "put:empty").await, Some(Bytes::new()));
    assert_eq!(read(store, "put:nothing").await, None);
}

pub async fn what_was_asked_for_before_is_there_once_put(store: &Store) {
    let store = store.as_ref();
    for key in ["early:put", "early:new", "early:count"] {
        assert_eq!(read(store, key).await, None, "{key}");
    }
    put(store, "early:put", "a").await;
    assert_eq!(read(store, "early:put").await, Some("a".into()));
    assert!(store.put_new("early:new", "b".into(), MINUTE).await.unwrap());
    assert_eq!(read(store, "early:new").await, Some("b".into()));
    assert_eq!(store.increment("early:count", MINUTE).await.unwrap(), 1);
    assert_eq!(read(store, "early:count").await, Some("1".into()));
}

pub async fn a_value_is_any_bytes(store: &Store) {
    let store = store.as_ref();
    let every: Bytes = (0..=255).collect();
    let largest = Bytes::from(vec![0xff; 1_000_000]);
    for (key, value) in [("bytes:every", every), ("bytes:largest", largest), ("bytes:text", "图\r\n\0".into())] {
        put(store, key, value.clone()).await;
        assert!(read(store, key).await == Some(value), "{key}");
    }
}

pub async fn keys_are_told_apart_to_the_last_byte(store: &Store) {
    let store = store.as_ref();
    let printable: String = (b' '..=b'~').map(char::from).collect();
    let long = "k".repeat(511);
    let keys = [printable.clone(), format!("{printable} "), format!("{long}a"), format!("{long}A"), long];
    for key in &keys {
        put(store, key, key.clone()).await;
    }
    for key in &keys {
        assert_eq!(read(store, key).await, Some(key.clone().into()));
    }
}

pub async fn what_no_store_takes_is_refused(store: &Store) {
    let store = store.as_ref();
    for key in ["", "图", "line\n", "nul\0", "k".repeat(513).as_str()] {
        assert!(store.get(key).await.is_err(), "{key:?}");
        assert!(store.put(key, "a".into(), MINUTE).await.is_err(), "{key:?}");
        assert!(store.put_new(key, "a".into(), MINUTE).await.is_err(), "{key:?}");
        assert!(store.delete(key).await.is_err(), "{key:?}");
        assert!(store.increment(key, MINUTE).await.is_err(), "{key:?}");
    }
    let large = Bytes::from(vec![0; 1_000_001]);
    assert!(matches!(store.put("large", large.clone(), MINUTE).await, Err(Error::TooLarge)));
    assert!(matches!(store.put_new("large", large, MINUTE).await, Err(Error::TooLarge)));
    assert_eq!(read(store, "large").await, None);
}

pub async fn putting_replaces(store: &Store) {
    let store = store.as_ref();
    put(store, "replace", "a longer first value").await;
    put(store, "replace", "second").await;
    assert_eq!(read(store, "replace").await, Some("second".into()));
    assert!(!store.put_new("replace", "third".into(), MINUTE).await.unwrap());
    assert_eq!(read(store, "replace").await, Some("second".into()));
}

pub async fn deleting_twice_is_fine(store: &Store) {
    let store = store.as_ref();
    put(store, "delete", "a").await;
    store.delete("delete").await.unwrap();
    assert_eq!(read(store, "delete").await, None);
    store.delete("delete").await.unwrap();
    store.delete("delete:never:was").await.unwrap();
    assert!(store.put_new("delete", "b".into(), MINUTE).await.unwrap());
    assert_eq!(read(store, "delete").await, Some("b".into()));
}

pub async fn one_of_many_puts_what_is_new(store: &Store) {
    let tries = (0..20).map(|number: u32| {
        let store = store.clone();
        tokio::spawn(async move {
            let value = number.to_string();
            let put = store.put_new("new", value.clone().into(), MINUTE).await.unwrap();
            put.then_some(value)
        })
    });
    let tried = join_all(tries).await;
    let winners: Vec<String> = tried.into_iter().filter_map(|tried| tried.unwrap()).collect();
    assert_eq!(winners.len(), 1, "{winners:?}");
    assert_eq!(read(store.as_ref(), "new").await, Some(winners.concat().into()));
}

pub async fn nobody_reads_what_is_older_than_what_was_read(store: &Store) {
    const LAST: u64 = 200;
    let number = |value: Option<Bytes>| -> u64 {
        value.map_or(0, |value| std::str::from_utf8(&value).unwrap().parse().unwrap())
    };
    let readers: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut newest = 0;
                while newest < LAST {
                    let now = number(read(store.as_ref(), "older").await);
                    assert!(now >= newest, "{now} was read after {newest}");
                    newest = now;
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    for value in 1..=LAST {
        put(store.as_ref(), "older", value.to_string()).await;
        assert_eq!(number(read(store.as_ref(), "older").await), value);
    }
    for reader in readers {
        reader.await.unwrap();
    }
}
