//! Random pictures: which are chosen, how often each, and by which hosts and addresses.

use crate::site::{Person, Site, pictures};
use futures::{StreamExt, stream};
use reqwest::{Response, StatusCode, header};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A new picture of these stored sides in a gallery; its id.
async fn hang(person: &Person, gallery: &Value, (width, height): (usize, usize), orientation: u8) -> String {
    let confirmed = person.send("a.jpg", "image/jpeg", pictures::jpeg(width, height, orientation)).await;
    let id = confirmed["picture"]["id"].as_str().unwrap().to_owned();
    person.ok("gallery.addImages", json!({"galleryId": gallery, "imageIds": [id]})).await;
    id
}

/// A new gallery: its id and its slug.
async fn gallery(person: &Person, name: &str, public: bool) -> (Value, String) {
    let made = person.ok("gallery.create", json!({"name": name, "description": "", "isPublic": public})).await;
    (made["galleryId"].clone(), made["slug"].as_str().unwrap().to_owned())
}

async fn publish(person: &Person, gallery: &Value, name: &str, public: bool) {
    let draft = json!({"galleryId": gallery, "name": name, "description": "", "isPublic": public});
    person.ok("gallery.update", draft).await;
}

/// The address of `/` at another host.
async fn at_host(site: &Site, host: &str, path: &str) -> Response {
    let visitor = site.visitor();
    visitor.client.get(visitor.address(path)).header(header::HOST, host).send().await.unwrap()
}

async fn text(site: &Site, path: &str) -> (StatusCode, String) {
    let answer = site.visitor().get(path).await;
    (answer.status(), answer.text().await.unwrap())
}

/// How many there are below `/random`, of each shape and in all.
async fn counts(site: &Site, query: &str) -> [String; 4] {
    let mut found = Vec::new();
    for shape in ["", "/landscape", "/portrait", "/square"] {
        found.push(text(site, &format!("/random{shape}/count{query}")).await.1);
    }
    found.try_into().unwrap()
}

/// The id of the picture that an address sends on to.
async fn drawn(site: &Site, path: &str) -> String {
    let answer = site.visitor().get(path).await;
    assert_eq!(answer.status(), StatusCode::FOUND, "{path}");
    let location = answer.headers()[header::LOCATION].to_str().unwrap();
    location.split_once("/images/view/").unwrap().1.split('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_picture_of_the_shape_is_sent_as_it_is_shown() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (open, _) = gallery(&ann, "Sea", true).await;
    hang(&ann, &open, (600, 400), 1).await;
    // Stored wide, and turned by its camera.
    hang(&ann, &open, (500, 300), 6).await;
    hang(&ann, &open, (400, 390), 1).await;
    assert_eq!(counts(&site, "").await, ["3", "1", "1", "1"]);
    for (shape, sides) in [("landscape", (600, 400)), ("portrait", (300, 500)), ("square", (400, 390))] {
        for path in [format!("/random/{shape}"), format!("/random/{shape}?1&format=jpg")] {
            let answer = site.visitor().get(&path).await;
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "image/jpeg");
            assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
            assert_eq!(answer.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
            assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            let (width, height, _) = pictures::pixel(&answer.bytes().await.unwrap(), 0.0, 0.0);
            assert_eq!((width, height), sides, "{path}");
        }
    }
    let small = site.visitor().get("/random/landscape?w=200").await.bytes().await.unwrap();
    assert_eq!(pictures::pixel(&small, 0.0, 0.0).0, 320, "the next width there is");
    let accept = site.visitor().client.get(site.address("/random/square")).header(header::ACCEPT, "image/webp");
    assert_eq!(accept.send().await.unwrap().headers()[header::CONTENT_TYPE], "image/webp");
}

#[tokio::test]
async fn only_public_pictures_are_chosen_and_a_change_counts_at_once() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (one, slug) = gallery(&ann, "One", false).await;
    let (other, other_slug) = gallery(&ann, "Other", true).await;
    let picture = hang(&ann, &one, (600, 400), 1).await;
    ann.ok("image.update", json!({"imageId": picture, "tags": ["sea"]})).await;
    let [by_gallery, by_tag, by_other] =
        [format!("?gallery={slug}"), "?tag=Sea".into(), format!("?gallery={other_slug}")];
    let nothing = (StatusCode::NOT_FOUND, "No images found".to_owned());
    for query in ["", &by_gallery, &by_tag, &by_other, "?gallery=nowhere", "?tag=nothing"] {
        assert_eq!(text(&site, &format!("/random{query}")).await, nothing, "{query}");
        assert_eq!(ann.get(&format!("/random{query}")).await.status(), StatusCode::NOT_FOUND, "also for its owner");
        assert_eq!(counts(&site, query).await, ["0", "0", "0", "0"], "{query}");
    }
    publish(&ann, &one, "One", true).await;
    for (query, count) in [("", "1"), (&*by_gallery, "1"), (&*by_tag, "1"), (&*by_other, "0")] {
        assert_eq!(counts(&site, query).await, [count, count, "0", "0"], "{query}");
    }
    assert_eq!(drawn(&site, &format!("/random{by_tag}&redirect=1")).await, picture);
    ann.ok("gallery.addImages", json!({"galleryId": other, "imageIds": [picture]})).await;
    publish(&ann, &one, "One", false).await;
    assert_eq!(counts(&site, "").await[0], "1", "it is public by the other gallery");
    assert_eq!(counts(&site, &by_gallery).await[0], "0");
    assert_eq!(drawn(&site, &format!("/random{by_other}&redirect=1")).await, picture);
    ann.ok("image.update", json!({"imageId": picture, "tags": []})).await;
    assert_eq!(counts(&site, &by_tag).await[0], "0");
    ann.ok("image.delete", json!({"imageId": picture})).await;
    assert_eq!(counts(&site, "").await, ["0", "0", "0", "0"]);
    assert_eq!(text(&site, "/random").await, nothing);
}

