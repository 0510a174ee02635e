//! The built-in store on the site's own address: a request that carries an S3 signature is the store's, and so is the
//! question whether a page of another site may send one.

use axum::{
    body::Body,
    extract::{Request, State as Shared},
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    middleware::Next,
    response::Response,
};
use std::{convert::Infallible, time::Duration};
use storage::{BUCKET, Endpoint, EndpointBody, is_s3_request};
use tower::{Layer, ServiceExt, service_fn};
use tower_http::cors::{AllowHeaders, Any, CorsLayer};

/// What a drawing may do that a browser opens here after all: nothing, not even have styles. The store lets other files
/// do little more, and says of all of them that they are what it calls them.
const DRAWING_POLICY: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'");

/// For how long browsers remember what pages of other sites may send.
const REMEMBERED: Duration = Duration::from_secs(60 * 60);

/// Answers signed requests from the store; lets all others pass.
pub(super) async fn answer_signed(
    Shared(endpoint): Shared<Option<Endpoint>>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    match endpoint {
        Some(endpoint) if is_s3_request(&parts) || is_preflight(&parts) => {
            let store = service_fn(async |request: Request| {
                let answer = endpoint.call(request.map(EndpointBody::http_body_unsync)).await;
                Ok::<_, Infallible>(answer.map(Body::new))
            });
            let Ok(mut response) = of_any_site().layer(store).oneshot(Request::from_parts(parts, body)).await;
            if is_drawing(response.headers()) {
                response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, DRAWING_POLICY);
            }
            response
        }
        _ => next.run(Request::from_parts(parts, body)).await,
    }
}

/// Pages of every site may send what is signed: who has an access key may use it wherever they are, and browsers add
/// nothing of their own that would count.
fn of_any_site() -> CorsLayer {
    let headers = AllowHeaders::mirror_request();
    CorsLayer::new().allow_origin(Any).allow_methods(Any).allow_headers(headers).expose_headers(Any).max_age(REMEMBERED)
}

/// Whether a browser asks for a page of another site what it may send to the bucket.
fn is_preflight(parts: &Parts) -> bool {
    let below = parts.uri.path().strip_prefix('/').and_then(|path| path.strip_prefix(BUCKET));
    parts.method == Method::OPTIONS
        && parts.headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
        && below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_drawing(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("image/svg+xml"))
}
