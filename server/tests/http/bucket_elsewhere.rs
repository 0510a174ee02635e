//! Pictures in a bucket elsewhere: in SeaweedFS, a real S3 server of other hands.

use crate::bucket::{pictures, put_into};
use crate::seaweedfs::SeaweedFs;
use crate::site::{Site, pictures::jpeg};
use axum::{Json, Router, extract::State, routing::post};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use storage::{Key, ObjectStore, S3Store};
use tokio::net::TcpListener;

fn store(elsewhere: &SeaweedFs) -> S3Store {
    S3Store::new(elsewhere.config())
}

/// A site whose pictures are there.
async fn site(elsewhere: &SeaweedFs, further: &[(&str, &str)]) -> Site {
    let bucket = elsewhere.config();
    let settings = [
        ("TUKU_STORAGE", "s3"),
        ("TUKU_S3_ENDPOINT", elsewhere.address.as_str()),
        ("TUKU_S3_BUCKET", &*bucket.bucket),
        ("TUKU_S3_ACCESS_KEY", &*bucket.access_key),
        ("TUKU_S3_SECRET_KEY", &*bucket.secret_key),
        ("TUKU_S3_PATH_STYLE", "on"),
    ];
    Site::start_with(&[&settings[..], further].concat()).await
}

#[tokio::test]
async fn what_somebody_puts_there_is_found_by_comparing_and_followed() {
    let Some(elsewhere) = SeaweedFs::start(None).await else { return };
    let bucket = store(&elsewhere);
    put_into(&bucket, "ri/h/one.jpg", jpeg(300, 200, 1)).await;
    put_into(&bucket, "ri/h/sea/two.jpg", jpeg(310, 200, 1)).await;
    put_into(&bucket, "others/three.jpg", jpeg(320, 200, 1)).await;
    let mut site = site(&elsewhere, &[]).await;
    let (admin, ann) = (site.admin().await, site.member("ann").await);
    assert_eq!(ann.refused("accessKey.create", json!({"name": "x", "rights": ["read"]})).await, "forbidden");
    assert!(!ann.page("/account").await.contains("S3 access keys"), "keys are made where the bucket is");
    admin.ok("folder.create", json!({"path": "ri/h", "owner": "ann", "isPublic": true})).await;
    site.restart().await;
    let ann = site.with_cookie(&site.sign_in("ann").await);
    let found = pictures(&ann, |pictures| pictures.len() == 2).await;
    let two = found.iter().find(|one| one["width"] == 310).unwrap()["id"].clone();
    let shown = format!("/images/view/{}/width=160,v=1", two.as_str().unwrap());
    assert_eq!(site.visitor().get(&shown).await.status(), StatusCode::OK, "from where it lies");
    put_into(&bucket, "ri/h/hills/moved.jpg", jpeg(310, 200, 1)).await;
    bucket.delete(&Key::parse("ri/h/sea/two.jpg").unwrap()).await.unwrap();
    site.restart().await;
    let ann = site.with_cookie(&site.sign_in("ann").await);
    let found = pictures(&ann, |pictures| pictures.iter().any(|one| one["filename"] == "moved.jpg")).await;
    assert_eq!(found.len(), 2);
    assert!(found.iter().any(|one| one["id"] == two), "the same picture under another name");
}

/// A bucket's message, under a token.
async fn say_to(site: &Site, token: &str, message: &str) -> StatusCode {
    let visitor = site.visitor();
    let said = visitor.client.post(visitor.address("/api/bucket-events")).bearer_auth(token).body(message.to_owned());
    said.send().await.unwrap().status()
}

