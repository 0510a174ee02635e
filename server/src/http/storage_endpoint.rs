//! The built-in store on the site's own address: a request that carries an S3 signature is the store's.

use axum::{
    body::Body,
    extract::{Request, State as Shared},
    middleware::Next,
    response::Response,
};
use storage::{Endpoint, EndpointBody, is_s3_request};

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
            endpoint.call(request).await.map(Body::new)
        }
        _ => next.run(Request::from_parts(parts, body)).await,
    }
}
