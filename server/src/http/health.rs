//! Whether the program can do its work: for whatever watches over it.

use super::State;
use axum::{extract::State as Shared, http::StatusCode};

/// 200 when database and storage answer, else 503.
pub(super) async fn health(Shared(state): Shared<State>) -> (StatusCode, &'static str) {
    match state.library.ready().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(?error, "not healthy");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
        }
    }
}
