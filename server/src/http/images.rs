//! `/images/view/:id/:options`: pictures in the size, shape and format that was asked for.

use super::{
    State,
    entity_tags::is_known,
    errors,
    middleware::{authentication, security_headers::NO_SNIFF},
    quality_values::weight,
    ranges,
};
use axum::{
    body::Body,
    extract::{Path, Request, State as Shared},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::{Accepts, Error, OpenVariant, Viewer};
use model::{Hotlinks, ImageId, VariantRequest};
use url::Url;

/// An address with a version answers the same for ever; shared caches may keep what anyone may see.
const PUBLIC: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The same for browsers alone: where it may be shown goes by who asks.
const KEPT_PRIVATELY: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// What an answer may come to have, so that the list of headers need not grow.
const HEADERS: usize = 16;

/// `GET` and `HEAD` of a variant.
pub(super) async fn view(
    Shared(state): Shared<State>,
    Path((id, options)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (request, _) = request.into_parts();
    let viewer = match authentication::reader(&state, &request).await {
        Ok(viewer) => viewer,
        Err(refused) => return refused,
    };
    let headers = &request.headers;
    let wanted = match VariantRequest::parse(&options) {
        Ok(wanted) => wanted,
        Err(problem) => return malformed(&problem.to_string()),
    };
    let opened = match ImageId::parse(&id) {
        Some(id) => state.library.open_variant(&viewer, &id, &wanted, accepts(headers)).await,
        None => Err(Error::NotFound),
    };
    let opened = match opened {
        Ok(opened) => opened,
        Err(Error::Invalid(problem)) => return malformed(&problem.to_string()),
        Err(error) => return errors::text(error),
    };
    let is_limited = state.library.limits_hotlinks(opened.hotlinks());
    if is_limited && is_hotlinked(&state, headers, &request.uri, opened.hotlinks()) {
        return not_here();
    }
    let known = described(&opened, &wanted, is_limited);
    if is_known(headers, &opened.etag) {
        return unchanged(known);
    }
    let etag = opened.etag.clone();
    match state.library.variant_bytes(opened).await {
        Ok(bytes) => sent(&request.method, headers, &etag, known, &bytes),
        Err(error) => errors::text(error),
    }
}

/// The answer to a request for a picture that anyone may see and that lies ready in memory, or that the client has:
/// without anything to wait for. All else is for [`view`].
pub(super) fn ready(state: &State, request: &Request) -> Option<Response> {
    let (id, options) = request.uri().path().strip_prefix("/images/view/")?.split_once('/')?;
    let headers = request.headers();
    if request.method() != Method::GET || !authentication::is_anonymous(headers) {
        return None;
    }
    let wanted = VariantRequest::parse(options).ok()?;
    let viewer = Viewer::visitor();
    let opened = state.library.open_known_variant(&viewer, &ImageId::parse(id)?, &wanted, accepts(headers))?;
    let is_limited = state.library.limits_hotlinks(opened.hotlinks());
    if is_limited && is_hotlinked(state, headers, request.uri(), opened.hotlinks()) {
        return Some(not_here());
    }
    let mut known = described(&opened, &wanted, is_limited);
    known.insert(header::X_CONTENT_TYPE_OPTIONS, NO_SNIFF);
    if is_known(headers, &opened.etag) {
        return Some(unchanged(known));
    }
    let bytes = state.library.ready_bytes(&opened)?;
    Some(sent(request.method(), headers, &opened.etag, known, &bytes))
}

fn unchanged(known: HeaderMap) -> Response {
    answer(StatusCode::NOT_MODIFIED, known, Body::empty())
}

/// A picture, or the part of it that was asked for.
fn sent(method: &Method, headers: &HeaderMap, etag: &str, mut known: HeaderMap, bytes: &Bytes) -> Response {
    let size = bytes.len() as u64;
    let asked = ranges::asked(method, headers, etag, size);
    let (status, range) = ranges::describe(asked, size, &mut known);
    answer(status, known, Body::from(part(bytes, range)))
}

fn answer(status: StatusCode, headers: HeaderMap, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
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
pub(super) fn accepts(headers: &HeaderMap) -> Accepts {
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

/// Whether a page of another site shows a picture of these rules that it may not show. Who does not tell where it is
/// shown is believed.
pub(super) fn is_hotlinked(state: &State, headers: &HeaderMap, uri: &Uri, rules: &[Option<Hotlinks>]) -> bool {
    let referer = headers.get(header::REFERER).and_then(|referer| Url::parse(referer.to_str().ok()?).ok());
    let Some(host) = referer.as_ref().and_then(Url::host_str) else { return false };
    let own = authentication::site_address(state, headers, uri);
    own.as_ref().and_then(Url::host_str) != Some(host) && !state.library.may_be_shown_on(rules, host)
}

/// The answer to that: a browser that comes to the site itself asks again.
pub(super) fn not_here() -> Response {
    let headers = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    (StatusCode::FORBIDDEN, headers, "This picture is not shown on other sites.\n").into_response()
}

fn described(opened: &OpenVariant, wanted: &VariantRequest, is_limited: bool) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(HEADERS);
    let cache = match (opened.is_public(), wanted.version == Some(opened.version())) {
        (true, true) if is_limited => KEPT_PRIVATELY,
        (true, true) => PUBLIC,
        (true, false) if !is_limited => HeaderValue::from_static("public, no-cache"),
        _ => PRIVATE,
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
