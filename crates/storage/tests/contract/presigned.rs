//! Presigned URLs, used by a client that knows nothing but HTTP.

use std::time::Duration;

use reqwest::header::{ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use reqwest::{Client, StatusCode};
use storage::{PresignGet, PresignPut};
use url::Url;

use super::Backend;
use super::checks::{assert_absent, key, odd_keys, put, read};

const HOUR: Duration = Duration::from_secs(3600);

/// A plain HTTP client.
pub fn browser() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

impl Backend {
    async fn presign_put(&self, name: &str, length: Option<u64>, expires: Duration) -> Url {
        let wanted = PresignPut { content_type: "image/png", length, expires, origin: &self.origin };
        self.store.presign_put(&key(name), &wanted).await.unwrap()
    }

    async fn presign_get(&self, name: &str, expires: Duration) -> Url {
        let wanted = PresignGet { expires, content_disposition: None, origin: &self.origin };
        self.store.presign_get(&key(name), &wanted).await.unwrap()
    }

    /// Sends a body as a page's upload would.
    async fn upload(&self, url: Url, content_type: &str, body: &'static str) -> StatusCode {
        browser().put(url).header(CONTENT_TYPE, content_type).body(body).send().await.unwrap().status()
    }

    async fn download(&self, url: Url) -> StatusCode {
        browser().get(url).send().await.unwrap().status()
    }

    async fn assert_upload_refused(&self, name: &str, url: Url, content_type: &str, body: &'static str) {
        assert_eq!(self.upload(url, content_type, body).await, StatusCode::FORBIDDEN, "{name}");
        assert_absent(self.store.as_ref(), name).await;
    }
}

pub async fn a_browser_can_put_and_get(backend: &Backend) {
    let store = backend.store.as_ref();
    let url = backend.presign_put("presigned/a.png", Some(5), HOUR).await;
    assert_eq!(backend.upload(url, "image/png", "hello").await, StatusCode::OK);
    assert_eq!(store.head(&key("presigned/a.png")).await.unwrap().content_type, "image/png");
    assert_eq!(read(store, "presigned/a.png").await, "hello");

    let any_length = backend.presign_put("presigned/b.png", None, HOUR).await;
    assert_eq!(backend.upload(any_length, "image/png", "hello again").await, StatusCode::OK);
    assert_eq!(read(store, "presigned/b.png").await, "hello again");

    let url = backend.presign_get("presigned/a.png", HOUR).await;
    let answer = browser().get(url).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()[CONTENT_TYPE], "image/png");
    assert_eq!(answer.content_length(), Some(5));
    assert_eq!(answer.bytes().await.unwrap(), "hello");
}

pub async fn a_download_can_be_given_a_file_name(backend: &Backend) {
    put(backend.store.as_ref(), "presigned/named", b"hello").await;
    let disposition = "attachment; filename=\"a b.png\"; filename*=UTF-8''%E5%B1%B1.png";
    let wanted = PresignGet { expires: HOUR, content_disposition: Some(disposition), origin: &backend.origin };
    let url = backend.store.presign_get(&key("presigned/named"), &wanted).await.unwrap();
    let answer = browser().get(url).send().await.unwrap();
    assert_eq!(answer.headers()[CONTENT_DISPOSITION], disposition);
    assert_eq!(answer.bytes().await.unwrap(), "hello");
}

pub async fn odd_keys_can_be_presigned(backend: &Backend) {
    for name in odd_keys(backend) {
        let url = backend.presign_put(&name, Some(5), HOUR).await;
        assert_eq!(backend.upload(url, "image/png", "hello").await, StatusCode::OK, "{name}");
        let url = backend.presign_get(&name, HOUR).await;
        assert_eq!(browser().get(url).send().await.unwrap().text().await.unwrap(), "hello", "{name}");
        assert_eq!(read(backend.store.as_ref(), &name).await, "hello", "{name}");
    }
}

pub async fn a_range_of_a_presigned_object_can_be_had(backend: &Backend) {
    put(backend.store.as_ref(), "presigned/range", b"0123456789").await;
    let url = backend.presign_get("presigned/range", HOUR).await;
    let answer = browser().get(url).header(RANGE, "bytes=2-4").send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(answer.headers()[CONTENT_RANGE], "bytes 2-4/10");
    assert_eq!(answer.headers()[ACCEPT_RANGES], "bytes");
    assert_eq!(answer.bytes().await.unwrap(), "234");
}

pub async fn the_direct_origin_is_where_presigned_urls_are(backend: &Backend) {
    let url = backend.presign_get("presigned/a.png", HOUR).await;
    let site = backend.origin.origin().ascii_serialization();
    let origin = backend.store.direct_origin().unwrap_or(site);
    assert_eq!(url.origin().ascii_serialization(), origin);
}

