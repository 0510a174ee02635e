//! Feeds, the sitemap and oEmbed: what programs of other sites read.

use crate::site::{Person, Site};
use quick_xml::{Reader, events::Event};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};

/// The texts of all elements of a name, in a document that is read to its end.
fn texts(document: &str, name: &str) -> Vec<String> {
    let (mut reader, mut found, mut inside) = (Reader::from_str(document), Vec::new(), None::<String>);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {document}")) {
            Event::Start(start) if start.name().as_ref() == name => inside = Some(String::new()),
            Event::End(end) if end.name().as_ref() == name => found.extend(inside.take()),
            Event::Text(text) => {
                if let Some(inside) = &mut inside {
                    inside.push_str(&text);
                }
            }
            Event::GeneralRef(reference) => {
                if let Some(inside) = &mut inside {
                    let name: &str = &reference;
                    inside.push_str(quick_xml::escape::resolve_predefined_entity(name).unwrap());
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// A public gallery of a picture with words in it; its slug and the picture.
async fn published(person: &Person) -> (String, String) {
    let (slug, picture) = person.gallery("Sea & shore", true).await;
    let words = json!({"imageId": picture, "title": "A <b> & \"c\"", "description": "The harbour", "tags": ["海"]});
    person.ok("image.update", words).await;
    (slug, picture)
}

#[tokio::test]
async fn the_newest_public_pictures_are_told_to_feed_readers() {
    let mut site = Site::start().await;
    let ann = site.member("ann").await;
    let (slug, first) = published(&ann).await;
    ann.gallery("Private", false).await;
    let (_, second) = ann.gallery("Other", true).await;
    site.publish_at("https://photos.example").await;
    let visitor = site.visitor();
    let page = |id: &str| format!("https://photos.example/photos/{id}");
    for (path, title, ids) in [
        ("/feed".to_owned(), "Tuku", vec![&second, &first]),
        (format!("/gallery/{slug}/feed"), "Sea & shore · Tuku", vec![&first]),
        ("/tags/%E6%B5%B7/feed".to_owned(), "#海 · Tuku", vec![&first]),
        ("/users/ann/feed".to_owned(), "ann · Tuku", vec![&second, &first]),
    ] {
        let ids: Vec<_> = ids.into_iter().map(|id| page(id)).collect();
        let atom = visitor.get(&format!("{path}.xml")).await;
        assert_eq!(atom.headers()[header::CONTENT_TYPE], "application/atom+xml; charset=utf-8");
        let etag = atom.headers()[header::ETAG].clone();
        let atom = atom.text().await.unwrap();
        assert_eq!(texts(&atom, "title")[0], title);
        let told: Vec<_> = texts(&atom, "id").into_iter().skip(1).collect();
        assert_eq!(told, ids, "{path}");
        let again = visitor.client.get(visitor.address(&format!("{path}.xml"))).header(header::IF_NONE_MATCH, etag);
        assert_eq!(again.send().await.unwrap().status(), StatusCode::NOT_MODIFIED);

        let told = visitor.get(&format!("{path}.json")).await;
        assert_eq!(told.headers()[header::CONTENT_TYPE], "application/feed+json; charset=utf-8");
        let told: Value = told.json().await.unwrap();
        assert_eq!((&told["version"], &told["title"]), (&json!("https://jsonfeed.org/version/1.1"), &json!(title)));
        let items = told["items"].as_array().unwrap();
        assert_eq!(items.iter().map(|item| item["id"].as_str().unwrap()).collect::<Vec<_>>(), ids);
        let item = items.last().unwrap();
        assert_eq!((&item["title"], &item["tags"]), (&json!("A <b> & \"c\""), &json!(["海"])));
        assert!(item["image"].as_str().unwrap().starts_with(&format!("https://photos.example/images/view/{first}/")));
        let html = item["content_html"].as_str().unwrap();
        assert!(
            html.contains("alt=\"A &lt;b&gt; &amp; &quot;c&quot;\"") && html.contains("<p>The harbour</p>"),
            "{html}"
        );
        assert_eq!(texts(&atom, "content").last().unwrap(), html);
    }
    let missing = visitor.get("/gallery/private/feed.xml").await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    for path in ["/gallery/nowhere/feed.json", "/tags/nothing/feed.xml", "/users/nobody/feed.xml"] {
        assert_eq!(visitor.get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let home = visitor.page("/").await;
    for path in ["/feed.xml", "/feed.json"] {
        assert!(home.contains(&format!("href=\"{path}\"")), "{path}");
    }
    for shown in [format!("/gallery/{slug}"), "/tags/%E6%B5%B7".into()] {
        assert!(visitor.page(&shown).await.contains(&format!("href=\"{shown}/feed.xml\"")), "{shown}");
    }
}

#[tokio::test]
async fn search_engines_find_all_that_is_public() {
    let mut site = Site::start().await;
    let ann = site.member("ann").await;
    let (slug, picture) = published(&ann).await;
    let (_, hidden) = ann.gallery("Private", false).await;
    site.publish_at("https://photos.example").await;
    let visitor = site.visitor();
    let robots = visitor.page("/robots.txt").await;
    assert!(robots.contains("Sitemap: https://photos.example/sitemap.xml\n"), "{robots}");
    let mut found = Vec::new();
    for part in texts(&visitor.page("/sitemap.xml").await, "loc") {
        let part = visitor.page(part.strip_prefix("https://photos.example").unwrap()).await;
        found.extend([texts(&part, "loc"), texts(&part, "image:loc")].concat());
    }
    assert!(found.contains(&format!("https://photos.example/gallery/{slug}")));
    assert!(found.contains(&format!("https://photos.example/photos/{picture}")));
    assert!(found.contains(&format!("https://photos.example/images/view/{picture}/width=1920,v=1")));
    assert!(!found.iter().any(|address| address.contains(&hidden) || address.contains("/private")), "{found:?}");
    for address in &found {
        let path = address.strip_prefix("https://photos.example").unwrap();
        assert_eq!(visitor.get(path).await.status(), StatusCode::OK, "{path}");
    }
    assert_eq!(visitor.get("/sitemap/1.xml").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn other_sites_are_told_how_to_show_a_picture() {
    let mut site = Site::start().await;
    let ann = site.member("ann").await;
    let (_, picture) = published(&ann).await;
    let (_, hidden) = ann.gallery("Private", false).await;
    let (token, _) = ann.token(&["read"]).await;
    site.publish_at("https://photos.example").await;
    let (visitor, owner) = (site.visitor(), site.with_token(&token));
    let page = visitor.page(&format!("/photos/{picture}")).await;
    let link = page.split("<link ").find(|link| link.contains("application/json+oembed")).unwrap();
    let address = link.split("href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let path = address.strip_prefix("https://photos.example").unwrap();
    let told: Value = visitor.get(path).await.json().await.unwrap();
    assert_eq!((&told["type"], &told["version"]), (&json!("photo"), &json!("1.0")));
    assert_eq!((&told["title"], &told["author_name"]), (&json!("A <b> & \"c\""), &json!("ann")));
    assert_eq!((&told["width"], &told["height"]), (&json!(600), &json!(400)));
    let small: Value = visitor.get(&format!("{path}&maxwidth=350&maxheight=9999")).await.json().await.unwrap();
    assert_eq!((&small["width"], &small["height"]), (&json!(320), &json!(213)));
    let url = small["url"].as_str().unwrap();
    assert_eq!(url, format!("https://photos.example/images/view/{picture}/width=320,v=1"));
    let tiny: Value = visitor.get(&format!("{path}&maxheight=10")).await.json().await.unwrap();
    assert_eq!((&tiny["width"], &tiny["height"]), (&json!(15), &json!(10)));
    let short = owner.ok("image.getMetadata", json!({"imageId": picture})).await["short"].clone();
    let of_short = format!("/oembed?url=https://photos.example/i/{}", short.as_str().unwrap());
    let of_short: Value = visitor.get(&of_short).await.json().await.unwrap();
    assert_eq!(of_short["title"], told["title"]);
    let xml = page.split("<link ").find(|link| link.contains("text/xml+oembed")).unwrap();
    assert!(xml.contains("&amp;format=xml\""), "{xml}");
    let xml = visitor.page(&format!("{path}&format=xml")).await;
    assert_eq!(texts(&xml, "title"), ["A <b> & \"c\""]);
    for (asked, status) in [
        (format!("/oembed?url=https://photos.example/photos/{hidden}"), StatusCode::NOT_FOUND),
        (format!("/oembed?url=https://other.example/photos/{picture}"), StatusCode::NOT_FOUND),
        ("/oembed".into(), StatusCode::UNPROCESSABLE_ENTITY),
        (format!("{path}&maxwidth=0"), StatusCode::UNPROCESSABLE_ENTITY),
        (format!("{path}&maxheight=high"), StatusCode::UNPROCESSABLE_ENTITY),
        (format!("{path}&format=yaml"), StatusCode::NOT_IMPLEMENTED),
    ] {
        assert_eq!(visitor.get(&asked).await.status(), status, "{asked}");
        assert_eq!(owner.get(&asked).await.status(), status, "also for its owner: {asked}");
    }
    assert!(page.contains(&format!("content=\"https://photos.example/images/view/{picture}/")), "link previews");
}
