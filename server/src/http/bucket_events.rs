//! `POST /api/bucket-events`: where a bucket elsewhere says what came, changed or went.

use super::{State, errors};
use crate::bucket_events;
use axum::{
    body::Bytes,
    extract::State as Shared,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

/// Takes a message of whoever knows the operator's token; without a token there is no such address.
pub(super) async fn receive(Shared(state): Shared<State>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(token) = &state.bucket_events_token else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let told = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let told = told.strip_prefix("Bearer ").unwrap_or(told);
    // By their hashes, so that how long it takes tells nothing of the token.
    if Sha256::digest(told) != Sha256::digest(token) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Ok(message) = serde_json::from_slice(&body) else {
        return (StatusCode::BAD_REQUEST, "A message of the bucket is JSON.").into_response();
    };
    let followed = bucket_events::follow(&state.library, &message).await;
    errors::or_refused(followed.map(|()| StatusCode::NO_CONTENT.into_response()))
}
