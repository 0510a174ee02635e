//! The S3 protocol over the built-in store.
//!
//! Addresses are path-style: `/{bucket}/{key}`. Crate `s3s` reads requests, verifies SigV4 signatures in headers and
//! in presigned URLs, expiry included, and writes answers; the submodules here do what they ask for. Nothing is
//! answered without a signature, made with the store's own key pair or with an access key of its [`Keyring`].
//!
//! Kept and given back are bytes, content type and user metadata. ACLs, tags, storage classes, cache and language
//! headers are accepted and dropped; what would be dangerous to drop (encryption keys, conditions that are not
//! kept) is refused as not implemented.

use std::sync::Arc;

use http::header::{AUTHORIZATION, CONTENT_SECURITY_POLICY, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use http::request::Parts;
use s3s::config::{S3Config, StaticConfigProvider};
use s3s::service::{S3Service, S3ServiceBuilder};

use crate::{Keyring, local::LocalStore};

mod access;
mod body;
mod buckets;
mod listing;
mod multipart;
mod objects;
mod refusal;
mod service;

/// The body of the endpoint's requests and answers.
///
/// From axum: `request.map(EndpointBody::http_body_unsync)`, as axum's body is not `Sync`; to axum:
/// `response.map(axum::body::Body::new)`. Both stream.
pub use s3s::Body as EndpointBody;

/// Bodies of requests that are XML: at most 1000 keys to delete, or 10,000 parts.
const LARGEST_XML: usize = 4 * 1024 * 1024;
/// Signed chunks are held in memory until their signature is verified. Clients send 64 KiB to 1 MiB.
const LARGEST_CHUNK: usize = 16 * 1024 * 1024;
/// What a stored file may do when a browser opens it on the site's own origin: be looked at.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// Answers S3 requests. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Endpoint {
    service: S3Service,
}

/// The endpoint of a built-in store, for the store itself and for whoever is on the keyring.
pub fn endpoint(store: Arc<LocalStore>, keyring: Option<Arc<dyn Keyring>>) -> Endpoint {
    let mut config = S3Config::default();
    // How large an object may be goes by who stores it.
    config.put_object_max_size = None;
    config.xml_max_body_size = LARGEST_XML;
    config.aws_chunked_stream_max_chunk_size = LARGEST_CHUNK;
    // Browser forms: nobody here makes them, and they are parsed before their signature is known.
    config.allow_post_signature = false;
    config.post_object_max_file_size = 0;

    let own = store.credentials().clone();
    let mut builder = S3ServiceBuilder::new(service::Service { store, keyring: keyring.clone() });
    builder.set_config(Arc::new(StaticConfigProvider::new(Arc::new(config))));
    builder.set_auth(access::Access { own: own.clone(), keyring: keyring.clone() });
    builder.set_access(access::Access { own, keyring });
    Endpoint { service: builder.build() }
}

impl Endpoint {
    /// Answers one request; refusals are answers too. The `Host` header must be the one the client signed.
    pub async fn call(&self, request: http::Request<EndpointBody>) -> http::Response<EndpointBody> {
        let mut response = self.service.call(request).await.unwrap_or_else(|error| {
            tracing::error!(%error, "the storage endpoint failed");
            let mut response = http::Response::new(EndpointBody::empty());
            *response.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
            response
        });
        let headers = response.headers_mut();
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        response
    }
}

/// Whether a request is for the [`Endpoint`]: it carries a SigV4 signature, in its headers or its query.
pub fn is_s3_request(parts: &Parts) -> bool {
    let in_header = |value: &HeaderValue| value.as_bytes().starts_with(b"AWS4-HMAC-SHA256");
    let in_query = |pair: &str| pair.starts_with("X-Amz-Signature=") || pair.starts_with("X-Amz-Algorithm=");
    parts.headers.get(AUTHORIZATION).is_some_and(in_header)
        || parts.uri.query().is_some_and(|query| query.split('&').any(in_query))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(uri: &str, authorization: Option<&str>) -> Parts {
        let mut request = http::Request::builder().uri(uri);
        if let Some(value) = authorization {
            request = request.header(AUTHORIZATION, value);
        }
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn signed_requests_are_the_stores() {
        assert!(is_s3_request(&parts("/tuku/a", Some("AWS4-HMAC-SHA256 Credential=x"))));
        assert!(is_s3_request(&parts("/tuku/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0", None)));
        assert!(is_s3_request(&parts("/tuku/a?x-id=GetObject&X-Amz-Signature=0", None)));
    }

    #[test]
    fn other_requests_are_the_sites() {
        assert!(!is_s3_request(&parts("/", None)));
        assert!(!is_s3_request(&parts("/api/rpc", Some("Bearer AWS4-HMAC-SHA256"))));
        assert!(!is_s3_request(&parts("/search?q=X-Amz-Signature=0", None)));
    }
}
