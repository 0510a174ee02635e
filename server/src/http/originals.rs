//! `/images/original/:id`: a picture's file to keep.

use super::{State, entity_tags::is_known, errors, images, ranges};
use app::rpc::Caller;
use axum::{
    Extension,
    body::Body,
    extract::{Path, State as Shared},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use domain::{Error, OriginalFacts};
use futures::stream;
use model::ImageId;
use std::io;

/// Whatever is in the file, an SVG with scripts, say: it runs nowhere and loads nothing.
const POLICY: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'; frame-ancestors 'none'");

/// `GET` and `HEAD` of an original, or of what its owner lets others have of it.
pub(super) async fn download(
    Shared(state): Shared<State>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    (method, uri): (Method, Uri),
    headers: HeaderMap,
) -> Response {
    let sent = send(&state, caller, &id, (&method, &uri), &headers).await;
    sent.unwrap_or_else(errors::text)
}

async fn send(
    state: &State,
    caller: Caller,
    id: &str,
    (method, uri): (&Method, &Uri),
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let id = ImageId::parse(id).ok_or(Error::NotFound)?;
    let original = state.library.open_original(&caller.viewer.reading(), &id).await?;
    if images::is_hotlinked(state, headers, uri, original.hotlinks()) {
        return Ok(images::not_here());
    }
    let etag = original.etag.clone();
    let mut known = HeaderMap::new();
    known.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    known.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        known.insert(header::ETAG, etag);
    }
    if is_known(headers, &etag) {
        return Ok((StatusCode::NOT_MODIFIED, known).into_response());
    }
    if *method == Method::HEAD {
        return Ok(tell(state.library.describe_original(original).await, known));
    }
    let file = state.library.read_original(original).await?;
    describe(&file.content_type, &file.filename, &mut known);
    let asked = ranges::asked(method, headers, &etag, file.size);
    let (status, range) = ranges::describe(asked, file.size, &mut known);
    let body = match range.is_empty() {
        true => Body::empty(),
        false => Body::from_stream(state.library.original_body(&file, range).await?),
    };
    Ok((status, known, body).into_response())
}

/// The answer to `HEAD`. It may leave out a length that is only known once the file is made (RFC 9110, 9.3.2), so that
/// nothing is made for an answer without it.
fn tell(file: OriginalFacts, mut known: HeaderMap) -> Response {
    describe(&file.content_type, &file.filename, &mut known);
    known.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(size) = file.size {
        known.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    }
    // A body of no certain length, and no bytes: an empty one would be told as of 0 bytes.
    (known, Body::from_stream(stream::empty::<io::Result<Bytes>>())).into_response()
}

/// Writes down what a file is, and what to call it.
fn describe(content_type: &str, filename: &str, known: &mut HeaderMap) {
    if let Ok(kind) = HeaderValue::from_str(content_type) {
        known.insert(header::CONTENT_TYPE, kind);
    }
    if let Ok(name) = HeaderValue::try_from(attachment(filename)) {
        known.insert(header::CONTENT_DISPOSITION, name);
    }
}

/// A file to keep under this name (RFC 6266): in ASCII for old clients, whole in UTF-8 (RFC 8187) for all others.
fn attachment(filename: &str) -> String {
    let plain: String = filename
        .chars()
        .map(|letter| match letter {
            '"' | '\\' | '%' | '/' => '_',
            ' '..='~' => letter,
            _ => '_',
        })
        .collect();
    let mut whole = String::with_capacity(filename.len());
    for byte in filename.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => whole.push(char::from(byte)),
            _ => whole.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_s_name_is_written_for_every_client() {
        assert_eq!(attachment("a b.jpg"), "attachment; filename=\"a b.jpg\"; filename*=UTF-8''a%20b.jpg");
        assert_eq!(attachment("海\"\\.png"), "attachment; filename=\"___.png\"; filename*=UTF-8''%E6%B5%B7%22%5C.png");
        assert!(HeaderValue::try_from(attachment("a\r\nb: c")).is_ok());
        assert!(!attachment("a\r\nb").contains('\n'));
    }
}
