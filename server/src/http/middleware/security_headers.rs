//! Headers that tell browsers what an answer may be taken for, and what a page may do.

use super::super::{State, speculation_rules};
use axum::{
    extract::State as Shared,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

/// Nothing is taken for what it does not say it is: a picture is no script.
pub(crate) const NO_SNIFF: HeaderValue = HeaderValue::from_static("nosniff");

/// Other sites are not told from where somebody comes by a link.
const REFERRER: HeaderValue = HeaderValue::from_static("same-origin");

/// Who has signed in or out, or opened a share link, is shown no page that the browser has fetched ahead for another
/// (Clear Site Data, with the value that HTML's speculative loading adds).
const NOTHING_AHEAD: HeaderValue = HeaderValue::from_static("\"prefetchCache\"");

/// Completes an answer on its way out.
pub(crate) async fn complete(Shared(state): Shared<State>, mut response: Response) -> Response {
    add(&state, response.headers_mut());
    response
}

/// Adds them to the headers of an answer, by what those say it is. What is no document runs no script and loads nothing,
/// and so needs no policy; files that might (see [`originals`](super::super::originals)) bring their own.
pub(crate) fn add(state: &State, headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, NO_SNIFF);
    if is_document(headers) {
        headers.insert(header::REFERRER_POLICY, REFERRER);
        if let Some(policy) = policy(state) {
            headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
        }
    }
    if headers.contains_key(header::SET_COOKIE) {
        headers.insert("clear-site-data", NOTHING_AHEAD);
    }
}

fn is_document(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("text/html"))
}

/// Scripts, styles and pictures come from this site alone, pictures also from the page itself: those that are to be
/// uploaded. WebAssembly may be compiled. The rules of what is fetched ahead stand in the page.
fn policy(state: &State) -> Option<HeaderValue> {
    let bucket = state.direct_origin.as_deref().map(|origin| format!(" {origin}")).unwrap_or_default();
    let reload = state.site.assets.reload_port.map(|port| format!(" ws://*:{port}")).unwrap_or_default();
    let rules = speculation_rules::SOURCE.as_str();
    let policy = format!(
        "default-src 'none';script-src 'self' 'wasm-unsafe-eval' {rules};style-src 'self';img-src 'self' blob:;\
         connect-src 'self'{bucket}{reload};form-action 'self';base-uri 'none';frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_known_by_its_type_alone() {
        let document = |kind: &'static str| {
            let kind = HeaderValue::from_static(kind);
            is_document(&HeaderMap::from_iter([(header::CONTENT_TYPE, kind)]))
        };
        assert!(document("text/html") && document("text/html; charset=utf-8") && document("TEXT/HTML;charset=utf-8"));
        assert!(!document("text/css") && !document("text/html-like") && !document("application/json"));
        assert!(!is_document(&HeaderMap::new()));
    }
}
