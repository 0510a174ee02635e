//! Reads that are asked often: kept, dropped when what they show changes, and never handed to the wrong one.

use crate::site::{Person, Site};
use serde_json::{Value, json};

/// What a call is answered, and what its `Cache-Status` says.
async fn asked(person: &Person, method: &str, params: &Value) -> (Option<String>, Value) {
    let call = json!({"jsonrpc": "2.0", "method": method, "params": params, "id": 1});
    let response = person.client.post(person.address("/api/rpc")).json(&call).send().await.unwrap();
    let status = response.headers().get("cache-status").map(|status| status.to_str().unwrap().to_owned());
    (status, response.json().await.unwrap())
}

fn hit() -> Option<String> {
    Some("tuku; hit".into())
}

fn miss() -> Option<String> {
    Some("tuku; fwd=miss".into())
}

#[tokio::test]
async fn what_visitors_ask_for_is_made_once() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (_, picture) = ann.gallery("Sea", true).await;
    for (method, params) in [
        ("gallery.listPublic", json!({"page": 1, "limit": 5})),
        ("image.getMetadata", json!({"imageId": picture})),
        ("comment.list", json!({"imageId": picture})),
        ("tag.list", json!({})),
    ] {
        let (first, made) = asked(&site.visitor(), method, &params).await;
        let (second, kept) = asked(&site.visitor(), method, &params).await;
        assert_eq!((first, second), (miss(), hit()), "{method}");
        assert_eq!(made, kept);
        assert!(made["result"].is_object(), "{made}");
    }
    let (other, _) = asked(&site.visitor(), "gallery.listPublic", &json!({"page": 2, "limit": 5})).await;
    assert_eq!(other, miss(), "other params are another question");
}

#[tokio::test]
async fn what_changes_is_made_anew() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (_, picture) = ann.gallery("Sea", true).await;
    let gallery = ann.ok("gallery.listMine", json!({})).await["galleries"][0]["id"].clone();
    let visitor = site.visitor();
    let this = json!({"imageId": picture});
    asked(&visitor, "image.getMetadata", &this).await;

    ann.ok("image.update", json!({"imageId": picture, "title": "Winter sea", "tags": ["sea"]})).await;
    let (status, answer) = asked(&visitor, "image.getMetadata", &this).await;
    assert_eq!((status, &answer["result"]["title"]), (miss(), &json!("Winter sea")));
    assert_eq!(asked(&visitor, "tag.list", &json!({})).await.1["result"]["tags"][0]["name"], "sea");

    asked(&visitor, "comment.list", &this).await;
    ann.ok("comment.add", json!({"imageId": picture, "content": "Cold."})).await;
    let (status, answer) = asked(&visitor, "comment.list", &this).await;
    assert_eq!((status, &answer["result"]["comments"][0]["content"]), (miss(), &json!("Cold.")));

    asked(&visitor, "gallery.listPublic", &json!({})).await;
    ann.ok("gallery.update", json!({"galleryId": gallery, "name": "Sea", "isPublic": false})).await;
    assert_eq!(asked(&visitor, "gallery.listPublic", &json!({})).await.1["result"]["galleries"], json!([]));
    for method in ["image.getMetadata", "comment.list"] {
        let (_, answer) = asked(&visitor, method, &this).await;
        assert_eq!(answer["error"]["data"]["code"], "not_found", "{method}: what is private now is nowhere kept");
    }
    assert_eq!(asked(&visitor, "tag.list", &json!({})).await.1["result"]["tags"], json!([]));
}

#[tokio::test]
async fn what_is_for_one_is_kept_for_nobody() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (_, picture) = ann.gallery("Sea", true).await;
    let this = json!({"imageId": picture});
    let (status, answer) = asked(&ann, "image.getMetadata", &this).await;
    assert_eq!((status, &answer["result"]["editable"]), (None, &json!(true)));
    let (status, answer) = asked(&site.visitor(), "image.getMetadata", &this).await;
    assert_eq!((status, &answer["result"]["editable"]), (miss(), &json!(false)));
    let (status, answer) = asked(&ann, "image.getMetadata", &this).await;
    assert_eq!((status, &answer["result"]["editable"]), (None, &json!(true)));
    asked(&site.visitor(), "gallery.listPublic", &json!({})).await;
    assert_eq!(asked(&ann, "gallery.listPublic", &json!({})).await.0, hit(), "everyone is answered alike");
}

#[tokio::test]
async fn refusals_are_not_kept() {
    let site = Site::start().await;
    let visitor = site.visitor();
    for (params, number) in [(json!({"limit": 101}), -32602), (json!({"limit": "x"}), -32602)] {
        for _ in 0..2 {
            let (status, answer) = asked(&visitor, "gallery.listPublic", &params).await;
            assert_eq!((status, &answer["error"]["code"]), (miss(), &json!(number)));
        }
    }
}

#[tokio::test]
async fn what_can_be_asked_without_end_is_not_kept() {
    let site = Site::start().await;
    let (_, picture) = site.member("ann").await.gallery("Sea", true).await;
    for (method, params) in [
        ("gallery.listPublic", json!({"page": 101})),
        ("gallery.listPublic", json!({"page": u64::MAX, "limit": 1})),
        ("comment.list", json!({"imageId": picture, "cursor": "1.a"})),
    ] {
        for _ in 0..2 {
            let (status, answer) = asked(&site.visitor(), method, &params).await;
            assert!(status.is_none() && answer["result"].is_object(), "{method} {params}: {status:?} {answer}");
        }
    }
    let last = json!({"page": 100});
    asked(&site.visitor(), "gallery.listPublic", &last).await;
    assert_eq!(asked(&site.visitor(), "gallery.listPublic", &last).await.0, hit());
}

#[tokio::test]
async fn a_batch_tells_of_each_call() {
    let site = Site::start().await;
    let visitor = site.visitor();
    asked(&visitor, "gallery.listPublic", &json!({})).await;
    let call = |method: &str| json!({"jsonrpc": "2.0", "method": method, "params": {}, "id": 1});
    let batch = json!([call("gallery.listPublic"), call("rpc.discover"), call("tag.list")]);
    let response = visitor.client.post(visitor.address("/api/rpc")).json(&batch).send().await.unwrap();
    assert_eq!(response.headers()["cache-status"], "tuku; hit, tuku; fwd=bypass, tuku; fwd=miss");
}

#[tokio::test]
async fn nothing_is_kept_where_the_operator_wants_it_so() {
    let site = Site::start_with(&[("TUKU_CACHED_READS_SECONDS", "0")]).await;
    for _ in 0..2 {
        assert_eq!(asked(&site.visitor(), "gallery.listPublic", &json!({})).await.0, None);
    }
}
