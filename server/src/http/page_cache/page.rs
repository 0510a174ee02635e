//! A kept page, in each of its encodings, with all headers of its answers.

use super::super::{
    encodings::{Bodies, Encoding, smallest},
    entity_tags::is_known,
};
use super::HIT;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use bytes::Bytes;
use domain::Topic;
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// For how many milliseconds a page has stood that will stand for a while: what changes often is not worth being
/// compressed as hard as can be.
const SETTLED: u64 = 10_000;

/// What a page takes beside its bodies, in bytes; about.
const OVERHEAD: usize = 8_000;

/// How what a page shows stood when it was made.
#[derive(Clone)]
pub(super) struct Standing {
    pub(super) topics: Vec<Topic>,
    /// On this server.
    pub(super) generation: u64,
    /// On all servers.
    pub(super) marks: String,
    /// The one host the page is for, if it names it.
    pub(super) host: Option<String>,
}

/// A page as visitors see it.
pub(in super::super) struct Page {
    pub(super) standing: Standing,
    /// When it was last looked what other servers have changed, in milliseconds since the start.
    checked_at: AtomicU64,
    /// When it was made, likewise.
    made_at: u64,
    /// Whether it is as small as can be, or about to be.
    is_pressed: AtomicBool,
    /// In the order of [`Encoding::ALL`].
    representations: [Representation; 3],
}

/// A page in one encoding.
#[derive(Clone)]
struct Representation {
    etag: String,
    /// Of a hit.
    headers: HeaderMap,
    body: Bytes,
}

impl Representation {
    fn new(encoding: Encoding, body: Bytes, mut headers: HeaderMap) -> Self {
        // Of the very bytes, so that each encoding has its own, and each release its own where it renders otherwise.
        let digest = Sha256::digest(&body);
        let digits: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let etag = format!("\"{digits}\"");
        if let Ok(value) = HeaderValue::from_str(&etag) {
            headers.insert(header::ETAG, value);
        }
        if let Some(coding) = encoding.coding() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        headers.insert(header::CACHE_STATUS, HIT);
        Self { etag, headers, body }
    }
}

impl Page {
    /// `headers` are those of the page as it was rendered.
    pub(super) fn new(standing: Standing, checked_at: u64, headers: HeaderMap, bodies: Bodies) -> Self {
        let Bodies { plain, gzip, brotli } = bodies;
        let representations = [
            Representation::new(Encoding::Plain, plain, headers.clone()),
            Representation::new(Encoding::Gzip, gzip, headers.clone()),
            Representation::new(Encoding::Brotli, brotli, headers),
        ];
        let (made_at, checked_at) = (checked_at, AtomicU64::new(checked_at));
        Self { standing, checked_at, made_at, is_pressed: AtomicBool::new(false), representations }
    }

    /// Whether it has stood for a while, and nobody makes it smaller yet.
    pub(super) fn has_settled(&self, now: u64) -> bool {
        !self.is_pressed.load(Ordering::Relaxed) && now.saturating_sub(self.made_at) >= SETTLED
    }

    /// Whether whoever calls this is the first, and so makes it smaller.
    pub(super) fn is_first_to_press(&self) -> bool {
        !self.is_pressed.swap(true, Ordering::Relaxed)
    }

    /// The same page, in brotli as small as can be.
    pub(super) async fn pressed(&self) -> Option<Self> {
        let [plain, gzip, brotli] = &self.representations;
        let body = smallest(plain.body.clone()).await?;
        let representations =
            [plain.clone(), gzip.clone(), Representation::new(Encoding::Brotli, body, brotli.headers.clone())];
        Some(Self {
            standing: self.standing.clone(),
            checked_at: AtomicU64::new(self.checked_at()),
            made_at: self.made_at,
            is_pressed: AtomicBool::new(true),
            representations,
        })
    }

    /// Bytes in memory, about.
    pub(super) fn weight(&self) -> usize {
        self.representations.iter().map(|representation| representation.body.len()).sum::<usize>() + OVERHEAD
    }

    pub(super) fn checked_at(&self) -> u64 {
        self.checked_at.load(Ordering::Relaxed)
    }

