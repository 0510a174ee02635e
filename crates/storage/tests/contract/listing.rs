//! Listings.

use storage::ObjectStore;

use super::Backend;
use super::checks::{key, put};

/// In byte order: what stands between a key and the keys below it, and what languages sort otherwise.
const ORDERED: [&str; 10] = [
    "list/B",
    "list/a",
    "list/a!b",
    "list/a/b",
    "list/a/c/d",
    "list/a0",
    "list/b/1",
    "list/z",
    "list/é",
    "list/相片/一.jpg",
];

fn ordered(backend: &Backend) -> Vec<String> {
    ORDERED.map(String::from).into_iter().filter(|key| (backend.takes)(key)).collect()
}

async fn names(store: &dyn ObjectStore, prefix: &str, after: Option<&str>, limit: usize) -> (Vec<String>, bool) {
    let after = after.map(key);
    let listing = store.list(prefix, after.as_ref(), limit).await.unwrap();
    (listing.objects.into_iter().map(|info| info.key.into()).collect(), listing.more)
}

pub async fn keys_come_in_byte_order(backend: &Backend) {
    let (store, ordered) = (backend.store.as_ref(), ordered(backend));
    for name in ordered.iter().rev() {
        put(store, name, b"x").await;
    }
    for limit in [100, ordered.len()] {
        assert_eq!(names(store, "list/", None, limit).await, (ordered.clone(), false));
    }
}

pub async fn prefixes_select(backend: &Backend) {
    let store = backend.store.as_ref();
    for prefix in ["list/a", "list/a/", "list/a/c", "list/相", "list/相片/", "list/z", "list/zz", "nothing/", "list//"]
    {
        if !(backend.takes)(&format!("{prefix}name")) {
            continue;
        }
        let mut expected = ordered(backend);
        expected.retain(|name| name.starts_with(prefix));
        assert_eq!(names(store, prefix, None, 100).await, (expected, false), "{prefix}");
    }
    assert!(names(store, "", None, 1000).await.0.contains(&"list/B".to_owned()));
}

pub async fn pages_add_up_to_the_whole(backend: &Backend) {
    let store = backend.store.as_ref();
    for limit in [1, 3, 4] {
        let mut seen: Vec<String> = Vec::new();
        loop {
            let last = seen.last().cloned();
            let (page, more) = names(store, "list/", last.as_deref(), limit).await;
            assert!(page.len() == limit || !more, "a page that is not the last is full");
            seen.extend(page);
            if !more {
                break;
            }
        }
        assert_eq!(seen, ordered(backend));
    }
    let behind = names(store, "list/", Some("list/a/bb"), 2).await;
    assert_eq!(behind, (vec!["list/a/c/d".to_owned(), "list/a0".to_owned()], true), "after a key that is not there");
    assert_eq!(names(store, "list/", Some("zzz"), 2).await, (Vec::new(), false));
}

pub async fn a_listing_tells_sizes_and_etags(store: &dyn ObjectStore) {
    put(store, "listed/one", b"hello").await;
    let listing = store.list("listed/", None, 10).await.unwrap();
    let [info] = &listing.objects[..] else { panic!("{listing:?}") };
    assert_eq!((info.size, info.etag.as_str()), (5, "5d41402abc4b2a76b9719d911017c592"));
    let head = store.head(&key("listed/one")).await.unwrap();
    assert!((info.modified - head.modified).abs() <= 5);
}