#[tokio::test]
async fn what_the_bucket_says_is_followed_at_once() {
    let Some(elsewhere) = SeaweedFs::start(None).await else { return };
    let (bucket, token) = (store(&elsewhere), "long and secret");
    let site = site(&elsewhere, &[("TUKU_BUCKET_SWEEP_MINUTES", "0"), ("TUKU_BUCKET_EVENTS_TOKEN", token)]).await;
    let (admin, ann) = (site.admin().await, site.member("ann").await);
    admin.ok("folder.create", json!({"path": "ann", "owner": "ann"})).await;
    let say = async |token: &str, message: &Value| say_to(&site, token, &message.to_string()).await;
    let event = |key: &str| json!({"Records": [{"s3": {"object": {"key": key}}}]});
    put_into(&bucket, "ann/Sea 海.jpg", jpeg(300, 200, 1)).await;
    let came = event("ann%2FSea+%E6%B5%B7.jpg");
    assert_eq!(say("another", &came).await, StatusCode::UNAUTHORIZED);
    for _ in 0..2 {
        assert_eq!(say(token, &came).await, StatusCode::NO_CONTENT, "also when it is said twice");
    }
    pictures(&ann, |pictures| pictures.len() == 1 && pictures[0]["title"] == "Sea 海").await;
    assert_eq!(say(token, &event("ann/never.jpg")).await, StatusCode::NO_CONTENT);
    bucket.delete(&Key::parse("ann/Sea 海.jpg").unwrap()).await.unwrap();
    let of_r2 = json!({"action": "DeleteObject", "bucket": "photos", "object": {"key": "ann/Sea 海.jpg"}});
    assert_eq!(say(token, &of_r2).await, StatusCode::NO_CONTENT);
    pictures(&ann, <[Value]>::is_empty).await;
    let garbled = say_to(&site, token, "{");
    assert_eq!(garbled.await, StatusCode::BAD_REQUEST);
    let deaf = Site::start().await;
    assert_eq!(say_to(&deaf, "", &came.to_string()).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_real_bucket_is_followed_by_what_it_posts() {
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let (address, token) = (format!("127.0.0.1:{port}"), "long and secret");
    let webhook = format!("http://{address}/api/bucket-events");
    let Some(elsewhere) = SeaweedFs::start(Some((&webhook, token))).await else { return };
    let settings = [("TUKU_ADDR", &*address), ("TUKU_BUCKET_SWEEP_MINUTES", "0"), ("TUKU_BUCKET_EVENTS_TOKEN", token)];
    let (bucket, site) = (store(&elsewhere), site(&elsewhere, &settings).await);
    let (admin, ann) = (site.admin().await, site.member("ann").await);
    admin.ok("folder.create", json!({"path": "ann", "owner": "ann"})).await;
    put_into(&bucket, "ann/Sea 海.jpg", jpeg(300, 200, 1)).await;
    put_into(&bucket, "ann/hills/two.jpg", jpeg(310, 200, 1)).await;
    let found = pictures(&ann, |pictures| pictures.len() == 2).await;
    assert!(found.iter().any(|one| one["title"] == "Sea 海"));
    put_into(&bucket, "ann/Sea 海.jpg", jpeg(320, 200, 2)).await;
    pictures(&ann, |pictures| pictures.iter().any(|one| one["width"] == 320)).await;
    bucket.delete(&Key::parse("ann/Sea 海.jpg").unwrap()).await.unwrap();
    let left = pictures(&ann, |pictures| pictures.len() == 1).await;
    assert_eq!(left[0]["width"], 310);
}

/// What Cloudflare's queue gives out and takes back, as its documentation has it.
type Queue = Arc<Mutex<(Vec<Value>, Vec<Value>)>>;

#[tokio::test]
async fn the_queue_of_r2_is_read_to_its_end() {
    let Some(elsewhere) = SeaweedFs::start(None).await else { return };
    let queue = Queue::default();
    let pull = |State(queue): State<Queue>, Json(wish): Json<Value>| async move {
        assert!(wish["batch_size"].as_u64().is_some_and(|size| size <= 100));
        let mut queue = queue.lock().unwrap();
        let messages = std::mem::take(&mut queue.0);
        Json(json!({"success": true, "errors": [], "messages": [], "result": {"messages": messages}}))
    };
    let ack = |State(queue): State<Queue>, Json(told): Json<Value>| async move {
        queue.lock().unwrap().1.push(told);
        Json(json!({"success": true}))
    };
    let router = Router::new()
        .route("/accounts/a/queues/q/messages/pull", post(pull))
        .route("/accounts/a/queues/q/messages/ack", post(ack))
        .with_state(queue.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/accounts/a/queues/q", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });

    let bucket = store(&elsewhere);
    let settings = [("TUKU_BUCKET_SWEEP_MINUTES", "0"), ("TUKU_R2_QUEUE_URL", &*url), ("TUKU_R2_QUEUE_TOKEN", "token")];
    let site = site(&elsewhere, &settings).await;
    let (admin, ann) = (site.admin().await, site.member("ann").await);
    admin.ok("folder.create", json!({"path": "ann", "owner": "ann"})).await;
    put_into(&bucket, "ann/one.jpg", jpeg(300, 200, 1)).await;
    let event = json!({"action": "PutObject", "bucket": "photos", "object": {"key": "ann/one.jpg"}}).to_string();
    let message = |lease: &str, body: &str| json!({"id": lease, "lease_id": lease, "attempts": 1, "body": body});
    queue.lock().unwrap().0.extend([message("first", &event), message("second", "no event")]);
    pictures(&ann, |pictures| pictures.len() == 1).await;
    let told = queue.lock().unwrap().1.clone();
    assert_eq!(told, [json!({"acks": [{"lease_id": "first"}, {"lease_id": "second"}], "retries": []})]);
}
