//! Headers that tell browsers what these pages may do.

use super::super::State;
use axum::http::{HeaderValue, header};
use tower_http::set_header::SetResponseHeaderLayer;

type Header = SetResponseHeaderLayer<HeaderValue>;

/// Adds them to every answer that says nothing else. Scripts and styles come from this site's own files alone;
/// WebAssembly may be compiled.
pub(crate) fn layer(state: &State) -> (Header, Header, SetResponseHeaderLayer<Option<HeaderValue>>) {
    let bucket = state.direct_origin.as_deref().unwrap_or_default();
    let reload = state.site.assets.reload_port.map(|port| format!("ws://*:{port}")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; \
         connect-src 'self' {bucket} {reload}; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    (
        Header::overriding(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        Header::overriding(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
        SetResponseHeaderLayer::if_not_present(header::CONTENT_SECURITY_POLICY, HeaderValue::try_from(policy).ok()),
    )
}