/// Pearson's statistic of how often each of so many was drawn.
fn chi_squared(drawn: &BTreeMap<String, f64>, kinds: usize, draws: f64) -> f64 {
    let expected = draws / kinds as f64;
    let missing = (kinds - drawn.len()) as f64 * expected;
    drawn.values().map(|count| (count - expected).powi(2) / expected).sum::<f64>() + missing
}

#[tokio::test]
async fn every_picture_is_as_likely_as_any_other() {
    const DRAWS: usize = 10_000;
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (open, slug) = gallery(&ann, "Sea", true).await;
    // In no order of their shapes, and with gaps closed after some were taken away.
    for at in 0..14 {
        let id = hang(&ann, &open, if at % 3 == 0 { (60, 80) } else { (80, 60) }, 1).await;
        if at % 7 == 2 {
            ann.ok("image.delete", json!({"imageId": id})).await;
        }
    }
    for (path, kinds) in [("/random", 12), ("/random/landscape", 8), (&*format!("/random?gallery={slug}"), 12)] {
        assert_eq!(
            text(&site, &path.replacen("/random/landscape", "/random/landscape/count", 1)).await.0,
            StatusCode::OK
        );
        let joint = if path.contains('?') { '&' } else { '?' };
        let address = format!("{path}{joint}redirect=1");
        let draws = stream::iter(0..DRAWS).map(|_| drawn(&site, &address)).buffer_unordered(8);
        let found = draws.fold(BTreeMap::new(), async |mut found, id| {
            *found.entry(id).or_insert(0.0) += 1.0;
            found
        });
        let found = found.await;
        // With 11 degrees of freedom chance alone goes beyond once in a hundred million runs.
        let statistic = chi_squared(&found, kinds, DRAWS as f64);
        assert!(found.len() == kinds && statistic < 62.0, "{path}: {statistic} {found:?}");
    }
}

