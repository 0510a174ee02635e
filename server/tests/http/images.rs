//! `/images/view/:id/:options`.

use crate::site::{Person, Site, pictures};
use reqwest::{StatusCode, header};
use serde_json::json;

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
        ("image/avif,image/webp,*/*;q=0.8", "image/avif"),
        ("image/avif;q=0.1,image/webp", "image/webp"),
        ("image/webp;q=0, image/*", "image/jpeg"),
        ("*/*", "image/jpeg"),
    ] {
        let response = view(&ann, &id, "width=320", accept).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], kind, "{accept}");
        assert_eq!(varies(&response), Some("Accept"));
        assert!(is(kind, &response.bytes().await.unwrap()), "{accept}");
    }
    for format in ["avif", "webp", "jpeg", "png", "gif"] {
        let kind = format!("image/{format}");
        let response = view(&ann, &id, &format!("width=160,format={format}"), "image/avif,image/webp").await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], kind);
        assert_eq!(varies(&response), None, "who asks makes no difference");
        assert!(is(&kind, &response.bytes().await.unwrap()), "{format}");
    }
}

/// What the answer says it depends on, but for its compression.
fn varies(response: &reqwest::Response) -> Option<&str> {
    let named = response.headers().get_all(header::VARY).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).map(str::trim).find(|name| name.eq_ignore_ascii_case("accept"))
}

/// Whether bytes are of this kind.
fn is(kind: &str, bytes: &[u8]) -> bool {
    match kind {
        "image/avif" => bytes.get(4..12) == Some(b"ftypavif"),
        "image/webp" => bytes.starts_with(b"RIFF"),
        "image/jpeg" => bytes.starts_with(b"\xff\xd8"),
        "image/png" => bytes.starts_with(b"\x89PNG"),
        _ => bytes.starts_with(b"GIF89a"),
    }
}

/// The sides of what is answered as JPEG.
async fn sides(person: &Person, path: &str) -> (usize, usize) {
    let response = person.client.get(person.address(path)).header(header::ACCEPT, "image/jpeg").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    let (width, height, _) = pictures::pixel(&response.bytes().await.unwrap(), 0.5, 0.5);
    (width, height)
}

#[tokio::test]
async fn presets_and_the_ladder_are_anyone_s() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (_, id) = ann.gallery("Sea", true).await;
    // The picture has 600 × 400: a preset that is larger keeps its shape.
    for (options, shown) in [
        ("preset=thumb", (320, 320)),
        ("preset=icon,dpr=2", (192, 192)),
        ("preset=card", (533, 400)),
        ("width=160,dpr=2", (320, 213)),
        ("width=160,quality=50,still=1,v=1", (160, 107)),
    ] {
        let (width, height) = sides(&site.visitor(), &format!("/images/view/{id}/{options}")).await;
        let off = width.abs_diff(shown.0).max(height.abs_diff(shown.1));
        assert!(off <= 1, "{options}: {width} × {height}");
    }
    let social = view(&site.visitor(), &id, "preset=social", "image/avif,image/webp").await;
    assert_eq!(social.headers()[header::CONTENT_TYPE], "image/jpeg", "what other sites show as a preview");
}

#[tokio::test]
async fn other_sizes_are_made_with_the_owner_s_signature_alone() {
    let site = Site::start().await;
    let (ann, ben, visitor) = (site.member("ann").await, site.member("ben").await, site.visitor());
    let (_, id) = ann.gallery("Sea", true).await;
    let other = ann.picture().await;
    let wish = json!({"imageId": id, "width": 100, "height": 50, "dpr": 2, "fit": "cover", "gravity": "north-west"});
    assert_eq!(ben.refused("image.variantUrl", wish.clone()).await, "forbidden");
    assert_eq!(visitor.refused("image.variantUrl", wish.clone()).await, "unauthenticated");
    let url = ann.ok("image.variantUrl", wish).await["url"].as_str().unwrap().to_owned();
    assert_eq!(sides(&visitor, &url).await, (200, 100));

    let (unsigned, signature) = url.split_once(",s=").unwrap();
    for (path, status, says) in [
        (unsigned.to_owned(), 400, "image.variantUrl"),
        (url.replace("width=200", "width=201"), 403, "signature"),
        (url.replace(&id, &other), 403, "signature"),
        (format!("{unsigned},s={}", signature.chars().rev().collect::<String>()), 403, "signature"),
        (format!("{unsigned},s=?"), 400, "s is a signature"),
    ] {
        let response = visitor.get(&path.replace('?', "%3F")).await;
        assert_eq!(response.status(), status, "{path}");
        assert!(response.text().await.unwrap().contains(says), "{path}");
    }

    let hidden = ann.ok("image.variantUrl", json!({"imageId": other, "width": 123})).await;
    let hidden = hidden["url"].as_str().unwrap();
    assert_eq!(sides(&ann, hidden).await.0, 123);
    assert_eq!(visitor.get(hidden).await.status(), StatusCode::NOT_FOUND, "a signature shows nobody anything");

    let free = ann.ok("image.variantUrl", json!({"imageId": id, "preset": "thumb", "quality": 50})).await;
    let path = format!("/images/view/{id}/width=320,height=320,fit=cover,quality=50,v=1");
    assert_eq!(free["url"], json!(path), "what anyone may ask for is not signed");
    assert_eq!(sides(&visitor, &path).await, (320, 320));
}

