//! `/images/original/:id`: who gets which file.

use crate::site::{Person, Site, pictures};
use reqwest::{Response, StatusCode, header};
use serde_json::json;
use std::time::Duration;
use tokio::time::sleep;

const ARTIST: &[u8] = b"Ann Secret\0";
/// A number of a place that stands nowhere else.
const SECONDS: [u8; 4] = 987_654_321_u32.to_le_bytes();
const AFTER: &[u8] = b"what follows the picture";
const DRAWING: &[u8] =
    br#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><script>alert(1)</script></svg>"#;

/// A JPEG with its maker's name and the place where it was taken (EXIF 2.32, 4.6.6), and something after its end.
fn telling() -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    // Artist, 11 letters at 38, and the place's own directory at 50.
    tiff.extend_from_slice(b"\x02\0\x3b\x01\x02\0\x0b\0\0\0\x26\0\0\0\x25\x88\x04\0\x01\0\0\0\x32\0\0\0\0\0\0\0");
    tiff.extend_from_slice(ARTIST);
    tiff.push(0);
    // North, and three fractions at 80.
    tiff.extend_from_slice(b"\x02\0\x01\0\x02\0\x02\0\0\0N\0\0\0\x02\0\x05\0\x03\0\0\0\x50\0\0\0\0\0\0\0");
    for number in [31_u32, 1, 13, 1, 987_654_321, 10_000_000] {
        tiff.extend_from_slice(&number.to_le_bytes());
    }
    let plain = pictures::jpeg(600, 400, 1);
    let mut bytes = plain[..2].to_vec();
    bytes.extend_from_slice(&[0xff, 0xe1]);
    bytes.extend_from_slice(&u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
    bytes.extend_from_slice(b"Exif\0\0");
    bytes.extend_from_slice(&tiff);
    bytes.extend_from_slice(&plain[2..]);
    bytes.extend_from_slice(AFTER);
    bytes
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

/// A picture of hers in a public gallery that tells more than it shows.
async fn shown(ann: &Person) -> String {
    let sent = ann.send("IMG_0001 Ann’s.jpg", "image/jpeg", telling()).await;
    let id = sent["picture"]["id"].as_str().unwrap_or_else(|| panic!("{sent}")).to_owned();
    ann.ok("image.update", json!({"imageId": id, "title": "Winter sea"})).await;
    let made = ann.ok("gallery.create", json!({"name": "Sea", "isPublic": true})).await;
    ann.ok("gallery.addImages", json!({"galleryId": made["galleryId"], "imageIds": [id]})).await;
    id
}

fn named(response: &Response) -> String {
    response.headers()[header::CONTENT_DISPOSITION].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_owner_gets_the_very_file() {
    let site = Site::start().await;
    let admin = site.admin().await;
    let ann = site.member("ann").await;
    let path = format!("/images/original/{}", shown(&ann).await);
    for person in [&ann, &admin] {
        let response = person.get(&path).await;
        let name = "attachment; filename=\"IMG_0001 Ann_s.jpg\"; filename*=UTF-8''IMG_0001%20Ann%E2%80%99s.jpg";
        assert_eq!(named(&response), name);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "image/jpeg");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "private, no-cache");
        assert!(response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().starts_with("sandbox"));
        assert_eq!(response.bytes().await.unwrap(), telling());
    }

    let part = ann.client.get(ann.address(&path)).header(header::RANGE, "bytes=100-199").send().await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    let etag = part.headers()[header::ETAG].clone();
    assert_eq!(part.bytes().await.unwrap(), telling()[100..200]);
    let head = ann.client.head(ann.address(&path)).send().await.unwrap();
    assert_eq!(head.headers()[header::CONTENT_LENGTH], telling().len().to_string());
    let again = ann.client.get(ann.address(&path)).header(header::IF_NONE_MATCH, &etag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    let other =
        site.visitor().client.get(ann.address(&path)).header(header::IF_NONE_MATCH, &etag).send().await.unwrap();
    assert_eq!(other.status(), StatusCode::OK, "others get another file");
}

#[tokio::test]
async fn others_get_it_without_what_the_camera_wrote() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let id = shown(&ann).await;
    let path = format!("/images/original/{id}");
    for person in [site.visitor(), site.member("ben").await] {
        let response = person.get(&path).await;
        assert_eq!(named(&response), "attachment; filename=\"winter-sea.jpg\"; filename*=UTF-8''winter-sea.jpg");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "image/jpeg");
        let bytes = response.bytes().await.unwrap();
        assert!(!holds(&bytes, ARTIST) && !holds(&bytes, &SECONDS) && !holds(&bytes, AFTER));
        let pixel = |bytes: &[u8]| pictures::pixel(bytes, 0.1, 0.1);
        assert_eq!(pixel(&bytes), pixel(&telling()), "the same picture");
        let part = person.client.get(person.address(&path)).header(header::RANGE, "bytes=0-99").send().await.unwrap();
        assert_eq!(part.bytes().await.unwrap(), bytes[..100]);
        assert!(person.page(&format!("/photos/{id}")).await.contains(&format!("href=\"{path}\"")));
    }
    let untitled = json!({"imageId": id, "title": ""});
    ann.ok("image.update", untitled).await;
    assert!(named(&site.visitor().get(&path).await).contains(&format!("\"{id}.jpg\"")), "never the file's own name");
}

