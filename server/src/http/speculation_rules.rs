//! Which pages browsers fetch ahead, before their links are followed (HTML, 7.6). Browsers that do not know such rules
//! take no notice.
//!
//! What was fetched ahead is shown for up to five minutes without asking again, whatever `Cache-Control` and `Vary` say,
//! and again when one comes back and follows the same link. A member would miss the like given in between. So only
//! pages that all visitors are shown alike have the rules, and nothing but those is answered ahead. They lie ready, and
//! looking at one changes nothing: nobody counts, and no cookie is set.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64;
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

/// As they stand in a page.
pub(super) static TAG: LazyLock<String> =
    LazyLock::new(|| format!("<script type=\"speculationrules\">{RULES}</script>"));

/// What the policy for scripts names them by: nothing else may stand in a page itself.
pub(super) static SOURCE: LazyLock<String> =
    LazyLock::new(|| format!("'sha256-{}'", BASE64.encode(&Sha256::digest(RULES))));

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
    use axum::http::HeaderValue;

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