    /// Nothing that it shows had changed at this time.
    pub(super) fn check(&self, now: u64) {
        self.checked_at.fetch_max(now, Ordering::Relaxed);
    }

    /// The answer to a GET or HEAD; `status` tells where it comes from.
    pub(super) fn answer(
        &self,
        method: &Method,
        asked: &HeaderMap,
        encoding: Encoding,
        status: HeaderValue,
    ) -> Response {
        let Representation { etag, headers, body } = &self.representations[encoding as usize];
        let mut headers = headers.clone();
        headers.insert(header::CACHE_STATUS, status);
        let mut response = Response::new(Body::empty());
        if is_known(asked, etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            for of_body in [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::CONTENT_LENGTH] {
                headers.remove(of_body);
            }
        } else if *method != Method::HEAD {
            *response.body_mut() = Body::from(body.clone());
        }
        *response.headers_mut() = headers;
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        let standing = Standing { topics: Vec::new(), generation: 0, marks: String::new(), host: None };
        let headers = [(header::CONTENT_TYPE, "text/html"), (header::VARY, "accept-encoding, cookie")];
        let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value))).into_iter().collect();
        let [plain, gzip, brotli] = ["as it is", "smaller", "small"].map(Bytes::from);
        Page::new(standing, 100, headers, Bodies { plain, gzip, brotli })
    }

    fn asking(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn each_encoding_is_known_by_its_own_tag() {
        let page = page();
        let mut tags = Vec::new();
        for encoding in Encoding::ALL {
            let whole = page.answer(&Method::GET, &HeaderMap::new(), encoding, HIT);
            assert_eq!(whole.status(), StatusCode::OK);
            let tag = whole.headers()[header::ETAG].to_str().unwrap().to_owned();
            for other in Encoding::ALL {
                let asked = asking(header::IF_NONE_MATCH, &format!("\"x\", W/{tag}"));
                let answer = page.answer(&Method::GET, &asked, other, HIT);
                assert_eq!(answer.status() == StatusCode::NOT_MODIFIED, other == encoding, "{encoding:?}, {other:?}");
            }
            assert!(!tags.contains(&tag));
            tags.push(tag);
        }
    }

    #[test]
    fn what_has_no_body_tells_no_more_than_it_should() {
        let page = page();
        let told = page.answer(&Method::HEAD, &HeaderMap::new(), Encoding::Gzip, HIT);
        assert_eq!(told.headers()[header::CONTENT_LENGTH], "7");
        assert_eq!(told.headers()[header::CONTENT_ENCODING], "gzip");
        let unchanged = page.answer(&Method::GET, &asking(header::IF_NONE_MATCH, "*"), Encoding::Gzip, HIT);
        let names: Vec<_> = unchanged.headers().keys().map(|name| name.as_str()).collect();
        assert_eq!(names.len(), 3, "{names:?}");
        for name in ["etag", "vary", "cache-status"] {
            assert!(names.contains(&name), "{names:?}");
        }
    }

    #[tokio::test]
    async fn a_page_that_has_stood_for_a_while_is_made_smaller_once() {
        let page = page();
        assert!(!page.has_settled(100) && !page.has_settled(100 + SETTLED - 1));
        assert!(page.has_settled(100 + SETTLED));
        assert!(page.is_first_to_press() && !page.is_first_to_press());
        assert!(!page.has_settled(100 + SETTLED), "it is under way");

        let pressed = page.pressed().await.unwrap();
        assert!(!pressed.has_settled(u64::MAX));
        assert_eq!(pressed.checked_at(), page.checked_at());
        for encoding in Encoding::ALL {
            let [before, after] =
                [&page, &pressed].map(|page| page.answer(&Method::GET, &HeaderMap::new(), encoding, HIT));
            let tags = [&before, &after].map(|answer| answer.headers()[header::ETAG].clone());
            assert_eq!(tags[0] == tags[1], encoding != Encoding::Brotli, "other bytes have another tag");
            let names = [before, after].map(|answer| answer.headers().keys().cloned().collect::<Vec<_>>());
            assert_eq!(names[0], names[1]);
        }
    }

    #[test]
    fn an_older_look_does_not_count_after_a_newer_one() {
        let page = page();
        page.check(300);
        page.check(200);
        assert_eq!(page.checked_at(), 300);
    }
}