#[tokio::test]
async fn programs_are_told_of_the_pictures_and_a_seed_chooses_the_same_again() {
    let mut site = Site::start().await;
    let ann = site.member("ann").await;
    let (open, _) = gallery(&ann, "Sea", true).await;
    for _ in 0..6 {
        hang(&ann, &open, (80, 60), 1).await;
    }
    site.publish_at("https://photos.example").await;
    let told: Value = serde_json::from_str(&text(&site, "/random?json=1&w=640&format=webp").await.1).unwrap();
    let id = told["id"].as_str().unwrap();
    assert_eq!(told["url"], format!("https://photos.example/images/view/{id}/width=640,format=webp,v=1"));
    assert_eq!(told["page"], format!("https://photos.example/photos/{id}"));
    assert_eq!((&told["width"], &told["height"]), (&json!(80), &json!(60)));
    let list = async |path: &str| -> Vec<String> {
        let list: Vec<Value> = serde_json::from_str(&text(&site, path).await.1).unwrap();
        list.iter().map(|told| told["id"].as_str().unwrap().to_owned()).collect()
    };
    let three = list("/random?json=1&n=3&seed=a").await;
    assert_eq!(BTreeSet::from_iter(&three).len(), 3, "different ones");
    assert_eq!(list("/random?json=1&n=3&seed=a").await, three);
    assert_eq!(list("/random?json=1&n=50").await.len(), 6, "as many as there are");
    assert!(list("/random/portrait?json=1&n=2").await.is_empty());
    let mut seeds = BTreeSet::new();
    for seed in 0..20 {
        let (once, again) = (format!("/random?redirect=1&seed={seed}"), format!("/random?redirect=1&seed={seed}&2"));
        let first = drawn(&site, &once).await;
        assert_eq!(drawn(&site, &again).await, first);
        seeds.insert(first);
    }
    assert!(seeds.len() > 1, "another seed may choose another");
    let seeded = site.visitor().get("/random?seed=a").await;
    assert_eq!(seeded.headers()[header::CACHE_CONTROL], "public, no-cache");
    let etag = seeded.headers()[header::ETAG].clone();
    let again = site.visitor().client.get(site.address("/random?seed=a")).header(header::IF_NONE_MATCH, etag);
    assert_eq!(again.send().await.unwrap().status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn hosts_stand_for_random_pictures() {
    let site = Site::start_with(&[("TUKU_HOSTS", "photos.example, 127.0.0.1")]).await;
    let ann = site.member("ann").await;
    let (open, _) = gallery(&ann, "Sea", true).await;
    hang(&ann, &open, (600, 400), 1).await;
    hang(&ann, &open, (400, 390), 1).await;
    for (host, count) in [("api-hpic.example", "1"), ("api-vpic.example:3000", "0"), ("api-spic.example", "1")] {
        let answer = at_host(&site, host, "/").await;
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/plain; charset=utf-8");
        assert_eq!(answer.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        assert_eq!(answer.text().await.unwrap(), count, "{host}");
    }
    for (host, width) in [("hpic.example", 600), ("spic.example", 400)] {
        let sent = at_host(&site, host, "/?1").await.bytes().await.unwrap();
        assert_eq!(pictures::pixel(&sent, 0.0, 0.0).0, width, "{host}");
    }
    let none = at_host(&site, "vpic.example", "/").await;
    assert_eq!((none.status(), none.text().await.unwrap()), (StatusCode::NOT_FOUND, "No images found".into()));
    for path in ["/", "/login", "/random", "/images/view/a/width=320"] {
        let unknown = at_host(&site, "other.example", path).await;
        assert_eq!(
            (unknown.status(), unknown.text().await.unwrap()),
            (StatusCode::BAD_REQUEST, "Invalid domain".into())
        );
    }
    assert_eq!(at_host(&site, "other.example", "/health").await.status(), StatusCode::OK);
    assert_eq!(at_host(&site, "hpic.example", "/login").await.status(), StatusCode::NOT_FOUND);
    let home = at_host(&site, "photos.example", "/").await.text().await.unwrap();
    assert!(home.contains("<html"), "the page, and not the picture");
    let sent_on = at_host(&site, "hpic.example", "/?redirect=1").await;
    let location = sent_on.headers()[header::LOCATION].to_str().unwrap().strip_prefix("http://hpic.example").unwrap();
    assert_eq!(at_host(&site, "hpic.example", location).await.status(), StatusCode::OK);
    for (host, path, has_page) in [("hpic.example", "/?json=1", false), ("photos.example", "/random?json=1", true)] {
        let told: Value = at_host(&site, host, path).await.json().await.unwrap();
        assert_eq!(told.get("page").is_some(), has_page, "such a host has no pages: {told}");
    }
}

#[tokio::test]
async fn what_cannot_be_meant_is_told_so() {
    let site = Site::start().await;
    for (path, status, says) in [
        ("/random/wide", StatusCode::NOT_FOUND, "landscape, portrait or square"),
        ("/random/", StatusCode::NOT_FOUND, "/random"),
        ("/random?w=0", StatusCode::BAD_REQUEST, "w is a number of pixels from 1 to 8192."),
        ("/random?n=2", StatusCode::BAD_REQUEST, "json=1"),
        ("/random/count?w=100", StatusCode::OK, "0"),
    ] {
        let (found, words) = text(&site, path).await;
        assert!(found == status && words.contains(says), "{path}: {found} {words}");
    }
    let posted = site.visitor().client.post(site.address("/random")).send().await.unwrap();
    assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
}

/// The files of originals.
fn originals(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| if path.is_dir() { originals(&path) } else { vec![path] });
    files.filter(|path| path.to_string_lossy().contains("originals")).collect()
}

#[tokio::test]
async fn another_is_chosen_for_what_is_gone_and_a_store_that_is_down_is_told() {
    let site = Site::start_with(&[("TUKU_VARIANT_DISK", "0")]).await;
    let ann = site.member("ann").await;
    let (open, _) = gallery(&ann, "Sea", true).await;
    hang(&ann, &open, (60, 80), 1).await;
    let gone: Vec<_> = originals(&site.folder()).into_iter().filter(|path| path.is_file()).collect();
    assert!(!gone.is_empty());
    for file in gone {
        fs::remove_file(file).unwrap();
    }
    hang(&ann, &open, (80, 60), 1).await;
    for turn in 0..30 {
        let (status, _) = text(&site, &format!("/random?format=jpeg&{turn}")).await.clone();
        assert_eq!(status, StatusCode::OK);
    }
    let (status, words) = text(&site, "/random/portrait").await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{words}");
    // What cannot be read as a file is no missing one.
    for file in originals(&site.folder()) {
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
    }
    let (status, words) = text(&site, "/random/landscape?w=160").await;
    assert_eq!((status, words.contains("Try again")), (StatusCode::SERVICE_UNAVAILABLE, true), "{words}");
}
