//! Ready variants: kept on disk, made ahead, gone with their picture, and for nobody's eyes but those who may see it.

use crate::site::{Person, Site};
use reqwest::{Response, StatusCode, header};
use serde_json::json;
use std::{fs, path::Path, time::Duration};
use tokio::time::{sleep, timeout};

async fn view(person: &Person, id: &str, width: u32) -> Response {
    let request = person.client.get(person.address(&format!("/images/view/{id}/width={width}")));
    request.header(header::ACCEPT, "image/webp").send().await.unwrap()
}

/// How many files there are below a folder, drafts not counted.
fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let count = |entry: fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => files(&entry.path()),
        Ok(_) => usize::from(!entry.file_name().to_string_lossy().starts_with("draft-")),
        Err(_) => 0,
    };
    entries.map(count).sum()
}

/// Waits until so many variants are on disk.
async fn kept(site: &Site, number: usize) -> bool {
    let folder = site.folder().join("variants");
    let waits = async {
        while files(&folder) != number {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(120), waits).await.is_ok()
}

#[tokio::test]
async fn a_variant_is_made_once_and_kept_over_a_restart() {
    let mut site = Site::start().await;
    let ann = site.member("ann").await;
    let (_, picture) = ann.gallery("Sea", true).await;
    let asked = futures::future::join_all((0..6).map(|_| view(&ann, &picture, 320))).await;
    assert!(asked.iter().all(|answer| answer.status() == StatusCode::OK));
    let first = view(&ann, &picture, 320).await.bytes().await.unwrap();
    assert!(kept(&site, 1).await);

    // Only the variant is left.
    fs::remove_dir_all(site.folder().join("storage")).unwrap();
    site.restart().await;
    let again = view(&site.visitor(), &picture, 320).await;
    assert_eq!(again.status(), StatusCode::OK);
    assert_eq!(again.bytes().await.unwrap(), first);
    let other = view(&site.visitor(), &picture, 160).await;
    assert_eq!(other.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!other.text().await.unwrap().contains("object"), "what went wrong is for the log");
}

#[tokio::test]
async fn without_room_on_disk_and_in_memory_variants_are_made_anew() {
    let site = Site::start_with(&[("TUKU_VARIANT_DISK", "0"), ("TUKU_VARIANT_MEMORY", "0")]).await;
    let ann = site.member("ann").await;
    let picture = ann.picture().await;
    let first = view(&ann, &picture, 320).await.bytes().await.unwrap();
    assert_eq!(view(&ann, &picture, 320).await.bytes().await.unwrap(), first, "the same bytes, as the tag says");
    assert!(!site.folder().join("variants").exists());
}

#[tokio::test]
async fn variants_go_with_their_picture() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (mine, other) = (ann.picture().await, ann.picture().await);
    for width in [160, 320] {
        view(&ann, &mine, width).await;
    }
    view(&ann, &other, 160).await;
    assert!(kept(&site, 3).await);
    ann.ok("image.delete", json!({"imageId": mine})).await;
    assert!(kept(&site, 1).await);
    assert_eq!(view(&ann, &mine, 160).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(view(&ann, &other, 160).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_common_sizes_of_a_new_picture_are_made_ahead() {
    let site = Site::start_with(&[("TUKU_MADE_AHEAD", "on")]).await;
    site.member("ann").await.picture().await;
    // 320 pixels wide, and the rung that covers its 600; as AVIF and as WebP.
    assert!(kept(&site, 4).await);
}

#[tokio::test]
async fn who_may_see_a_picture_is_no_matter_of_what_was_kept() {
    let site = Site::start().await;
    let (ann, visitor) = (site.member("ann").await, site.visitor());
    let made = ann.ok("gallery.create", json!({"name": "Sea", "isPublic": true})).await;
    let picture = ann.picture().await;
    for _ in 0..3 {
        assert_eq!(view(&visitor, &picture, 320).await.status(), StatusCode::NOT_FOUND);
        let there = json!({"galleryId": made["galleryId"], "imageIds": [picture]});
        ann.ok("gallery.addImages", there.clone()).await;
        let seen = view(&visitor, &picture, 320).await;
        assert_eq!(seen.status(), StatusCode::OK);
        assert_eq!(seen.headers()[header::CACHE_CONTROL], "public, no-cache");
        ann.ok("gallery.removeImages", there).await;
    }
    let kept = view(&ann, &picture, 320).await;
    assert_eq!(kept.headers()[header::CACHE_CONTROL], "private, no-cache");
}
