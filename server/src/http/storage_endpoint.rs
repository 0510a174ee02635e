//! The built-in store on the site's own address: a request that carries an S3 signature is the store's.

use axum::{
    body::Body,
    extract::{Request, State as Shared},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use storage::{Endpoint, EndpointBody, is_s3_request};

/// What a drawing may do that a browser opens here after all: nothing, not even have styles. The store lets other files
/// do little more, and says of all of them that they are what it calls them.
const DRAWING_POLICY: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'");

/// Answers signed requests from the store; lets all others pass.
pub(super) async fn answer_signed(
    Shared(endpoint): Shared<Option<Endpoint>>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    match endpoint {
        Some(endpoint) if is_s3_request(&parts) => {
            let request = Request::from_parts(parts, EndpointBody::http_body_unsync(body));
            let mut response = endpoint.call(request).await.map(Body::new);
            if is_drawing(response.headers()) {
                response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, DRAWING_POLICY);
            }
            response
        }
        _ => next.run(Request::from_parts(parts, body)).await,
    }
}

fn is_drawing(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("image/svg+xml"))
}
