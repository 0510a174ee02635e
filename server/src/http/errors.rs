//! Answers to requests that went wrong, for programs; people get pages.

use app::rpc::RpcError;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::{any::Any, time::Duration};
use tower_http::classify::ServerErrorsFailureClass;
use tracing::Span;

/// An error as JSON, with its status.
pub(super) fn json(error: &RpcError) -> Response {
    answered(error, Json(error).into_response())
}

/// An error as one line of text, with its status.
pub(super) fn text(error: impl Into<RpcError>) -> Response {
    let error = error.into();
    answered(&error, error.message.clone().into_response())
}

/// An answer, or a line of text that says what went wrong.
pub(super) fn or_refused(answer: domain::Result<Response>) -> Response {
    answer.unwrap_or_else(text)
}

/// An answer that says no, with the error's status.
pub(super) fn answered(error: &RpcError, mut response: Response) -> Response {
    *response.status_mut() = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(seconds) = error.seconds {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// Writes a failed answer down, unless an S3 client asked for what there is not.
pub(super) fn note(failure: ServerErrorsFailureClass, took: Duration, _: &Span) {
    if !matches!(failure, ServerErrorsFailureClass::StatusCode(StatusCode::NOT_IMPLEMENTED)) {
        tracing::error!(%failure, ?took, "an answer failed");
    }
}

/// 405 for addresses that take POST only.
pub(super) async fn post_only() -> Response {
    let allow = [(header::ALLOW, HeaderValue::from_static("POST"))];
    (StatusCode::METHOD_NOT_ALLOWED, allow, "This address takes POST only.\n").into_response()
}

/// 500 for a handler that panicked; what it said is in the log.
pub(super) fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    tracing::error!(panic = said.unwrap_or("without a word"), "a handler panicked");
    text(RpcError::new("internal", "Something went wrong on the server. Try again in a moment."))
}
