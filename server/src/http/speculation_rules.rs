//! Which pages browsers fetch ahead, before their links are followed (HTML, 7.6). Browsers that do not know such rules
//! take no notice.
//!
//! What was fetched ahead is shown for up to five minutes without asking again, whatever `Cache-Control` and `Vary` say,
//! and again when one comes back and follows the same link. A member would miss the like given in between. So only
//! pages that all visitors are shown alike name the rules, and nothing but those is answered ahead. They lie ready, and
//! looking at one changes nothing: nobody counts, and no cookie is set.

use super::site_files::FOREVER;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// Public pages, once the pointer rests on a link to one or presses it. Not what an island shows in place when its link
/// is pressed.
const RULES: &str = concat!(
    r#"{"prefetch":[{"where":{"and":["#,
    r#"{"href_matches":["/","/gallery/*","/photos/*","/tags/*","/search","/about"]},"#,
    r#"{"not":{"selector_matches":"[data-wake-hold]"}}"#,
    r#"]},"eagerness":"moderate"}]}"#,
);

/// Where they are; another place when they change.
pub(super) static ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let digest = Sha256::digest(RULES);
    let digits: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("/ahead.{digits}.json")
});

/// The address as a structured field has it (RFC 9651).
static NAMED: LazyLock<Option<HeaderValue>> =
    LazyLock::new(|| HeaderValue::try_from(format!("\"{}\"", ADDRESS.as_str())).ok());

/// `GET` of the rules.
pub(super) async fn rules() -> Response {
    let kind = (header::CONTENT_TYPE, "application/speculationrules+json");
    ([kind, (header::CACHE_CONTROL, FOREVER)], RULES).into_response()
}

/// Has browsers that show a page with these headers read the rules. The page's own policy for scripts says nothing of
/// rules that a header names.
pub(super) fn name(headers: &mut HeaderMap) {
    if let Some(address) = NAMED.clone() {
        headers.insert("speculation-rules", address);
    }
}

/// Whether a browser asks for a page that nobody wants to see yet.
pub(super) fn is_ahead(headers: &HeaderMap) -> bool {
    headers.get("sec-purpose").is_some_and(|purpose| purpose.as_bytes().starts_with(b"prefetch"))
}

/// The answer to that, where the page would not be the same by then. Browsers use none that is no success, and ask when
/// the link is followed.
pub(super) fn not_ahead() -> Response {
    (StatusCode::FORBIDDEN, [(header::CACHE_CONTROL, "no-store")], "Ask when it is to be seen.\n").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_ahead_says_so() {
        let asked = |purpose: &'static str| {
            let purpose = HeaderValue::from_static(purpose);
            is_ahead(&HeaderMap::from_iter([(header::HeaderName::from_static("sec-purpose"), purpose)]))
        };
        assert!(asked("prefetch") && asked("prefetch;prerender"));
        assert!(!asked("") && !asked("preview") && !is_ahead(&HeaderMap::new()));
    }
}
