//! Pages that are kept: one rendering for all visitors, until something they show changes; and nothing of it for
//! anyone else.

use crate::{
    redis_server::RedisServer,
    site::{Person, Site},
};
use futures::future::join_all;
use reqwest::{Response, StatusCode, header};
use serde_json::{Value, json};
use std::{io::Read, time::Duration};
use tokio::{join, time::sleep};

const HIT: Option<&str> = Some("tuku; hit");
const STORED: Option<&str> = Some("tuku; fwd=miss; stored");
const COLLAPSED: Option<&str> = Some("tuku; fwd=miss; collapsed");
const MISS: Option<&str> = Some("tuku; fwd=miss");

/// A page as someone gets it.
struct Shown {
    status: StatusCode,
    /// What `Cache-Status` says.
    cache: Option<String>,
    html: String,
}

impl Shown {
    fn cache(&self) -> Option<&str> {
        self.cache.as_deref()
    }
}

fn header_of(response: &Response, name: header::HeaderName) -> Option<String> {
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
}

async fn asked(person: &Person, path: &str) -> Shown {
    let response = person.get(path).await;
    let (status, cache) = (response.status(), header_of(&response, header::CACHE_STATUS));
    Shown { status, cache, html: response.text().await.unwrap() }
}

/// Has a page kept; answers it.
async fn kept(visitor: &Person, path: &str) -> String {
    asked(visitor, path).await;
    let shown = asked(visitor, path).await;
    assert_eq!(shown.cache(), HIT, "{path}");
    shown.html
}

/// Has pages kept, waits for a change, and answers what each of them shows in the very next request.
async fn after<const N: usize>(visitor: &Person, paths: [&str; N], change: impl Future<Output = Value>) -> [Shown; N] {
    for path in paths {
        kept(visitor, path).await;
    }
    change.await;
    let mut shown = Vec::new();
    for path in paths {
        let next = asked(visitor, path).await;
        assert_ne!(next.cache(), HIT, "{path}");
        shown.push(next);
    }
    shown.try_into().unwrap_or_else(|_| unreachable!())
}

/// A public gallery with a picture that has a tag: the gallery's id, and the pages that show it.
async fn published(person: &Person, name: &str, tag: &str) -> (Value, String, String) {
    let (slug, picture) = person.gallery(name, true).await;
    person.ok("image.update", json!({"imageId": picture, "tags": [tag]})).await;
    let mine = person.ok("gallery.listMine", json!({})).await;
    let galleries = mine["galleries"].as_array().unwrap();
    let gallery = galleries.iter().find(|gallery| gallery["slug"] == slug).unwrap();
    (gallery["id"].clone(), format!("/gallery/{slug}"), format!("/photos/{picture}"))
}

fn id_of(photo: &str) -> &str {
    photo.strip_prefix("/photos/").unwrap()
}

#[tokio::test]
async fn what_all_visitors_are_shown_alike_is_rendered_once() {
    let site = Site::start().await;
    let (_, wall, photo) = published(&site.member("ann").await, "Sea", "winter").await;
    for path in ["/", &wall, &photo, "/tags/winter", "/search", "/about", "/developers"] {
        let first = asked(&site.visitor(), path).await;
        assert_eq!((first.status, first.cache()), (StatusCode::OK, STORED), "{path}");
        // Past the time for which nobody looks whether another server has changed it.
        for pause in [0, 600, 0] {
            sleep(Duration::from_millis(pause)).await;
            let again = asked(&site.visitor(), path).await;
            assert_eq!((again.status, again.cache()), (StatusCode::OK, HIT), "{path}");
            assert_eq!(again.html, first.html, "{path}");
        }
        let other = asked(&site.with_cookie("theme=dark; session=1"), path).await;
        assert_eq!(other.cache(), HIT, "another program’s cookies are nobody’s business: {path}");
    }
}