#[tokio::test]
async fn what_may_be_wished_for_has_limits_told_by_name() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let id = ann.picture().await;
    for (option, value) in [
        ("width", json!(0)),
        ("height", json!(8193)),
        ("quality", json!(0)),
        ("dpr", json!(2.5)),
        ("preset", json!("huge")),
        ("fit", json!("fill")),
        ("gravity", json!("up")),
        ("format", json!("bmp")),
    ] {
        let answer = ann.call("image.variantUrl", json!({"imageId": id, option: value})).await;
        assert_eq!(answer["error"]["data"]["fields"][0]["field"], option, "{answer}");
    }
}

#[tokio::test]
async fn a_variant_is_sent_in_parts_and_described_without_it() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let id = ann.picture().await;
    let whole = view(&ann, &id, "width=320,format=jpeg", "*/*").await;
    let (url, etag) = (whole.url().clone(), whole.headers()[header::ETAG].clone());
    assert_eq!(whole.headers()[header::ACCEPT_RANGES], "bytes");
    assert_eq!(whole.headers()["x-content-type-options"], "nosniff");
    let whole = whole.bytes().await.unwrap();
    let ranged = |range: &str| ann.client.get(url.clone()).header(header::RANGE, range.to_owned());

    let part = ranged("bytes=10-19").header(header::IF_RANGE, &etag).send().await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.headers()[header::CONTENT_RANGE], format!("bytes 10-19/{}", whole.len()));
    assert_eq!(part.headers()[header::ETAG], etag);
    assert_eq!(part.bytes().await.unwrap(), whole[10..20]);
    let end = ranged("bytes=-5").send().await.unwrap();
    assert_eq!(end.bytes().await.unwrap(), whole[whole.len() - 5..]);
    let other = ranged("bytes=10-19").header(header::IF_RANGE, "\"another\"").send().await.unwrap();
    assert_eq!(other.status(), StatusCode::OK, "the picture has changed meanwhile");
    let beyond = ranged("bytes=9999999-").send().await.unwrap();
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(beyond.headers()[header::CONTENT_RANGE], format!("bytes */{}", whole.len()));

    let head = ann.client.head(url).send().await.unwrap();
    assert_eq!((head.status(), &head.headers()[header::ETAG]), (StatusCode::OK, &etag));
    assert_eq!(head.headers()[header::CONTENT_LENGTH], whole.len().to_string());
    assert!(head.bytes().await.unwrap().is_empty());
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
    for (options, says) in [
        ("width=641", "width is one of 160"),
        ("width=0", "width is a whole number of pixels from 1 to 8192"),
        ("height=9000,s=x", "height is a whole number of pixels from 1 to 8192"),
        ("height=100", "height, from 1 to 8192, needs a signature"),
        ("quality=84,width=320", "quality is one of 50"),
        ("quality=0", "quality is a whole number from 1 to 100"),
        ("fit=fill", "fit is one of inside, cover, contain"),
        ("gravity=up", "gravity is one of centre"),
        ("dpr=7", "dpr is one of 1, 1.5, 2, 3, 4"),
        ("format=bmp", "format is one of avif, webp, jpeg, png, gif"),
        ("still=2", "still is 0 or 1"),
        ("preset=huge", "preset is one of thumb"),
        ("v=one", "v is a picture’s version"),
        ("turn=1", "“turn” is not an option"),
        ("width=320,width=320", "width is given twice"),
    ] {
        let response = view(&ann, &id, options, "image/webp").await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{options}");
        assert!(response.text().await.unwrap().contains(says), "{options}");
    }
}
