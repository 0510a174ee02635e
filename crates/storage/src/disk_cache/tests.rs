use super::*;

const LIMIT: u64 = 10_000;

fn cache(folder: &Path) -> DiskCache {
    DiskCache::open(folder, LIMIT).unwrap()
}

fn kilobyte(byte: u8) -> Bytes {
    Bytes::from(vec![byte; 1_000])
}

fn file(folder: &Path, family: &str, key: &str) -> PathBuf {
    Name::new(family, key).path(folder)
}

fn files(folder: &Path) -> usize {
    entries(folder).map(|folder| entries(&folder.path()).count()).sum()
}

/// Waits for what is done in the background.
async fn comes_true(condition: impl Fn() -> bool) -> bool {
    let waits = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waits).await.is_ok()
}

#[tokio::test]
async fn what_is_put_is_there_and_still_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let first = cache(&folder.path().join("new/folder"));
    assert_eq!(first.get("a", "1").await, None);
    first.put("a", "1", kilobyte(1)).await;
    first.put("a", "2", Bytes::new()).await;
    first.put("a", "1", kilobyte(3)).await;
    assert_eq!(first.get("a", "1").await, Some(kilobyte(3)));
    assert_eq!(first.get("a", "2").await, Some(Bytes::new()));
    assert_eq!(first.get("b", "1").await, None, "another family");
    drop(first);
    let second = cache(&folder.path().join("new/folder"));
    assert_eq!(second.get("a", "1").await, Some(kilobyte(3)));
    assert!(comes_true(|| second.held() == 1_000 + 32 + 32).await);
}

#[tokio::test]
async fn the_bound_is_kept_and_what_is_used_stays() {
    let folder = tempfile::tempdir().unwrap();
    let cache = cache(folder.path());
    for number in 0..9 {
        cache.put("a", &number.to_string(), kilobyte(number)).await;
    }
    for number in 10..60_u8 {
        assert!(cache.get("a", "0").await.is_some());
        cache.put("a", &number.to_string(), kilobyte(number)).await;
        assert!(cache.held() <= LIMIT);
    }
    assert_eq!(cache.get("a", "0").await, Some(kilobyte(0)));
    assert_eq!(cache.get("a", "1").await, None);
    assert_eq!(cache.get("a", "59").await, Some(kilobyte(59)));
    assert_eq!(files(folder.path()), 9);
}

#[tokio::test]
async fn what_is_larger_than_the_cache_throws_nothing_out() {
    let folder = tempfile::tempdir().unwrap();
    let cache = cache(folder.path());
    cache.put("a", "1", kilobyte(1)).await;
    cache.put("a", "2", Bytes::from(vec![0; 20_000])).await;
    assert!(cache.get("a", "1").await.is_some() && cache.get("a", "2").await.is_none());
}

#[tokio::test]
async fn after_a_restart_the_oldest_files_go_first() {
    let folder = tempfile::tempdir().unwrap();
    let first = cache(folder.path());
    for number in 0..9_u8 {
        first.put("a", &number.to_string(), kilobyte(number)).await;
    }
    let old = SystemTime::now() - Duration::from_secs(1_000_000);
    for number in ["3", "4"] {
        let file = File::options().write(true).open(file(folder.path(), "a", number)).unwrap();
        file.set_times(FileTimes::new().set_modified(old)).unwrap();
    }
    drop(first);
    let second = DiskCache::open(folder.path(), 7_500).unwrap();
    assert!(comes_true(|| files(folder.path()) == 7).await);
    for number in 0..9_u8 {
        let is_kept = second.get("a", &number.to_string()).await.is_some();
        assert_eq!(is_kept, !matches!(number, 3 | 4), "{number}");
    }
}

#[tokio::test]
async fn a_damaged_or_missing_file_is_a_miss() {
    let folder = tempfile::tempdir().unwrap();
    let cache = cache(folder.path());
    let path = file(folder.path(), "a", "1");
    let damage: [fn(&Path); 4] = [
        |path| fs::write(path, &fs::read(path).unwrap()[..900]).unwrap(),
        |path| fs::write(path, "").unwrap(),
        |path| {
            let mut bytes = fs::read(path).unwrap();
            bytes[500] ^= 1;
            fs::write(path, bytes).unwrap();
        },
        |path| fs::remove_dir_all(path.parent().unwrap()).unwrap(),
    ];
    for damage in damage {
        cache.put("a", "1", kilobyte(1)).await;
        assert!(cache.get("a", "1").await.is_some());
        damage(&path);
        assert_eq!(cache.get("a", "1").await, None);
        assert_eq!(cache.held(), 0);
        assert!(!path.exists());
    }
}

#[tokio::test]
async fn sizes_are_told_without_reading() {
    let folder = tempfile::tempdir().unwrap();
    let cache = cache(folder.path());
    cache.put("a", "1", kilobyte(1)).await;
    cache.put("a", "2", Bytes::new()).await;
    assert_eq!((cache.size("a", "1").await, cache.size("a", "2").await), (Some(1_000), Some(0)));
    assert_eq!(cache.size("b", "1").await, None);
    fs::write(file(folder.path(), "a", "2"), "cut").unwrap();
    assert_eq!(cache.size("a", "2").await, None);
    assert_eq!(cache.limit(), LIMIT);
}

#[tokio::test]
async fn a_family_is_dropped_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let cache = cache(folder.path());
    for (family, key) in [("a", "1"), ("a", "2"), ("b", "1")] {
        cache.put(family, key, kilobyte(1)).await;
    }
    cache.forget("a").await;
    cache.forget("nobody").await;
    assert!(cache.get("a", "1").await.is_none() && cache.get("a", "2").await.is_none());
    assert!(cache.get("b", "1").await.is_some());
    assert_eq!(cache.held(), 1_032);
}

#[tokio::test]
async fn two_programs_share_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (cache(folder.path()), cache(folder.path()));
    one.put("a", "1", kilobyte(1)).await;
    assert_eq!(other.get("a", "1").await, Some(kilobyte(1)));
    one.forget("a").await;
    assert_eq!(other.get("a", "1").await, None);
    for number in 0..100_u8 {
        let cache = if number % 2 == 0 { &one } else { &other };
        cache.put("b", &number.to_string(), kilobyte(number)).await;
    }
    assert!(files(folder.path()) <= 15, "about as many as the bound allows");
}

#[tokio::test]
async fn abandoned_drafts_are_swept_and_foreign_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("ab");
    fs::create_dir(&inner).unwrap();
    for name in ["draft-old", "draft-new", "notes.txt"] {
        fs::write(inner.join(name), "x").unwrap();
    }
    let old = SystemTime::now() - Duration::from_secs(100_000);
    for name in ["draft-old", "notes.txt"] {
        let file = File::options().write(true).open(inner.join(name)).unwrap();
        file.set_times(FileTimes::new().set_modified(old)).unwrap();
    }
    let cache = cache(folder.path());
    cache.0.look_around();
    assert!(!inner.join("draft-old").exists());
    assert!(inner.join("draft-new").exists() && inner.join("notes.txt").exists());
    assert_eq!(cache.held(), 0);
}
