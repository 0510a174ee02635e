//! The built site: what is served of it, and by which names.

use crate::site::Site;
use reqwest::{StatusCode, header};
use std::fs;

/// How cargo-leptos tells what it put into the names of the files.
const HASHES: (&str, &str) = ("hash.txt", "js: one\nwasm: two\ncss: three\n");

/// A site whose folder has these files beside `pkg`, or in it.
async fn built(files: &[(&str, &str)]) -> Site {
    let mut site = Site::start().await;
    for (name, content) in files {
        fs::write(site.data.path().join("site").join(name), content).unwrap();
    }
    site.restart().await;
    site
}

#[tokio::test]
async fn how_files_are_named_is_told_in_the_site_and_served_to_nobody() {
    let names = ["pkg/tuku.one.js", "pkg/tuku.two.wasm", "pkg/tuku.three.css"];
    let site = built(&[HASHES, (names[0], "js"), (names[1], "wasm"), (names[2], "css"), ("note.js", "note")]).await;
    let visitor = site.visitor();
    let page = visitor.page("/").await;
    for name in names {
        assert!(page.contains(&format!("\"/{name}\"")), "{name}");
        let file = visitor.get(&format!("/{name}")).await;
        assert_eq!(file.status(), StatusCode::OK, "{name}");
        assert_eq!(file.headers()[header::CACHE_CONTROL], "max-age=31536000, immutable");
    }
    assert_eq!(visitor.page("/note.js").await, "note");
    assert_eq!(visitor.get("/hash.txt").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_loader_of_islands_may_be_kept_for_ever() {
    let site = Site::start().await;
    let visitor = site.visitor();
    let page = visitor.page("/").await;
    let (_, rest) = page.split_once("<script type=\"module\" src=\"").unwrap();
    let (address, _) = rest.split_once('"').unwrap();
    assert!(address.starts_with("/wake.") && address.ends_with(".js"), "{address}");
    let loader = visitor.get(address).await;
    assert_eq!(loader.status(), StatusCode::OK);
    assert_eq!(loader.headers()[header::CONTENT_TYPE], "text/javascript");
    assert_eq!(loader.headers()[header::CACHE_CONTROL], "max-age=31536000, immutable");
    assert!(loader.text().await.unwrap().contains("leptos-island"));
    for coding in ["gzip", "br"] {
        let asked = visitor.client.get(visitor.address(address)).header(header::ACCEPT_ENCODING, coding);
        let loader = asked.send().await.unwrap();
        assert_eq!(loader.headers()[header::CONTENT_ENCODING], coding);
        assert_eq!(loader.headers()[header::VARY], "accept-encoding");
        assert!(loader.bytes().await.unwrap().len() < 2_000, "{coding}");
    }
}

#[tokio::test]
async fn names_of_another_build_are_not_used() {
    let site = built(&[HASHES, ("pkg/tuku.css", "css")]).await;
    let page = site.visitor().page("/").await;
    assert!(page.contains("\"/pkg/tuku.css\"") && !page.contains("tuku.three"));
    let file = site.visitor().get("/pkg/tuku.css").await;
    assert_eq!(file.headers()[header::CACHE_CONTROL], "no-cache");
}
