//! `/images/view/:id/:options`: pictures in the size, shape and format that was asked for.

use super::{State, entity_tags::is_known, errors, ranges};
use app::rpc::{Caller, RpcError};
use axum::{
    Extension,
    extract::{Path, State as Shared},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::{Accepts, Error, OpenVariant};
use model::{ImageId, VariantRequest};

/// An address with a version answers the same for ever; shared caches may keep what anyone may see.
const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// `GET` and `HEAD` of a variant.
pub(super) async fn view(
    Shared(state): Shared<State>,
    Extension(caller): Extension<Caller>,
    Path((id, options)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let wanted = match VariantRequest::parse(&options) {
        Ok(wanted) => wanted,
        Err(problem) => return malformed(&problem.to_string()),
    };
    let opened = match ImageId::parse(&id) {
        Some(id) => state.library.open_variant(&caller.viewer.reading(), &id, &wanted, accepts(&headers)).await,
        None => Err(Error::NotFound),
    };
    let opened = match opened {
        Ok(opened) => opened,
        Err(Error::Invalid(problem)) => return malformed(&problem.to_string()),
        Err(error) => return errors::text(&RpcError::from(error)),
    };
    let (etag, mut known) = (opened.etag.clone(), described(&opened, &wanted));
    if is_known(&headers, &etag) {
        return (StatusCode::NOT_MODIFIED, known).into_response();
    }
    match state.library.variant_bytes(opened).await {
        Ok(bytes) => {
            let size = bytes.len() as u64;
            let asked = ranges::asked(&method, &headers, &etag, size);
            let (status, range) = ranges::describe(asked, size, &mut known);
            (status, known, part(&bytes, range)).into_response()
        }
        Err(error) => errors::text(&RpcError::from(error)),
    }
}

/// 400 for options that cannot be meant.
fn malformed(problem: &str) -> Response {
    (StatusCode::BAD_REQUEST, format!("{problem}\n")).into_response()
}

/// Bytes within a range that they have.
fn part(bytes: &Bytes, range: std::ops::Range<u64>) -> Bytes {
    bytes.slice(range.start as usize..range.end as usize)
}

/// What the client says it takes beside what every program shows. A wildcard alone says nothing: old clients send it
/// too. AVIF counts unless WebP is liked better (RFC 9110, 12.5.1).
fn accepts(headers: &HeaderMap) -> Accepts {
    let (mut avif, mut webp) = (0, 0);
    let ranges = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    for range in ranges.flat_map(|value| value.split(',')) {
        let mut parts = range.split(';').map(str::trim);
        match parts.next() {
            Some(kind) if kind.eq_ignore_ascii_case("image/avif") => avif = weight(parts),
            Some(kind) if kind.eq_ignore_ascii_case("image/webp") => webp = weight(parts),
            _ => {}
        }
    }
    Accepts { avif: avif > 0 && avif >= webp, webp: webp > 0 }
}

/// The weight among a media range's parameters, in thousandths. One that cannot be read is none.
fn weight<'a>(mut parameters: impl Iterator<Item = &'a str>) -> u16 {
    let weight = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim().parse::<f32>().unwrap_or_default())
    });
    (weight.unwrap_or(1.0).clamp(0.0, 1.0) * 1000.0) as u16
}

fn described(opened: &OpenVariant, wanted: &VariantRequest) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let cache = match (opened.is_public, wanted.version == Some(opened.version)) {
        (true, true) => PUBLIC,
        (true, false) => HeaderValue::from_static("public, no-cache"),
        (false, _) => PRIVATE,
    };
    headers.insert(header::CACHE_CONTROL, cache);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(opened.content_type));
    if wanted.variant.format.is_none() {
        headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    }
    if let Ok(etag) = HeaderValue::from_str(&opened.etag) {
        headers.insert(header::ETAG, etag);
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_taken_where_the_client_names_it() {
        let taken = |accept: &'static str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]);
            let Accepts { avif, webp } = accepts(&headers);
            (avif, webp)
        };
        for (accept, is) in [
            ("image/avif,image/webp,*/*;q=0.8", (true, true)),
            ("image/webp, image/*", (false, true)),
            ("IMAGE/AVIF", (true, false)),
            ("image/avif;q=0, image/webp;q=0.000", (false, false)),
            ("image/avif;q=0.5, image/webp", (false, true)),
            ("image/avif;v=1; Q=0.9, image/webp; q=0.9", (true, true)),
            ("image/webp;q=NaN", (false, false)),
            ("*/*", (false, false)),
            ("image/*", (false, false)),
        ] {
            assert_eq!(taken(accept), is, "{accept}");
        }
        let none = accepts(&HeaderMap::new());
        assert!(!none.avif && !none.webp);
    }
}
