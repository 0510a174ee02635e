//! What must hold whenever the machine stops: the contract itself is in `tests/contract`.

use std::sync::Arc;
use std::time::SystemTime;

use futures::future::join_all;
use futures::stream;
use tempfile::TempDir;

use super::*;
use crate::once;

const LARGEST: u64 = 8 * 1024 * 1024;

fn reopen(root: &TempDir) -> LocalStore {
    let credentials = KeyPair { access_key: "key".to_owned(), secret_key: "secret".to_owned() };
    LocalStore::open(root.path(), credentials, LARGEST).unwrap()
}

pub(super) fn store() -> (TempDir, LocalStore) {
    let root = tempfile::tempdir().unwrap();
    let store = reopen(&root);
    (root, store)
}

pub(super) async fn read(store: &LocalStore, key: &Key) -> Vec<u8> {
    store.get(key, None).await.unwrap().into_bytes(usize::MAX).await.unwrap().to_vec()
}

fn key(name: &str) -> Key {
    Key::parse(name).unwrap()
}

async fn names(store: &LocalStore) -> Vec<String> {
    store.list("", None, 100).await.unwrap().objects.into_iter().map(|info| info.key.into()).collect()
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

/// Makes a file or folder look as if it was last changed `age` ago.
fn grow_old(path: &Path, age: Duration) {
    File::open(path).unwrap().set_modified(SystemTime::now() - age).unwrap();
}

#[tokio::test]
async fn a_file_still_being_written_is_not_an_object() {
    let (_root, store) = store();
    fs::write(store.temporary.join("draft-1"), "half").unwrap();
    assert_eq!(names(&store).await, [""; 0]);
}

#[tokio::test]
async fn what_interrupted_uploads_left_goes_after_a_while() {
    let (root, store) = store();
    fs::write(store.temporary.join("old"), "half").unwrap();
    fs::write(store.temporary.join("new"), "half").unwrap();
    grow_old(&store.temporary.join("old"), STALE_DRAFT + Duration::from_secs(60));
    let upload = store.begin_upload(&key("a"), Details::default()).await.unwrap();
    let given_up = store.begin_upload(&key("a"), Details::default()).await.unwrap();
    grow_old(&store.multipart.join(&given_up), STALE_UPLOAD + Duration::from_secs(60));

    let store = reopen(&root);
    assert_eq!(files(&store.temporary), 1);
    assert!(store.temporary.join("new").exists());
    assert_eq!(files(&store.multipart), 1);
    assert!(store.parts(&key("a"), &upload).await.is_ok());
}

#[tokio::test]
async fn a_damaged_file_is_an_error_and_does_not_spoil_the_listing() {
    let (_root, store) = store();
    store.put(&key("a"), "text/plain", None, once("whole")).await.unwrap();
    store.put(&key("b"), "text/plain", None, once("whole")).await.unwrap();
    let path = object_path(&store.objects, "a");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - 3]).unwrap();

    assert!(matches!(store.head(&key("a")).await, Err(Error::Unavailable(_))));
    assert_eq!(names(&store).await, ["b"]);
}

#[tokio::test]
async fn an_upload_that_fails_leaves_the_old_object_and_no_file() {
    let (_root, store) = store();
    store.put(&key("a"), "text/plain", None, once("old")).await.unwrap();

    let broken = stream::iter([Ok("new".into()), Err(io::Error::other("the line broke"))]).boxed();
    assert!(matches!(store.put(&key("a"), "text/plain", None, broken).await, Err(Error::Unavailable(_))));
    let short = store.put(&key("a"), "text/plain", Some(9), once("new")).await;
    assert!(matches!(short, Err(Error::Incomplete { expected: 9, received: 3 })));

    assert_eq!(read(&store, &key("a")).await, b"old");
    assert_eq!(files(&store.temporary), 0);
}

#[tokio::test]
async fn a_reader_keeps_the_object_it_opened() {
    let (_root, store) = store();
    store.put(&key("a"), "text/plain", None, once("old")).await.unwrap();
    let opened = store.get(&key("a"), None).await.unwrap();
    store.put(&key("a"), "image/png", None, once("new and longer")).await.unwrap();
    assert_eq!(opened.into_bytes(100).await.unwrap(), "old");
    assert_eq!(read(&store, &key("a")).await, b"new and longer");
}