#[tokio::test]
async fn asking_about_a_stripped_file_makes_none() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let path = format!("/images/original/{}", shown(&ann).await);
    let visitor = site.visitor();
    let ask = async || {
        // A client that takes compressed answers, too: pictures are not compressed.
        let asked = visitor.client.head(visitor.address(&path)).header(header::ACCEPT_ENCODING, "gzip").send().await;
        let asked = asked.unwrap();
        assert_eq!(asked.status(), StatusCode::OK);
        assert_eq!(asked.headers()[header::ACCEPT_RANGES], "bytes");
        assert!(!asked.headers().contains_key(header::CONTENT_ENCODING));
        asked
    };
    for _ in 0..2 {
        assert!(!ask().await.headers().contains_key(header::CONTENT_LENGTH), "nobody knows it yet");
    }

    let file = visitor.get(&path).await;
    let asked = ask().await;
    for name in [header::CONTENT_TYPE, header::CONTENT_DISPOSITION, header::ETAG, header::CACHE_CONTROL] {
        assert_eq!(asked.headers()[&name], file.headers()[&name], "{name}");
    }
    let size = file.bytes().await.unwrap().len().to_string();
    // Nobody waits for the disk, on which it is kept.
    let mut told = None;
    for _ in 0..250 {
        told = ask().await.headers().get(header::CONTENT_LENGTH).cloned();
        if told.is_some() {
            break;
        }
        sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(told.expect("it is known by now"), size);
}

#[tokio::test]
async fn the_owner_says_what_others_get() {
    let site = Site::start().await;
    let (ann, visitor) = (site.member("ann").await, site.visitor());
    let id = shown(&ann).await;
    let (path, page) = (format!("/images/original/{id}"), format!("/photos/{id}"));
    let known = json!({"imageId": id});
    assert_eq!(ann.ok("user.me", json!({})).await["downloads"], "stripped");
    assert_eq!(visitor.ok("image.getMetadata", known.clone()).await["downloadable"], true);

    let changed = ann.ok("user.update", json!({"downloads": "none"})).await;
    assert_eq!(changed["downloads"], "none");
    let refused = visitor.get(&path).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert!(refused.text().await.unwrap().contains("does not let others download"));
    assert!(!visitor.page(&page).await.contains(&path) && ann.page(&page).await.contains(&path));
    assert_eq!(visitor.ok("image.getMetadata", known.clone()).await["downloadable"], false);
    assert_eq!(ann.ok("image.getMetadata", known).await["downloadable"], true);
    assert_eq!(ann.get(&path).await.bytes().await.unwrap(), telling());

    let fields = [("username", "ann"), ("email", "ann@example.com"), ("downloads", "whole")];
    assert_eq!(ann.submit("/account", "user.update", &fields).await.status(), StatusCode::SEE_OTHER);
    let account = ann.page("/account").await;
    let choice = account.split("value=\"whole\"").nth(1).and_then(|rest| rest.split('>').next()).unwrap();
    assert!(choice.contains("selected"), "{choice}");
    let whole = visitor.get(&path).await;
    assert!(named(&whole).contains("winter-sea.jpg"));
    assert_eq!(whole.bytes().await.unwrap(), telling());
    assert_eq!(ann.refused("user.update", json!({"downloads": "all"})).await, "invalid");
}

#[tokio::test]
async fn a_drawing_is_never_shown_as_it_is() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    ann.ok("user.update", json!({"downloads": "whole"})).await;
    let sent = ann.send("a.svg", "image/svg+xml", DRAWING.to_vec()).await;
    assert_eq!(sent["state"], "completed", "{sent}");
    let path = format!("/images/original/{}", sent["picture"]["id"].as_str().unwrap());
    let response = ann.client.get(ann.address(&path)).header(header::ACCEPT_ENCODING, "gzip").send().await.unwrap();
    assert!(named(&response).starts_with("attachment"));
    assert!(response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().starts_with("sandbox"));
    assert!(!response.headers().contains_key(header::CONTENT_ENCODING), "ranges are of the file itself");
    assert_eq!(response.bytes().await.unwrap(), DRAWING);
}

#[tokio::test]
async fn a_drawing_straight_from_the_store_is_a_file_to_keep() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let drawn = ann.send("a.svg", "image/svg+xml", DRAWING.to_vec()).await;
    let drawn = ann.ok("image.generateViewUrl", json!({"imageId": drawn["picture"]["id"]})).await;
    let export = ann.ok("user.export", json!({})).await;
    for address in [&drawn["viewUrl"], &export["pictures"][0]["originalUrl"]] {
        let response = site.visitor().client.get(address.as_str().unwrap()).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(named(&response), "attachment");
        let headers = response.headers();
        assert_eq!(headers[header::CONTENT_TYPE], "image/svg+xml");
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], "sandbox; default-src 'none'");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(response.bytes().await.unwrap(), DRAWING);
    }
    // Without what makes it a file to keep, the signature is wrong.
    let inline = drawn["viewUrl"].as_str().unwrap().replace("=attachment", "=inline");
    assert_eq!(site.visitor().client.get(inline).send().await.unwrap().status(), StatusCode::FORBIDDEN);

    let taken = ann.send("a.jpg", "image/jpeg", pictures::jpeg(60, 40, 1)).await;
    let taken = ann.ok("image.generateViewUrl", json!({"imageId": taken["picture"]["id"]})).await;
    let shown = site.visitor().client.get(taken["viewUrl"].as_str().unwrap()).send().await.unwrap();
    assert!(!shown.headers().contains_key(header::CONTENT_DISPOSITION));
}