pub async fn another_length_is_refused(backend: &Backend) {
    for body in ["four", "sixsix", ""] {
        let url = backend.presign_put("refused/length", Some(5), HOUR).await;
        backend.assert_upload_refused("refused/length", url, "image/png", body).await;
    }
}

pub async fn another_type_is_refused(backend: &Backend) {
    let url = backend.presign_put("refused/type", Some(5), HOUR).await;
    backend.assert_upload_refused("refused/type", url.clone(), "text/html", "hello").await;
    let untyped = browser().put(url).body("hello").send().await.unwrap();
    assert_eq!(untyped.status(), StatusCode::FORBIDDEN);
    assert_absent(backend.store.as_ref(), "refused/type").await;
}

pub async fn another_method_is_refused(backend: &Backend) {
    put(backend.store.as_ref(), "refused/method", b"x").await;
    let get = backend.presign_get("refused/method", HOUR).await;
    assert_eq!(browser().delete(get.clone()).send().await.unwrap().status(), StatusCode::FORBIDDEN);
    assert_eq!(backend.upload(get, "image/png", "other").await, StatusCode::FORBIDDEN);
    let put = backend.presign_put("refused/method", None, HOUR).await;
    assert_eq!(backend.download(put).await, StatusCode::FORBIDDEN);
    assert_eq!(read(backend.store.as_ref(), "refused/method").await, "x");
}

pub async fn another_key_is_refused(backend: &Backend) {
    put(backend.store.as_ref(), "refused/secret", b"x").await;
    let mut url = backend.presign_get("refused/open", HOUR).await;
    url.set_path(&url.path().replace("refused/open", "refused/secret"));
    assert_eq!(backend.download(url).await, StatusCode::FORBIDDEN);

    let mut url = backend.presign_put("refused/mine", Some(5), HOUR).await;
    url.set_path(&url.path().replace("refused/mine", "refused/yours"));
    backend.assert_upload_refused("refused/yours", url, "image/png", "hello").await;
}

pub async fn a_tampered_signature_is_refused(backend: &Backend) {
    put(backend.store.as_ref(), "refused/tampered", b"x").await;
    let url = backend.presign_get("refused/tampered", HOUR).await;
    assert_eq!(backend.download(url.clone()).await, StatusCode::OK, "untampered");

    let change = |name: &str, by: &dyn Fn(&str) -> String| {
        let mut changed = url.clone();
        let pairs = url.query_pairs().map(|(key, value)| {
            let value = if key == name { by(&value) } else { value.into_owned() };
            (key.into_owned(), value)
        });
        let pairs: Vec<_> = pairs.collect();
        changed.query_pairs_mut().clear().extend_pairs(pairs);
        changed
    };
    let flipped = change("X-Amz-Signature", &|signature| {
        let last = if signature.ends_with('0') { "1" } else { "0" };
        format!("{}{last}", &signature[..signature.len() - 1])
    });
    assert_eq!(backend.download(flipped).await, StatusCode::FORBIDDEN);
    let longer = change("X-Amz-Expires", &|_| "7200".to_owned());
    assert_eq!(backend.download(longer).await, StatusCode::FORBIDDEN);
    let other_key = change("X-Amz-Credential", &|credential| credential.replacen("TUKU", "ELSE", 1));
    assert_eq!(backend.download(other_key).await, StatusCode::FORBIDDEN);
}

pub async fn an_added_parameter_is_refused(backend: &Backend) {
    put(backend.store.as_ref(), "refused/added", b"x").await;
    let mut url = backend.presign_get("refused/added", HOUR).await;
    url.query_pairs_mut().append_pair("response-content-type", "text/html");
    assert_eq!(backend.download(url).await, StatusCode::FORBIDDEN);
}

pub async fn an_expired_url_is_refused(backend: &Backend) {
    put(backend.store.as_ref(), "refused/expired", b"x").await;
    let second = Duration::from_secs(1);
    let get = backend.presign_get("refused/expired", second).await;
    let put = backend.presign_put("refused/late", Some(5), second).await;
    tokio::time::sleep(3 * second).await;
    assert_eq!(backend.download(get).await, StatusCode::FORBIDDEN);
    backend.assert_upload_refused("refused/late", put, "image/png", "hello").await;
}

pub async fn no_signature_is_refused(backend: &Backend) {
    put(backend.store.as_ref(), "refused/bare", b"x").await;
    let mut url = backend.presign_get("refused/bare", HOUR).await;
    url.set_query(None);
    assert_eq!(backend.download(url.clone()).await, StatusCode::FORBIDDEN);
    assert_eq!(backend.upload(url, "image/png", "other").await, StatusCode::FORBIDDEN);
    assert_eq!(read(backend.store.as_ref(), "refused/bare").await, "x");
}