#[tokio::test]
async fn objects_over_the_limit_are_refused() {
    let (_root, store) = store();
    let announced = store.put(&key("a"), "text/plain", Some(LARGEST + 1), once("small")).await;
    assert!(matches!(announced, Err(Error::TooLarge)));
    let chunks = stream::repeat_with(|| Ok(vec![0_u8; 1024 * 1024].into())).take(9).boxed();
    assert!(matches!(store.put(&key("a"), "text/plain", None, chunks).await, Err(Error::TooLarge)));
    assert_eq!(names(&store).await, [""; 0]);
    assert_eq!(files(&store.temporary), 0);
}

#[tokio::test]
async fn deleting_the_last_object_of_a_folder_removes_the_folder() {
    let (_root, store) = store();
    store.put(&key("a/b/c"), "text/plain", None, once("x")).await.unwrap();
    store.delete(&key("a/b/c")).await.unwrap();
    assert_eq!(files(&store.objects), 0);
}

#[tokio::test]
async fn a_copy_keeps_its_details_unless_given_others() {
    let (_root, store) = store();
    let stored = store.put(&key("a"), "image/png", None, once("bytes")).await.unwrap();
    let source = async |name: &str| store.open_object(&key(name)).await;
    let always = Condition::default;
    store.copy(source("a").await.unwrap(), &key("b/c"), None, always()).await.unwrap();
    let webp = Some(Details::of_type("image/webp"));
    store.copy(source("a").await.unwrap(), &key("a"), webp, always()).await.unwrap();

    let copy = store.head(&key("b/c")).await.unwrap();
    assert_eq!((copy.etag.as_str(), copy.content_type.as_str()), (stored.etag.as_str(), "image/png"));
    assert_eq!(store.head(&key("a")).await.unwrap().content_type, "image/webp");
    assert_eq!(read(&store, &key("a")).await, b"bytes");
    assert!(matches!(source("nowhere").await, Err(Error::NotFound)));
}

#[tokio::test]
async fn two_uploads_at_once_leave_one_of_them_whole() {
    let (_root, store) = store();
    let name = key("a/b");
    let texts = ["first".repeat(100_000), "second".repeat(100_000)];
    let puts = texts.clone().map(|text| store.put(&name, "text/plain", None, once(text)));
    for stored in futures::future::join_all(puts).await {
        stored.unwrap();
    }
    let left = read(&store, &name).await;
    assert!(texts.iter().any(|text| text.as_bytes() == left));
}

#[test]
fn a_key_pair_does_not_print_its_secret() {
    let pair = KeyPair { access_key: "open".to_owned(), secret_key: "hidden".to_owned() };
    let printed = format!("{pair:?}");
    assert!(printed.contains("open") && !printed.contains("hidden"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_store_what_is_not_there_yet_one_does() {
    let (root, store) = store();
    // Another program on the same folder.
    let (here, there) = (Arc::new(store), Arc::new(reopen(&root)));
    let name = key("a/b");
    let put = |number: usize, condition: Condition| {
        let (store, name) = (Arc::clone(if number.is_multiple_of(2) { &here } else { &there }), name.clone());
        let body = once(number.to_string());
        let length = number.to_string().len() as u64;
        tokio::spawn(async move { store.store(&name, Details::default(), length, condition, body).await })
    };
    let all = async |condition: Condition| {
        let done = join_all((0..20).map(|number| put(number, condition.clone()))).await;
        let done: Vec<_> = done.into_iter().map(Result::unwrap).collect();
        assert!(done.iter().all(|one| matches!(one, Ok(_) | Err(Error::Changed))));
        let mut stored = done.into_iter().filter_map(Result::ok);
        let (first, further) = (stored.next().unwrap(), stored.count());
        (first.etag, further)
    };
    let (etag, further) = all(Condition { not_matching: Some(Tag::Any), ..Condition::default() }).await;
    assert_eq!(further, 0);
    assert_eq!(here.head(&name).await.unwrap().etag, etag);
    here.put(&name, "text/plain", None, once("known")).await.unwrap();
    let known = here.head(&name).await.unwrap().etag;
    let is_known = Condition { matching: Some(Tag::Is(known)), ..Condition::default() };
    let (etag, further) = all(is_known.clone()).await;
    assert_eq!(further, 0);
    assert_eq!(there.head(&name).await.unwrap().etag, etag);
    assert!(matches!(here.remove(&name, is_known.clone()).await, Err(Error::Changed)));
    assert!(matches!(here.remove(&key("nowhere"), is_known).await, Err(Error::NotFound)));
}