#[tokio::test]
async fn a_kept_page_is_the_one_that_is_rendered_for_a_request_alone() {
    let site = Site::start().await;
    let (_, wall, photo) = published(&site.member("ann").await, "Sea", "winter").await;
    // Whoever has a cookie is no visitor before it was looked at; this one speaks for nobody.
    let alone = site.with_cookie("tuku=forged");
    for path in ["/", &wall, &photo, "/tags/winter", "/search", "/about", "/developers"] {
        kept(&site.visitor(), path).await;
        let (kept, rendered) = (site.visitor().get(path).await, alone.get(path).await);
        assert_eq!(header_of(&rendered, header::CACHE_STATUS), None, "{path}");
        for name in [
            header::CACHE_CONTROL,
            header::CONTENT_TYPE,
            header::CONTENT_SECURITY_POLICY,
            header::REFERRER_POLICY,
            header::VARY,
            header::X_CONTENT_TYPE_OPTIONS,
        ] {
            assert!(kept.headers().contains_key(&name), "{path}, {name}");
            assert_eq!(kept.headers().get(&name), rendered.headers().get(&name), "{path}, {name}");
        }
        assert_eq!(kept.headers()[header::CACHE_CONTROL], "private, no-cache");
        assert_eq!(kept.text().await.unwrap(), rendered.text().await.unwrap(), "{path}");
    }
}

