//! Headers that tell browsers what these pages may do.

use super::super::State;
use axum::http::{HeaderMap, HeaderValue, header};
use tower_http::set_header::SetResponseHeaderLayer;

type Header = SetResponseHeaderLayer<HeaderValue>;

const NO_SNIFF: HeaderValue = HeaderValue::from_static("nosniff");
const REFERRER: HeaderValue = HeaderValue::from_static("strict-origin-when-cross-origin");

/// Adds them to every answer that says nothing else.
pub(crate) fn layer(state: &State) -> (Header, Header, SetResponseHeaderLayer<Option<HeaderValue>>) {
    (
        Header::overriding(header::X_CONTENT_TYPE_OPTIONS, NO_SNIFF),
        Header::overriding(header::REFERRER_POLICY, REFERRER),
        SetResponseHeaderLayer::if_not_present(header::CONTENT_SECURITY_POLICY, policy(state)),
    )
}

/// Adds them to what is sent past the layers.
pub(crate) fn add(state: &State, headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, NO_SNIFF);
    headers.insert(header::REFERRER_POLICY, REFERRER);
    if let Some(policy) = policy(state) {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
}

/// Scripts and styles come from this site's own files alone; WebAssembly may be compiled.
fn policy(state: &State) -> Option<HeaderValue> {
    let bucket = state.direct_origin.as_deref().unwrap_or_default();
    let reload = state.site.assets.reload_port.map(|port| format!("ws://*:{port}")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; \
         connect-src 'self' {bucket} {reload}; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).ok()
}
