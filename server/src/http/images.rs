//! `/images/view/:id/:options`: pictures in the size and format the page asked for.

use super::{State, errors};
use app::rpc::{Caller, RpcError};
use axum::{
    Extension,
    extract::{Path, State as Shared},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Error, OpenVariant, Output};
use model::{ImageId, Variant};

/// An address with a version answers the same for ever; shared caches may keep what anyone may see.
const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// `GET` of a variant.
pub(super) async fn view(
    Shared(state): Shared<State>,
    Extension(caller): Extension<Caller>,
    Path((id, options)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let (variant, version) = match Variant::parse(&options) {
        Ok(read) => read,
        Err(problem) => return (StatusCode::BAD_REQUEST, format!("{problem}\n")).into_response(),
    };
    let opened = match ImageId::parse(&id) {
        Some(id) => state.library.open_variant(&caller.viewer.reading(), &id, variant, output(&headers)).await,
        None => Err(Error::NotFound),
    };
    let opened = match opened {
        Ok(opened) => opened,
        Err(error) => return errors::text(&RpcError::from(error)),
    };
    let known = described(&opened, version == Some(opened.version));
    if is_known(&headers, &opened.etag) {
        return (StatusCode::NOT_MODIFIED, known).into_response();
    }
    match state.library.variant_bytes(opened).await {
        Ok(bytes) => (known, bytes).into_response(),
        Err(error) => errors::text(&RpcError::from(error)),
    }
}

/// WebP where the client says it takes it; JPEG else. A wildcard alone says nothing: old clients send it too.
fn output(headers: &HeaderMap) -> Output {
    let accepts = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut types = accepts.flat_map(|value| value.split(','));
    let webp = types.any(|kind| {
        let mut parts = kind.split(';').map(str::trim);
        parts.next() == Some("image/webp") && !parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    });
    if webp { Output::WebP } else { Output::Jpeg }
}

fn described(opened: &OpenVariant, versioned: bool) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let cache = match (opened.is_public, versioned) {
        (true, true) => PUBLIC,
        (true, false) => HeaderValue::from_static("public, no-cache"),
        (false, _) => PRIVATE,
    };
    headers.insert(header::CACHE_CONTROL, cache);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(opened.content_type));
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    if let Ok(etag) = HeaderValue::from_str(&opened.etag) {
        headers.insert(header::ETAG, etag);
    }
    headers
}

/// Whether the client has this very variant (RFC 9110, 13.1.2).
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let tags = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = tags.flat_map(|value| value.split(',')).map(|tag| tag.trim().trim_start_matches("W/"));
    tags.any(|tag| tag == etag || tag == "*")
}
