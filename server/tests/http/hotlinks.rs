//! Which other sites may show pictures in their pages.

use crate::site::{Person, Site};
use reqwest::{StatusCode, header};
use serde_json::json;

async fn shown_on(person: &Person, path: &str, referer: &str) -> StatusCode {
    let request = person.client.get(person.address(path)).header(header::REFERER, referer);
    request.send().await.unwrap().status()
}

#[tokio::test]
async fn a_picture_is_shown_on_the_sites_that_its_gallery_or_the_site_allows() {
    let site = Site::start().await;
    let (admin, ann, visitor) = (site.admin().await, site.member("ann").await, site.visitor());
    let picture = ann.picture().await;
    let made = async |name: &str| {
        let gallery = ann.ok("gallery.create", json!({"name": name, "isPublic": true})).await["galleryId"].clone();
        ann.ok("gallery.addImages", json!({"galleryId": gallery, "imageIds": [picture]})).await;
        gallery
    };
    let gallery = made("Sea").await;
    let path = format!("/images/view/{picture}/width=160,v=1");
    let cached = async || visitor.get(&path).await.headers()[header::CACHE_CONTROL].to_str().unwrap().to_owned();
    assert_eq!(shown_on(&visitor, &path, "https://anywhere.example/page").await, StatusCode::OK);
    assert!(cached().await.starts_with("public"));

    admin.ok("settings.update", json!({"hotlinks": "*.blog.example"})).await;
    assert!(cached().await.starts_with("private"), "shared caches cannot tell who asks");
    for (referer, status) in [
        ("https://anywhere.example/page", StatusCode::FORBIDDEN),
        ("https://www.blog.example/", StatusCode::OK),
        ("https://blog.example", StatusCode::OK),
        ("https://notblog.example/", StatusCode::FORBIDDEN),
        ("no address", StatusCode::OK),
        (&format!("{}/gallery/sea", visitor.address("")), StatusCode::OK),
    ] {
        // Twice: made, and ready in memory.
        for _ in 0..2 {
            assert_eq!(shown_on(&visitor, &path, referer).await, status, "{referer}");
        }
    }
    let refused = visitor.client.get(visitor.address(&path)).header(header::REFERER, "https://anywhere.example/");
    let refused = refused.send().await.unwrap();
    assert_eq!(refused.headers()[header::CACHE_CONTROL], "no-store");
    assert_eq!(shown_on(&visitor, "/random?w=160", "https://anywhere.example/").await, StatusCode::NOT_FOUND);
    assert_eq!(shown_on(&visitor, "/random?w=160", "https://blog.example/").await, StatusCode::OK);
    let original = format!("/images/original/{picture}");
    for address in ["/random?redirect=1", "/random?json=1", &original] {
        let elsewhere = shown_on(&visitor, address, "https://anywhere.example/").await;
        assert!(elsewhere == StatusCode::NOT_FOUND || elsewhere == StatusCode::FORBIDDEN, "{address}: {elsewhere}");
        let allowed = shown_on(&visitor, address, "https://blog.example/").await;
        assert!(allowed == StatusCode::FOUND || allowed == StatusCode::OK, "{address}: {allowed}");
    }

    let update = json!({"galleryId": gallery, "name": "Sea", "isPublic": true, "hotlinks": "anywhere.example"});
    ann.ok("gallery.update", update).await;
    assert_eq!(shown_on(&visitor, &path, "https://anywhere.example/page").await, StatusCode::OK, "at once");
    assert_eq!(
        shown_on(&visitor, &path, "https://blog.example/").await,
        StatusCode::FORBIDDEN,
        "instead of the site's"
    );
    ann.ok("gallery.update", json!({"galleryId": gallery, "name": "Sea", "isPublic": true})).await;
    assert_eq!(
        shown_on(&visitor, &path, "https://blog.example/").await,
        StatusCode::FORBIDDEN,
        "what is left out stays"
    );
    assert_eq!(shown_on(&visitor, "/random?redirect=1", "https://blog.example/").await, StatusCode::NOT_FOUND);
    assert_eq!(shown_on(&visitor, "/random?redirect=1", "https://anywhere.example/").await, StatusCode::FOUND);
    made("Blog").await;
    assert_eq!(
        shown_on(&visitor, &path, "https://blog.example/").await,
        StatusCode::OK,
        "one of its galleries will do"
    );
    let shown = ann.ok("gallery.get", json!({"galleryId": gallery})).await;
    assert_eq!(shown["gallery"]["hotlinks"], "anywhere.example");
    let shown = visitor.ok("gallery.get", json!({"galleryId": gallery})).await;
    assert!(shown["gallery"].get("hotlinks").is_none(), "told to who may change it alone");

    admin.ok("settings.update", json!({"hotlinks": "none"})).await;
    let update = json!({"galleryId": gallery, "name": "Sea", "isPublic": true, "hotlinks": ""});
    ann.ok("gallery.update", update).await;
    assert_eq!(shown_on(&visitor, &path, "https://blog.example/").await, StatusCode::FORBIDDEN);
    assert_eq!(visitor.get(&path).await.status(), StatusCode::OK, "who does not tell is believed");
    for wrong in ["https://blog.example", "blog example/page", "*.*"] {
        assert_eq!(admin.refused("settings.update", json!({"hotlinks": wrong})).await, "invalid", "{wrong}");
        let update = json!({"galleryId": gallery, "name": "Sea", "hotlinks": wrong});
        assert_eq!(ann.refused("gallery.update", update).await, "invalid", "{wrong}");
    }
}
