//! Objects in and out.

use bytes::Bytes;
use futures::{StreamExt, stream};
use storage::{Body, Error, Key, ObjectStore, once};

use super::Backend;

pub fn key(name: &str) -> Key {
    Key::parse(name).unwrap()
}

pub async fn put(store: &dyn ObjectStore, name: &str, bytes: &'static [u8]) {
    store.put(&key(name), "text/plain", Some(bytes.len() as u64), once(bytes)).await.unwrap();
}

pub async fn read(store: &dyn ObjectStore, name: &str) -> Bytes {
    store.get(&key(name), None).await.unwrap().into_bytes(usize::MAX).await.unwrap()
}

pub async fn assert_absent(store: &dyn ObjectStore, name: &str) {
    assert!(matches!(store.head(&key(name)).await, Err(Error::NotFound)), "{name} is there");
}

pub async fn bytes_type_size_and_etag_come_back(store: &dyn ObjectStore) {
    let key = key("round/trip.png");
    let stored = store.put(&key, "image/png", Some(5), once("hello")).await.unwrap();
    assert_eq!((&stored.key, stored.size, stored.content_type.as_str()), (&key, 5, "image/png"));
    assert_eq!(stored.etag, "5d41402abc4b2a76b9719d911017c592");

    let head = store.head(&key).await.unwrap();
    assert_eq!((&head.key, head.size, head.content_type.as_str()), (&key, 5, "image/png"));
    assert_eq!(head.etag, stored.etag);
    assert!((head.modified - stored.modified).abs() <= 5, "{head:?} {stored:?}");

    let object = store.get(&key, None).await.unwrap();
    assert_eq!(object.info, head);
    assert_eq!(object.into_bytes(5).await.unwrap(), "hello");
    let object = store.get(&key, None).await.unwrap();
    assert!(matches!(object.into_bytes(4).await, Err(Error::TooLarge)));
}

pub async fn an_empty_object_is_an_object(store: &dyn ObjectStore) {
    store.put(&key("empty/known"), "text/plain", Some(0), once("")).await.unwrap();
    store.put(&key("empty/unknown"), "text/plain", None, stream::empty().boxed()).await.unwrap();
    for name in ["empty/known", "empty/unknown"] {
        assert_eq!(store.head(&key(name)).await.unwrap().size, 0);
        assert_eq!(read(store, name).await, "");
        let object = store.get(&key(name), Some(0..10)).await.unwrap();
        assert_eq!((object.info.size, object.into_bytes(0).await.unwrap()), (0, Bytes::new()));
    }
}

pub async fn a_type_with_parameters_comes_back(store: &dyn ObjectStore) {
    let key = key("type/text");
    store.put(&key, "text/plain; charset=utf-8", None, once("x")).await.unwrap();
    assert_eq!(store.head(&key).await.unwrap().content_type, "text/plain; charset=utf-8");
}

pub async fn ranges_give_their_bytes_and_the_whole_size(store: &dyn ObjectStore) {
    put(store, "range", b"0123456789").await;
    for (range, expected) in [
        (0..10, "0123456789"),
        (0..1, "0"),
        (3..7, "3456"),
        (9..10, "9"),
        (8..1000, "89"),
        (4..4, ""),
        (10..20, ""),
        (500..501, ""),
    ] {
        let object = store.get(&key("range"), Some(range.clone())).await.unwrap();
        assert_eq!(object.info.size, 10, "{range:?}");
        assert_eq!(object.into_bytes(10).await.unwrap(), expected, "{range:?}");
    }
}

pub async fn what_is_not_there_is_not_found(store: &dyn ObjectStore) {
    put(store, "there/is/one", b"x").await;
    for name in ["nowhere", "there", "there/is", "there/is/one/below", "there/is/on"] {
        assert_absent(store, name).await;
        assert!(matches!(store.get(&key(name), None).await, Err(Error::NotFound)), "{name}");
        assert!(matches!(store.get(&key(name), Some(0..1)).await, Err(Error::NotFound)), "{name}");
    }
}

pub async fn deleting_twice_is_fine(store: &dyn ObjectStore) {
    put(store, "delete/one", b"x").await;
    put(store, "delete/two", b"x").await;
    store.delete(&key("delete/one")).await.unwrap();
    assert_absent(store, "delete/one").await;
    store.delete(&key("delete/one")).await.unwrap();
    store.delete(&key("delete/never/was")).await.unwrap();
    assert_eq!(read(store, "delete/two").await, "x");
}

pub async fn a_key_and_a_folder_of_its_name_coexist(store: &dyn ObjectStore) {
    put(store, "both", b"object").await;
    put(store, "both/a", b"below").await;
    put(store, "both/a/b", b"deeper").await;
    assert_eq!(read(store, "both").await, "object");
    assert_eq!(read(store, "both/a").await, "below");
    store.delete(&key("both/a")).await.unwrap();
    assert_eq!(read(store, "both").await, "object");
    assert_eq!(read(store, "both/a/b").await, "deeper");
}