#[tokio::test]
async fn a_change_of_a_picture_shows_in_the_next_request() {
    let site = Site::start().await;
    let (ann, ben, visitor) = (site.member("ann").await, site.member("ben").await, site.visitor());
    let (_, wall, photo) = published(&ann, "Sea", "winter").await;
    let id = id_of(&photo);

    let change = ann.ok("image.update", json!({"imageId": id, "title": "Storm", "tags": ["winter", "storm"]}));
    let pages = [photo.as_str(), &wall, "/tags/winter", "/search"];
    for shown in after(&visitor, pages, change).await {
        assert!(shown.html.to_lowercase().contains("storm"));
    }
    let change = ann.ok("image.updateMany", json!({"imageIds": [id], "removeTags": ["storm"]}));
    for shown in after(&visitor, [photo.as_str(), "/search"], change).await {
        assert!(!shown.html.contains("/tags/storm"));
    }

    let said = ben.ok("comment.add", json!({"imageId": id, "content": "So cold."})).await["commentId"].clone();
    let change = ben.ok("comment.add", json!({"imageId": id, "content": "So very cold."}));
    let [shown] = after(&visitor, [&photo], change).await;
    assert!(shown.html.contains("So very cold.") && shown.html.contains("2 comments"));
    let change = ben.ok("comment.edit", json!({"commentId": said, "content": "So blue."}));
    assert!(after(&visitor, [&photo], change).await[0].html.contains("So blue."));
    let change = ben.ok("comment.delete", json!({"commentId": said}));
    assert!(!after(&visitor, [&photo], change).await[0].html.contains("So blue."));
    let change = ben.ok("image.like", json!({"imageId": id, "liked": true}));
    assert!(after(&visitor, [&photo], change).await[0].html.contains("1 like<"));

    let change = ann.ok("user.update", json!({"downloads": "none"}));
    assert!(!after(&visitor, [&photo], change).await[0].html.contains("/images/original/"));
    let change = ann.ok("user.update", json!({"username": "anastasia"}));
    for shown in after(&visitor, [photo.as_str(), &wall], change).await {
        assert!(shown.html.contains("anastasia"));
    }

    let change = ann.ok("image.delete", json!({"imageId": id}));
    let [gone, rest, list, tag] = after(&visitor, [photo.as_str(), &wall, "/", "/tags/winter"], change).await;
    assert_eq!((gone.status, tag.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert!(!rest.html.contains(id) && !list.html.contains(id));
}

#[tokio::test]
async fn a_change_of_a_gallery_shows_in_the_next_request() {
    let site = Site::start().await;
    let (ann, visitor) = (site.member("ann").await, site.visitor());
    let (gallery, wall, photo) = published(&ann, "Sea", "winter").await;
    let pages = ["/", wall.as_str(), photo.as_str()];
    let update = |name: &str, public: bool| json!({"galleryId": gallery, "name": name, "isPublic": public});

    for shown in after(&visitor, pages, ann.ok("gallery.update", update("Cold coast", true))).await {
        assert!(shown.html.contains("Cold coast"));
    }
    let other = ann.picture().await;
    let those = json!({"galleryId": gallery, "imageIds": [other]});
    assert_eq!(asked(&visitor, &format!("/photos/{other}")).await.status, StatusCode::NOT_FOUND);
    for shown in after(&visitor, ["/", &wall], ann.ok("gallery.addImages", those.clone())).await {
        assert!(shown.html.contains(&other) && shown.html.contains("2 pictures"));
    }
    kept(&visitor, &format!("/photos/{other}")).await;
    let change = ann.ok("gallery.setOrder", those.clone());
    let [wall_now] = after(&visitor, [&wall], change).await;
    assert!(wall_now.html.find(&other) < wall_now.html.find(id_of(&photo)));
    let change = ann.ok("gallery.setCover", json!({"galleryId": gallery, "imageId": id_of(&photo)}));
    let [list] = after(&visitor, ["/"], change).await;
    assert!(list.html.find(id_of(&photo)) < list.html.find(&other), "the chosen cover stands first");
    for shown in after(&visitor, ["/", &wall], ann.ok("gallery.removeImages", those)).await {
        assert!(!shown.html.contains(&other));
    }

    let change = ann.ok("gallery.update", update("Cold coast", false));
    let [list, wall_now, photo_now] = after(&visitor, pages, change).await;
    assert!(!list.html.contains("Cold coast"));
    assert_eq!((wall_now.status, photo_now.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    ann.ok("gallery.update", update("Cold coast", true)).await;
    for path in pages {
        kept(&visitor, path).await;
    }
    let change = ann.ok("user.delete", json!({"password": "long enough"}));
    let [list, wall_now, photo_now] = after(&visitor, pages, change).await;
    assert!(!list.html.contains("Cold coast"));
    assert_eq!((wall_now.status, photo_now.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn a_change_of_settings_shows_in_the_next_request() {
    let site = Site::start().await;
    let (admin, ann, visitor) = (site.admin().await, site.member("ann").await, site.visitor());
    let change = admin.ok("settings.update", json!({"registration": "invitation"}));
    assert!(!after(&visitor, ["/"], change).await[0].html.contains("Create account"));
    let (_, wall, photo) = published(&ann, "Sea", "winter").await;
    let pages = ["/", &wall, &photo, "/tags/winter", "/search", "/about", "/developers"];
    for shown in after(&visitor, pages, admin.ok("settings.update", json!({"title": "Winter light"}))).await {
        assert!(shown.html.contains("Winter light"));
    }
    let change = admin.ok("settings.update", json!({"comments": false}));
    assert!(after(&visitor, [&photo], change).await[0].html.contains("Comments are closed"));
}

#[tokio::test]
async fn what_does_not_show_a_change_stays() {
    let site = Site::start().await;
    let (ann, visitor) = (site.member("ann").await, site.visitor());
    let (_, wall, photo) = published(&ann, "Sea", "winter").await;
    let (_, _, other) = published(&ann, "Hills", "summer").await;
    let pages = ["/", &wall, "/tags/winter", "/about"];
    for path in pages.into_iter().chain([photo.as_str()]) {
        kept(&visitor, path).await;
    }
    ann.ok("image.favourite", json!({"imageId": id_of(&photo), "favourite": true})).await;
    ann.ok("share.create", json!({"imageId": id_of(&photo)})).await;
    assert_eq!(asked(&visitor, &photo).await.cache(), HIT);
    // Two pictures may share a counter; what does not show what is said of pictures has none of those.
    ann.ok("comment.add", json!({"imageId": id_of(&other), "content": "Green."})).await;
    for path in pages {
        assert_eq!(asked(&visitor, path).await.cache(), HIT, "{path}");
    }
}

#[tokio::test]
async fn what_is_rendered_while_it_changes_is_not_kept() {
    let site = Site::start().await;
    let (ann, visitor) = (site.member("ann").await, site.visitor());
    let (_, _, photo) = published(&ann, "Sea", "winter").await;
    for turn in 0..20 {
        let liked = turn % 2 == 0;
        let change = ann.ok("image.like", json!({"imageId": id_of(&photo), "liked": liked}));
        join!(change, asked(&visitor, &photo), async {
            sleep(Duration::from_micros(turn * 200)).await;
            asked(&visitor, &photo).await
        });
        let shown = asked(&visitor, &photo).await;
        assert!(shown.html.contains(if liked { "1 like<" } else { "0 likes<" }), "turn {turn}: {:?}", shown.cache);
    }
}

#[tokio::test]
async fn members_and_visitors_are_never_given_each_other_s_pages() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (_, wall, photo) = published(&ann, "Sea", "winter").await;
    let (_, program) = ann.token(&["read"]).await;
    for path in ["/", &wall, &photo, "/about"] {
        let visitor_s = kept(&site.visitor(), path).await;
        assert!(visitor_s.contains("Sign in") && !visitor_s.contains("Menu of ann"), "{path}");
        let tag = site.visitor().get(path).await.headers()[header::ETAG].clone();
        for person in [&ann, &program] {
            let request = person.client.get(person.address(path));
            // The browser may have the visitor's copy still.
            let response = request.header(header::IF_NONE_MATCH, &tag).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            let told = [header::CACHE_STATUS, header::ETAG].map(|name| header_of(&response, name));
            assert_eq!(told, [None, None], "{path}");
            assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
            assert_eq!(response.headers()[header::VARY], "accept-encoding, cookie", "{path}");
            assert!(response.text().await.unwrap().contains("Menu of ann"), "{path}");
        }
        assert_eq!(asked(&site.visitor(), path).await.html, visitor_s, "{path}");
    }
}

#[tokio::test]
async fn what_is_about_the_one_who_looks_is_kept_nowhere() {
    let site = Site::start().await;
    let (admin, ann) = (site.admin().await, site.member("ann").await);
    let (slug, picture) = ann.gallery("Private", false).await;
    ann.ok("image.update", json!({"imageId": picture, "tags": ["secret"]})).await;
    let gallery = ann.ok("gallery.listMine", json!({})).await["galleries"][0]["id"].as_str().unwrap().to_owned();
    let link = ann.ok("share.create", json!({"galleryId": gallery})).await["url"].as_str().unwrap().to_owned();
    let link = link.strip_prefix(&site.url).unwrap();
    let friend = site.visitor();
    let none_keeps = async |person: &Person, path: &str| {
        let response = person.get(path).await;
        let told = [header::CACHE_CONTROL, header::CACHE_STATUS].map(|name| header_of(&response, name));
        assert_eq!(told, [Some("no-store".into()), None], "{path} for {:?}", person.name);
    };
    let forms = ["/login", "/register", "/setup", "/dashboard", "/upload", "/favourites", "/account", "/admin"];
    for path in forms.into_iter().chain([link, "/login?next=/upload", &format!("/dashboard/galleries/{gallery}")]) {
        for person in [&friend, &ann, &admin] {
            none_keeps(person, path).await;
        }
    }
    for path in [format!("/gallery/{slug}"), format!("/photos/{picture}")] {
        for person in [&friend, &ann, &admin] {
            assert!(person.page(&path).await.contains(&picture));
            none_keeps(person, &path).await;
        }
        let hidden = asked(&site.visitor(), &path).await;
        assert_eq!((hidden.status, hidden.cache()), (StatusCode::NOT_FOUND, MISS));
    }
    for path in ["/tags/secret", "/search?q=winter"] {
        none_keeps(&ann, path).await;
    }
}

#[tokio::test]
async fn guessing_keeps_nothing() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (_, wall, photo) = published(&ann, "Sea", "winter").await;
    let visitor = site.visitor();
    let nowhere = [
        "/nowhere".to_owned(),
        "/photos/0m3q8v5c2k1a7x9d4f6hjn".into(),
        "/gallery/none".into(),
        "/tags/none".into(),
        "/?page=2".into(),
        "/?page=99999999999999999999".into(),
        format!("{wall}?page=2"),
        format!("{photo}0"),
    ];
    let unread = [
        "/?".to_owned(),
        "/?page=1".into(),
        "/?utm_source=x".into(),
        "/about?x".into(),
        "/%61bout".into(),
        "/about/".into(),
        "/search?q=sea".into(),
        "/tags/winter?before=~".into(),
        format!("{wall}?page=01"),
        format!("{wall}/"),
        format!("{photo}?comments=1.a"),
        format!("{photo}?x=1"),
    ];
    for path in nowhere.iter().chain(&unread) {
        for _ in 0..3 {
            let shown = asked(&visitor, path).await;
            assert!(![HIT, STORED].contains(&shown.cache()), "{path}: {:?}", shown.cache);
        }
    }
    for path in nowhere.iter().filter(|path| !path.contains("9999")) {
        let response = visitor.get(path).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(header_of(&response, header::CACHE_CONTROL).as_deref(), Some("no-store"), "{path}");
    }
    let made = ann.ok("gallery.create", json!({"name": "None", "isPublic": true})).await;
    assert_eq!(made["slug"], "none");
    assert!(visitor.page("/gallery/none").await.contains("None"), "what was missing a moment ago");
    assert_eq!(visitor.submit("/about", "gallery.listPublic", &[]).await.headers().get(header::CACHE_STATUS), None);
}

#[tokio::test]
async fn each_encoding_is_ready_and_has_its_own_tag() {
    let site = Site::start().await;
    let (_, _, photo) = published(&site.member("ann").await, "Sea", "winter").await;
    let visitor = site.visitor();
    let html = kept(&visitor, &photo).await;
    let ask = async |accepted: Option<&str>, known: Option<&str>, head: bool| {
        let address = visitor.address(&photo);
        let request = if head { visitor.client.head(address) } else { visitor.client.get(address) };
        let accepted = accepted.map(|accepted| (header::ACCEPT_ENCODING, accepted));
        let known = known.map(|known| (header::IF_NONE_MATCH, known));
        let told = [accepted, known].into_iter().flatten();
        told.fold(request, |request, (name, value)| request.header(name, value)).send().await.unwrap()
    };
    let mut tags = Vec::new();
    for (accepted, encoding) in [
        (None, None),
        (Some("deflate, zstd"), None),
        (Some("gzip, deflate"), Some("gzip")),
        (Some("gzip, deflate, br, zstd"), Some("br")),
        (Some("br;q=0.1, gzip;q=0.2"), Some("gzip")),
    ] {
        let whole = ask(accepted, None, false).await;
        assert_eq!(header_of(&whole, header::CACHE_STATUS).as_deref(), HIT);
        assert_eq!(header_of(&whole, header::CONTENT_ENCODING).as_deref(), encoding);
        assert_eq!(header_of(&whole, header::VARY).as_deref(), Some("accept-encoding, cookie"));
        let tag = header_of(&whole, header::ETAG).unwrap();
        assert!(tag.starts_with('"'), "{tag} is a strong one");
        let described = [header::ETAG, header::CONTENT_ENCODING, header::CONTENT_LENGTH, header::CONTENT_TYPE];
        let told = described.clone().map(|name| header_of(&whole, name));
        let body = whole.bytes().await.unwrap();
        assert_eq!(told[2], Some(body.len().to_string()));
        assert_eq!(decoded(encoding, &body), html);

        let head = ask(accepted, None, true).await;
        assert_eq!(described.map(|name| header_of(&head, name)), told);
        assert!(head.bytes().await.unwrap().is_empty());

        let same = ask(accepted, Some(format!("\"other\", {tag}").as_str()), false).await;
        assert_eq!((same.status(), header_of(&same, header::ETAG)), (StatusCode::NOT_MODIFIED, Some(tag.clone())));
        assert_eq!(same.headers()[header::CACHE_CONTROL], "private, no-cache");
        assert!(same.bytes().await.unwrap().is_empty());
        tags.push((encoding, tag));
    }
    for (encoding, tag) in &tags {
        for (other, other_tag) in &tags {
            assert_eq!(encoding == other, tag == other_tag);
        }
        let status = ask(Some("br"), Some(tag.as_str()), false).await.status();
        assert_eq!(status == StatusCode::NOT_MODIFIED, *encoding == Some("br"), "{encoding:?}");
    }
}

/// A body as it was before it was encoded.
fn decoded(encoding: Option<&str>, body: &[u8]) -> String {
    let mut reader: Box<dyn Read + '_> = match encoding {
        Some("gzip") => Box::new(flate2::read::GzDecoder::new(body)),
        Some("br") => Box::new(brotli::Decompressor::new(body, 4096)),
        _ => Box::new(body),
    };
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn the_one_that_is_rendered_goes_out_as_the_kept_one_does() {
    let site = Site::start().await;
    published(&site.member("ann").await, "Sea", "winter").await;
    let visitor = site.visitor();
    // A page of its own for each, so that it is rendered now.
    for (accepted, path) in [("gzip", "/"), ("br", "/about"), ("identity", "/search")] {
        let ask = async || {
            let request = visitor.client.get(visitor.address(path)).header(header::ACCEPT_ENCODING, accepted);
            let response = request.send().await.unwrap();
            let told = [header::ETAG, header::CONTENT_ENCODING, header::CONTENT_LENGTH, header::VARY];
            let told = told.map(|name| header_of(&response, name));
            (header_of(&response, header::CACHE_STATUS), told, response.bytes().await.unwrap())
        };
        let (rendered, kept) = (ask().await, ask().await);
        assert_eq!((rendered.0.as_deref(), kept.0.as_deref()), (STORED, HIT), "{path}");
        assert_eq!((rendered.1, rendered.2), (kept.1, kept.2), "{path}");
    }
}

#[tokio::test]
async fn however_many_ask_at_once_it_is_rendered_once() {
    let site = Site::start().await;
    let (_, wall, _) = published(&site.member("ann").await, "Sea", "winter").await;
    let visitor = site.visitor();
    let shown = join_all((0..30).map(|_| asked(&visitor, &wall))).await;
    assert_eq!(shown.iter().filter(|shown| shown.cache() == STORED).count(), 1);
    assert!(shown.iter().all(|shown| [STORED, COLLAPSED, HIT].contains(&shown.cache())));
    assert!(shown.iter().all(|one| one.status == StatusCode::OK && one.html == shown[0].html));
}

#[tokio::test]
async fn a_page_names_no_host_but_the_one_it_was_asked_of() {
    let hosts = ["evil.example", "photos.example:8080"];
    let ask = async |site: &Site, path: &str, host: &str| {
        let visitor = site.visitor();
        let request = visitor.client.get(visitor.address(path)).header(header::HOST, host);
        request.send().await.unwrap().text().await.unwrap()
    };
    let site = Site::start().await;
    let (_, wall, photo) = published(&site.member("ann").await, "Sea", "winter").await;
    for path in ["/", &wall, &photo, "/tags/winter", "/search", "/about", "/developers"] {
        for (host, other) in [(hosts[0], hosts[1]), (hosts[1], hosts[0]), (hosts[1], hosts[0]), (hosts[0], hosts[1])] {
            let page = ask(&site, path, host).await;
            assert!(!page.contains(other), "{path} as {host} was shown it");
            assert_eq!(page.contains(host), path == "/developers", "{path} as {host} was shown it");
        }
    }

    let site = Site::start_with(&[("TUKU_PUBLIC_URL", "https://photos.example")]).await;
    for host in hosts {
        let page = ask(&site, "/developers", host).await;
        assert!(page.contains("https://photos.example/api/rpc") && !page.contains(host));
    }
    assert_eq!(asked(&site.visitor(), "/developers").await.cache(), HIT, "its address is its own, whoever asks");
}

#[tokio::test]
async fn a_start_begins_with_nothing() {
    let mut site = Site::start().await;
    let (_, _, photo) = published(&site.member("ann").await, "Sea", "winter").await;
    kept(&site.visitor(), &photo).await;
    site.restart().await;
    assert_eq!(asked(&site.visitor(), &photo).await.cache(), STORED);
    assert_eq!(asked(&site.visitor(), &photo).await.cache(), HIT);
}

#[tokio::test]
async fn the_pages_most_seen_are_rendered_at_the_start() {
    let mut site = Site::start_with(&[("TUKU_MADE_AHEAD", "on")]).await;
    let (_, wall, photo) = published(&site.member("ann").await, "Sea", "winter").await;
    site.restart().await;
    sleep(Duration::from_secs(3)).await;
    for path in ["/", &wall, &photo] {
        assert_eq!(asked(&site.visitor(), path).await.cache(), HIT, "{path}");
    }
    assert_eq!(asked(&site.visitor(), "/about").await.cache(), STORED, "it is not among them");
}

#[tokio::test]
async fn nothing_is_kept_where_the_operator_gives_no_memory() {
    let site = Site::start_with(&[("TUKU_PAGE_MEMORY", "0")]).await;
    for _ in 0..2 {
        let shown = asked(&site.visitor(), "/").await;
        assert_eq!((shown.status, shown.cache()), (StatusCode::OK, None));
    }
}

#[tokio::test]
async fn what_another_server_changes_shows_within_a_second() {
    let Some(redis) = RedisServer::start(&[]).await else { return };
    let url = redis.url("").to_string();
    let settings = [("TUKU_KEY_VALUES", "redis"), ("TUKU_REDIS_URL", &url), ("TUKU_VARIANT_DISK", "0")];
    let here = Site::start_with(&settings).await;
    let there = here.beside().await;
    let (admin, ann, visitor) = (here.admin().await, here.member("ann").await, there.visitor());
    let (gallery, wall, photo) = published(&ann, "Sea", "winter").await;
    let pages = ["/", wall.as_str(), photo.as_str()];
    // Within a second after it has changed here.
    let seen_there = async |change: &str, changed: Value| {
        for path in pages {
            kept(&visitor, path).await;
        }
        let person = if change == "settings.update" { &admin } else { &ann };
        person.ok(change, changed).await;
        sleep(Duration::from_secs(1)).await;
        let shown: Vec<_> = join_all(pages.map(|path| asked(&visitor, path))).await;
        assert!(shown.iter().all(|shown| shown.cache() != HIT), "{change}");
        shown
    };
    let renamed = json!({"galleryId": gallery, "name": "Cold coast", "isPublic": true});
    assert!(seen_there("gallery.update", renamed).await.iter().all(|shown| shown.html.contains("Cold coast")));
    let named = json!({"title": "Winter light"});
    assert!(seen_there("settings.update", named).await.iter().all(|shown| shown.html.contains("Winter light")));
    let hidden = json!({"galleryId": gallery, "name": "Cold coast", "isPublic": false});
    let shown = seen_there("gallery.update", hidden).await;
    assert!(!shown[0].html.contains("Cold coast"));
    assert!(shown[1..].iter().all(|shown| shown.status == StatusCode::NOT_FOUND));
    for server in [&here, &there] {
        kept(&server.visitor(), "/about").await;
        sleep(Duration::from_millis(600)).await;
        assert_eq!(asked(&server.visitor(), "/about").await.cache(), HIT, "nothing has changed");
    }
}
