//! `/images/view/:id/:options`.

use crate::site::{Person, Site, pictures};
use reqwest::{StatusCode, header};

async fn view(person: &Person, id: &str, options: &str, accept: &str) -> reqwest::Response {
    let request = person.client.get(person.address(&format!("/images/view/{id}/{options}")));
    request.header(header::ACCEPT, accept).send().await.unwrap()
}

#[tokio::test]
async fn pictures_are_served_upright() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    // Where the stored top left ends up as shown (EXIF 2.32, table 6).
    let corners = [(1, 0.1, 0.1), (3, 0.9, 0.9), (6, 0.9, 0.1), (8, 0.1, 0.9)];
    for (orientation, across, down) in corners {
        let sent = ann.send("a.jpg", "image/jpeg", pictures::jpeg(640, 400, orientation)).await;
        let id = sent["picture"]["id"].as_str().unwrap();
        let bytes = view(&ann, id, "width=320", "image/jpeg").await.bytes().await.unwrap();
        let (width, height, [red, _, blue]) = pictures::pixel(&bytes, across, down);
        let shown = if orientation > 4 { (320, 512) } else { (320, 200) };
        assert_eq!((width, height), shown, "orientation {orientation}");
        assert!(red > 150 && blue < 100, "orientation {orientation}: the patch is at its place");
        assert!(!bytes.windows(4).any(|window| window == b"Exif"), "variants carry no metadata");
    }
}

#[tokio::test]
async fn the_format_is_what_the_client_takes() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let id = ann.picture().await;
    for (accept, kind) in [
        ("image/avif,image/webp,*/*;q=0.8", "image/webp"),
        ("image/webp;q=0, image/*", "image/jpeg"),
        ("*/*", "image/jpeg"),
    ] {
        let response = view(&ann, &id, "width=320", accept).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], kind, "{accept}");
        assert_eq!(response.headers()[header::VARY], "Accept");
        let bytes = response.bytes().await.unwrap();
        assert_eq!(bytes.starts_with(b"RIFF"), kind == "image/webp");
    }
}

#[tokio::test]
async fn a_picture_is_never_enlarged() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let id = ann.picture().await;
    let bytes = view(&ann, &id, "width=2560", "image/jpeg").await.bytes().await.unwrap();
    assert_eq!(pictures::pixel(&bytes, 0.5, 0.5).0, 600);
}

#[tokio::test]
async fn a_client_that_has_it_is_told_so() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let id = ann.picture().await;
    let first = view(&ann, &id, "width=320,v=1", "image/webp").await;
    let etag = first.headers()[header::ETAG].clone();
    let again =
        ann.client.get(first.url().clone()).header(header::ACCEPT, "image/webp").header(header::IF_NONE_MATCH, &etag);
    let again = again.send().await.unwrap();
    assert_eq!((again.status(), &again.headers()[header::ETAG]), (StatusCode::NOT_MODIFIED, &etag));
    let other =
        ann.client.get(first.url().clone()).header(header::ACCEPT, "image/jpeg").header(header::IF_NONE_MATCH, &etag);
    assert_eq!(other.send().await.unwrap().status(), StatusCode::OK, "another format is another variant");
}

#[tokio::test]
async fn options_out_of_range_say_which_and_what_they_may_be() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let id = ann.picture().await;
    for (options, says) in
        [("width=641", "width is one of"), ("quality=84,width=320", "quality is one of"), ("turn=1", "turn")]
    {
        let response = view(&ann, &id, options, "image/webp").await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST);
        assert!(response.text().await.unwrap().contains(says), "{options}");
    }
}