/// Keys that addresses, file systems or signatures might stumble over.
pub fn odd_keys(backend: &Backend) -> Vec<String> {
    let mut keys: Vec<String> = [
        "odd/a name with spaces.png",
        "odd/山水 画/冬.jpg",
        "odd/plus+and&and=and%20and%.txt",
        "odd/quote'(1)!*,;:@$[2]#~`^{}|<>\".txt",
        "odd/back\\slash.txt",
        "odd/question?versionId=1",
        "odd/x.obj",
        "odd/x.dir/x.more/x.obj",
        "odd/...",
        "odd/-rf",
        "odd/UPPER",
        "odd/folder/",
        "odd/folder/with/something",
        "odd/e\u{301} and \u{e9}",
        "odd/🏔",
    ]
    .map(String::from)
    .into();
    keys.push(format!("odd/{}", "x".repeat(255)));
    keys.push(format!("odd/{}", "长".repeat(300)));
    keys.retain(|key| (backend.takes)(key));
    keys
}

pub async fn odd_keys_work(backend: &Backend) {
    let (store, odd_keys) = (backend.store.as_ref(), odd_keys(backend));
    for name in &odd_keys {
        store.put(&key(name), "text/plain", None, once(name.clone())).await.unwrap();
    }
    for name in &odd_keys {
        assert_eq!(read(store, name).await, *name);
    }
    let listing = store.list("odd/", None, 100).await.unwrap();
    let mut expected = odd_keys.clone();
    expected.sort();
    let listed: Vec<_> = listing.objects.iter().map(|info| info.key.as_str()).collect();
    assert_eq!(listed, expected);
    for name in &odd_keys {
        store.delete(&key(name)).await.unwrap();
        assert_absent(store, name).await;
    }
}

pub async fn overwriting_replaces_the_whole(store: &dyn ObjectStore) {
    let key = key("overwrite");
    store.put(&key, "text/plain", None, once("the old one is longer")).await.unwrap();
    let opened = store.get(&key, None).await.unwrap();
    store.put(&key, "image/png", None, once("new")).await.unwrap();
    assert_eq!(opened.into_bytes(100).await.unwrap(), "the old one is longer");

    let object = store.get(&key, None).await.unwrap();
    assert_eq!((object.info.size, object.info.content_type.as_str()), (3, "image/png"));
    assert_eq!(object.into_bytes(100).await.unwrap(), "new");
}

pub async fn a_body_of_another_length_leaves_nothing(store: &dyn ObjectStore) {
    for (name, length) in [("short/one", 10), ("short/two", 3), ("short/three", 0)] {
        match store.put(&key(name), "text/plain", Some(length), once("four")).await {
            Err(Error::Incomplete { expected, received }) => assert_eq!((expected, received), (length, 4)),
            other => panic!("{name}: {other:?}"),
        }
        assert_absent(store, name).await;
    }
    assert!(store.list("short/", None, 10).await.unwrap().objects.is_empty());
}

pub async fn a_body_that_breaks_off_leaves_the_old_object(store: &dyn ObjectStore) {
    put(store, "broken", b"old").await;
    let broken = || -> Body { stream::iter([Ok(Bytes::from("new")), Err(std::io::Error::other("cut"))]).boxed() };
    for length in [None, Some(6)] {
        let stored = store.put(&key("broken"), "text/plain", length, broken()).await;
        assert!(matches!(stored, Err(Error::Unavailable(_))), "{stored:?}");
    }
    assert_eq!(read(store, "broken").await, "old");
}

pub async fn twelve_megabytes_stream_through(store: &dyn ObjectStore) {
    const CHUNK: usize = 1_000_003;
    const SIZE: u64 = 12 * CHUNK as u64;
    let chunk = |number: u8| Bytes::from_iter((0..CHUNK).map(|byte| number.wrapping_add((byte % 251) as u8)));
    for (name, length) in [("large/known", Some(SIZE)), ("large/unknown", None)] {
        let body = stream::iter((0..12).map(move |number| Ok(chunk(number)))).boxed();
        let stored = store.put(&key(name), "video/mp4", length, body).await.unwrap();
        assert_eq!(stored.size, SIZE);

        let mut object = store.get(&key(name), None).await.unwrap();
        assert_eq!(object.info.size, SIZE);
        let (mut pieces, mut read) = (0, Vec::new());
        while let Some(piece) = object.body.next().await {
            read.extend_from_slice(&piece.unwrap());
            pieces += 1;
        }
        assert!(pieces > 1, "it came in one piece");
        assert_eq!(read.len() as u64, SIZE);
        assert!((0..12).zip(read.chunks(CHUNK)).all(|(number, read)| chunk(number) == read), "other bytes came back");

        let middle = 5 * CHUNK as u64;
        let part = store.get(&key(name), Some(middle..middle + 10)).await.unwrap();
        assert_eq!(part.into_bytes(10).await.unwrap(), chunk(5).slice(..10));
    }
}
