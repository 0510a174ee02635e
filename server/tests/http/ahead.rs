//! Pages that browsers fetch before somebody follows a link: those that all visitors are shown alike, and no others.

use crate::site::{Person, Site};
use data_encoding::BASE64;
use reqwest::{Response, StatusCode, header};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The rules in a page, if there are any.
fn rules(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("<script type=\"speculationrules\">")?;
    rest.split_once("</script>").map(|(rules, _)| rules)
}

/// A page, asked for as browsers do before anybody has followed its link.
async fn ahead(person: &Person, path: &str) -> Response {
    person.client.get(person.address(path)).header("sec-purpose", "prefetch").send().await.unwrap()
}

/// A public gallery with a picture: the pages that show it.
async fn published(person: &Person) -> [String; 2] {
    let (slug, picture) = person.gallery("Sea", true).await;
    [format!("/gallery/{slug}"), format!("/photos/{picture}")]
}

#[tokio::test]
async fn a_visitor_s_page_has_the_rules() {
    let site = Site::start().await;
    let [wall, photo] = published(&site.member("ann").await).await;
    let public = json!(["/", "/gallery/*", "/photos/*", "/tags/*", "/search", "/about"]);
    let held = json!({"not": {"selector_matches": "[data-wake-hold]"}});
    let links = json!({"and": [{"href_matches": public}, held]});
    let expected = json!({"prefetch": [{"where": links, "eagerness": "moderate"}]});
    for path in ["/", &wall, &photo, "/search", "/search?q=sea", "/about"] {
        for _ in 0..2 {
            let answer = site.visitor().get(path).await;
            let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
            let page = answer.text().await.unwrap();
            let rules = rules(&page).unwrap();
            assert_eq!(serde_json::from_str::<Value>(rules).unwrap(), expected, "{path}");
            let hash = BASE64.encode(&Sha256::digest(rules));
            assert!(policy.contains(&format!("script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}';")), "{policy}");
        }
    }
}

#[tokio::test]
async fn no_other_page_has_them() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let [wall, photo] = published(&ann).await;
    let (hidden, _) = ann.gallery("Hidden", false).await;
    let link = ann.ok("share.create", json!({"imageId": photo.strip_prefix("/photos/").unwrap()})).await;
    let friend = site.visitor();
    let opened = friend.get(link["url"].as_str().unwrap().strip_prefix(&site.url).unwrap()).await;
    assert!(opened.headers().contains_key(header::SET_COOKIE), "who has opened a link is known by it");
    let (_, program) = ann.token(&["read"]).await;
    for person in [&ann, &program, &friend] {
        for path in ["/", &wall, &photo, "/about"] {
            let page = person.get(path).await;
            assert_eq!(page.status(), StatusCode::OK, "{path}");
            assert_eq!(rules(&page.text().await.unwrap()), None, "{path}");
        }
    }
    assert_eq!(rules(&ann.page(&format!("/gallery/{hidden}")).await), None);
    for path in ["/login", "/register", "/setup", "/dashboard", "/nowhere", "/photos/0m3q8v5c2k1a7x9d4f6hjn"] {
        assert_eq!(rules(&site.visitor().get(path).await.text().await.unwrap()), None, "{path}");
    }
}

#[tokio::test]
async fn a_visitor_s_page_is_the_same_ahead() {
    let site = Site::start().await;
    let [wall, photo] = published(&site.member("ann").await).await;
    for path in ["/", &wall, &photo, "/about"] {
        let page = site.visitor().page(path).await;
        let (early, visitor) = (ahead(&site.visitor(), path).await, site.visitor().get(path).await);
        assert_eq!(early.status(), StatusCode::OK, "{path}");
        assert!(!early.headers().contains_key(header::SET_COOKIE), "{path}");
        assert_eq!(early.headers()[header::CACHE_STATUS], "tuku; hit", "nothing is rendered for it: {path}");
        assert_eq!(early.headers()[header::ETAG], visitor.headers()[header::ETAG], "{path}");
        assert_eq!(early.text().await.unwrap(), page, "{path}");
    }
}

#[tokio::test]
async fn a_page_for_one_is_not_sent_ahead() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let [wall, photo] = published(&ann).await;
    let link = ann.ok("share.create", json!({"imageId": photo.strip_prefix("/photos/").unwrap()})).await;
    let friend = site.visitor();
    friend.get(link["url"].as_str().unwrap().strip_prefix(&site.url).unwrap()).await;
    for person in [&ann, &friend] {
        for path in ["/", &wall, &photo] {
            let early = ahead(person, path).await;
            assert_eq!(early.status(), StatusCode::FORBIDDEN, "{path}");
            assert_eq!(early.headers()[header::CACHE_CONTROL], "no-store", "{path}");
            assert_eq!(person.get(path).await.status(), StatusCode::OK, "{path}");
        }
    }
    let picture = photo.replace("/photos/", "/images/view/") + "/width=320";
    assert_eq!(ahead(&ann, &picture).await.status(), StatusCode::OK, "a picture shows nobody’s likes");
}

#[tokio::test]
async fn whoever_becomes_another_has_browsers_forget_what_they_fetched() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let forgotten = |answer: &Response| {
        let told = answer.headers().get("clear-site-data").map(|told| told.to_str().unwrap().to_owned());
        assert_eq!(told.is_some(), answer.headers().contains_key(header::SET_COOKIE));
        told
    };
    let call = async |method: &str, params: Value| {
        let call = json!({"jsonrpc": "2.0", "method": method, "params": params, "id": 1});
        forgotten(&ann.client.post(ann.address("/api/rpc")).json(&call).send().await.unwrap())
    };
    let words = Some("\"prefetchCache\"".to_owned());
    assert_eq!(call("user.me", json!({})).await, None);
    assert_eq!(call("user.logout", json!({})).await, words);
    assert_eq!(call("user.login", json!({"email": "ann@example.com", "password": "long enough"})).await, words);
    assert_eq!(forgotten(&ann.submit("/account", "user.logout", &[]).await), words);
    assert_eq!(forgotten(&ann.get("/").await), None);
}
