//! Which headers each kind of answer has: all that protect it, and none that say nothing.

use crate::site::Site;
use reqwest::{Response, StatusCode, header};
use serde_json::json;
use std::fs;

/// What a page may do, in the browser's words.
const POLICY: &str = "default-src 'none';script-src 'self' 'wasm-unsafe-eval' \
                      'sha256-wUkkbTekU5ZUQUQDTGDQUP8O2t+RAk5KPiphJ05z+gI=';style-src 'self';img-src 'self' blob:;\
                      connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'";

/// The names of an answer's headers, in their order; but for what HTTP itself needs.
fn names(answer: &Response) -> Vec<&str> {
    const FRAMING: [&str; 3] = ["content-length", "date", "transfer-encoding"];
    let names = answer.headers().iter().map(|(name, _)| name.as_str());
    let mut names: Vec<_> = names.filter(|name| !FRAMING.contains(name)).collect();
    names.sort_unstable();
    names
}

/// `of_its_kind` beside what every answer has.
fn expect(what: &str, answer: &Response, of_its_kind: &[&str]) {
    let mut expected = [of_its_kind, &["content-type", "x-content-type-options"]].concat();
    expected.sort_unstable();
    assert_eq!(names(answer), expected, "{what}");
    assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{what}");
}

#[tokio::test]
async fn each_kind_of_answer_has_the_headers_it_needs() {
    let mut site = Site::start().await;
    let built = site.data.path().join("site");
    for (name, content) in [("hash.txt", "css: three\n"), ("pkg/tuku.three.css", "css"), ("mark.svg", "<svg/>")] {
        fs::write(built.join(name), content).unwrap();
    }
    site.restart().await;
    let (ann, visitor) = (site.member("ann").await, site.visitor());
    let (slug, picture) = ann.gallery("Sea", true).await;
    let (wall, photo) = (format!("/gallery/{slug}"), format!("/photos/{picture}"));
    let document = ["cache-control", "content-security-policy", "referrer-policy", "vary"];

    let kept = [&document[..], &["cache-status", "etag"]].concat();
    for path in ["/", &wall, &photo] {
        for turn in ["rendered", "kept"] {
            expect(&format!("{path}, {turn}"), &visitor.get(path).await, &kept);
        }
    }
    for (person, path) in [(&ann, photo.as_str()), (&ann, "/dashboard"), (&visitor, "/login")] {
        let answer = person.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        expect(path, &answer, &document);
        assert_eq!(answer.headers()[header::CONTENT_SECURITY_POLICY], POLICY, "{path}");
        assert_eq!(answer.headers()[header::REFERRER_POLICY], "same-origin", "{path}");
        assert_eq!(answer.headers()[header::VARY], "accept-encoding, cookie", "{path}");
    }
    let missing = visitor.get("/nowhere").await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    expect("a page that is not there", &missing, &document);

    let style = visitor.get("/pkg/tuku.three.css").await;
    expect("the style sheet", &style, &["cache-control", "vary"]);
    assert_eq!(style.headers()[header::CACHE_CONTROL], "max-age=31536000, immutable");
    let page = visitor.page("/").await;
    let loader = page.split("<script type=\"module\" src=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    expect("the loader", &visitor.get(loader).await, &["cache-control", "vary"]);
    let mark = visitor.get("/mark.svg").await;
    assert!(!mark.headers().contains_key(header::CONTENT_SECURITY_POLICY), "our own drawing");

    let variant = visitor.get(&format!("/images/view/{picture}/width=320")).await;
    expect("a picture", &variant, &["accept-ranges", "cache-control", "etag", "vary"]);
    let original = ann.get(&format!("/images/original/{picture}")).await;
    let file = ["accept-ranges", "cache-control", "content-disposition", "content-security-policy", "etag"];
    expect("a file to keep", &original, &file);
    assert!(original.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().starts_with("sandbox;"));

    let call = json!({"jsonrpc": "2.0", "method": "user.me", "params": {}, "id": 1});
    let answer = ann.client.post(ann.address("/api/rpc")).json(&call).send().await.unwrap();
    expect("an RPC answer", &answer, &["vary"]);
    let refused = visitor.get("/api/rpc").await;
    assert_eq!(refused.status(), StatusCode::METHOD_NOT_ALLOWED);
    expect("a refusal in words", &refused, &["allow"]);
}

#[tokio::test]
async fn what_has_not_changed_is_told_with_the_page_s_policy() {
    let site = Site::start().await;
    let visitor = site.visitor();
    let tag = visitor.get("/about").await.headers()[header::ETAG].clone();
    let again = visitor.client.get(visitor.address("/about")).header(header::IF_NONE_MATCH, tag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    // The browser takes it over for the copy it has: a new release may have another.
    assert_eq!(again.headers()[header::CONTENT_SECURITY_POLICY], POLICY);
}

#[tokio::test]
async fn what_is_not_there_is_not_kept_as_the_style_sheet_is() {
    let mut site = Site::start().await;
    let built = site.data.path().join("site");
    for (name, content) in [("hash.txt", "css: three\n"), ("pkg/tuku.three.css", "css")] {
        fs::write(built.join(name), content).unwrap();
    }
    site.restart().await;
    let missing = site.visitor().get("/pkg/tuku.two.css").await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    assert!(!missing.headers().contains_key(header::CACHE_CONTROL));
}
