//! Headers that tell browsers what these pages may do.

use super::super::State;
use axum::{
    extract::{Request, State as Shared},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Adds them to every answer. Scripts and styles come from this site's own files alone; WebAssembly may be compiled.
pub(crate) async fn add(Shared(state): Shared<State>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    let bucket = state.direct_origin.as_deref().unwrap_or_default();
    let reload = state.site.assets.reload_port.map(|port| format!("ws://*:{port}")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; \
         connect-src 'self' {bucket} {reload}; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    response
}
