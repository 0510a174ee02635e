//! Pictures from other sites.

use crate::site::{Site, pictures::jpeg};
use axum::{Router, body::Body, http::StatusCode, response::Redirect, routing::get};
use serde_json::json;

/// Another site on this machine; its address.
async fn elsewhere() -> String {
    let picture = || async { ([("content-type", "image/jpeg; charset=x")], jpeg(300, 200, 1)) };
    let endless = || async {
        let chunks = futures::stream::unfold((), async |()| {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            Some((Ok::<_, std::io::Error>(vec![0_u8; 65_536]), ()))
        });
        ([("content-type", "image/jpeg")], Body::from_stream(chunks))
    };
    let router = Router::new()
        .route("/Winter_sea%20%E6%B5%B7.jpg", get(picture))
        .route("/picture", get(picture))
        .route("/moved.jpg", get(|| async { Redirect::to("/picture") }))
        .route("/round.jpg", get(|| async { Redirect::to("/round.jpg") }))
        .route("/file.jpg", get(|| async { Redirect::to("file:///etc/passwd") }))
        .route("/words.jpg", get(|| async { ([("content-type", "image/jpeg")], "no picture") }))
        .route("/page", get(|| async { ([("content-type", "text/html")], "<p>no picture</p>") }))
        .route("/endless.jpg", get(endless))
        .route("/gone.jpg", get(|| async { StatusCode::GONE }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

#[tokio::test]
async fn a_picture_is_fetched_from_another_site() {
    let site = Site::start_with(&[("TUKU_IMPORT_FROM_PRIVATE", "on"), ("TUKU_MAX_FILE_BYTES", "1MB")]).await;
    let (ann, other) = (site.member("ann").await, elsewhere().await);
    let got = ann.ok("image.import", json!({"url": format!(" {other}/Winter_sea%20%E6%B5%B7.jpg ")})).await;
    assert_eq!((&got["title"], &got["width"], &got["isPublic"]), (&json!("Winter sea 海"), &json!(300), &json!(false)));
    let got = ann.ok("image.import", json!({"url": format!("{other}/moved.jpg")})).await;
    assert_eq!(got["height"], 200, "where it leads");
    for (path, says) in [
        ("/words.jpg", ""),
        ("/page", "not a picture"),
        ("/gone.jpg", "410"),
        ("/missing.jpg", "404"),
        ("/round.jpg", "does not answer"),
        ("/file.jpg", ""),
        ("/endless.jpg", "too large"),
    ] {
        let answer = ann.call("image.import", json!({"url": format!("{other}{path}")})).await;
        let reason = answer["error"]["data"]["fields"][0]["reason"].as_str().unwrap_or_default().to_owned();
        assert!(reason.contains(says) && reason.ends_with('.'), "{path}: {answer}");
    }
    assert_eq!(ann.ok("image.listMine", json!({"state": "completed"})).await["pictures"].as_array().unwrap().len(), 2);
    for url in ["", "sea.jpg", "ftp://example.com/a.jpg", "file:///etc/passwd", "http://"] {
        assert_eq!(ann.refused("image.import", json!({"url": url})).await, "invalid", "{url}");
    }
    let answer = ann.submit("/upload", "image.import", &[("url", &format!("{other}/gone.jpg"))]).await;
    let page = answer.text().await.unwrap();
    assert!(page.contains("410") && page.contains(&format!("{other}/gone.jpg")), "what was typed is still there");
}

#[tokio::test]
async fn what_only_this_machine_reaches_is_not_fetched() {
    let site = Site::start().await;
    let (ann, other) = (site.member("ann").await, elsewhere().await);
    let port = other.rsplit(':').next().unwrap();
    for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.0.0.1", "169.254.169.254"]
    {
        let answer = ann.call("image.import", json!({"url": format!("http://{host}:{port}/picture")})).await;
        let reason = answer["error"]["data"]["fields"][0]["reason"].as_str().unwrap_or_default();
        assert!(reason.contains("private network"), "{host}: {answer}");
    }
}
