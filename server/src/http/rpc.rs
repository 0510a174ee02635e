//! The POST-only RPC layer: JSON-RPC 2.0 at `/api/rpc`, and each method at its own address for islands.

use super::{
    State,
    call::{Input, call},
    errors,
};
use app::rpc::{CallError, Caller, Method, RpcError, find};
use axum::extract::State as Shared;
use axum::{
    Extension, Json,
    body::{Body, Bytes},
    extract::{Path, Request, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use jsonrpsee_types::{ErrorCode, ErrorObjectOwned, TwoPointZero};
use leptos_axum::ResponseOptions;
use serde_json::Value;

/// The most calls a batch may hold.
const MOST_CALLS: usize = 50;

/// `POST /api/rpc/gallery.create`: a method's own address, as islands call it.
pub(super) async fn method(
    Path(name): Path<String>,
    Shared(_): Shared<State>,
    Extension(caller): Extension<Caller>,
    request: Request<Body>,
) -> Response {
    if find(&name).is_none() {
        return errors::json(&RpcError::new("not_found", "There is no such method."));
    }
    leptos_axum::handle_server_fns_with_context(move || caller.clone().provide(), request).await.into_response()
}

/// `POST /api/rpc`: one call or a batch.
pub(super) async fn envelope(Extension(caller): Extension<Caller>, body: Result<Bytes, BytesRejection>) -> Response {
    let response = ResponseOptions::default();
    let Ok(body) = body else {
        let words = format!("A message has at most {} bytes.", super::MOST_BODY);
        let error = ErrorObjectOwned::owned(ErrorCode::InvalidRequest.code(), words, None::<()>);
        return answer(StatusCode::PAYLOAD_TOO_LARGE, &response, refusal(Value::Null, error));
    };
    let Ok(message) = serde_json::from_slice::<Value>(&body) else {
        return answer(StatusCode::BAD_REQUEST, &response, refusal(Value::Null, ErrorCode::ParseError.into()));
    };
    match message {
        Value::Array(calls) if calls.is_empty() || calls.len() > MOST_CALLS => {
            let error = ErrorObjectOwned::owned(
                ErrorCode::InvalidRequest.code(),
                format!("A batch holds 1 to {MOST_CALLS} calls."),
                None::<()>,
            );
            answer(StatusCode::BAD_REQUEST, &response, refusal(Value::Null, error))
        }
        Value::Array(calls) => {
            let mut answers = Vec::new();
            for message in calls {
                answers.extend(one(message, &caller, &response).await.map(|(_, said)| said));
            }
            if answers.is_empty() { accepted(&response) } else { answer(StatusCode::OK, &response, answers) }
        }
        message => match one(message, &caller, &response).await {
            Some((status, said)) => answer(status, &response, said),
            None => accepted(&response),
        },
    }
}

/// One call: its HTTP status when it comes alone, and its answer; `None` for a notification.
async fn one(message: Value, caller: &Caller, response: &ResponseOptions) -> Option<(StatusCode, Answer)> {
    let Some(request) = read(message) else {
        return Some((StatusCode::BAD_REQUEST, refusal(Value::Null, ErrorCode::InvalidRequest.into())));
    };
    let outcome = match find(&request.method) {
        Some(method) => run(&method, request.params, caller, response).await,
        None => Err((StatusCode::NOT_FOUND, ErrorCode::MethodNotFound.into())),
    };
    let id = request.id?;
    Some(match outcome {
        Ok(result) => (StatusCode::OK, Answer { jsonrpc: TwoPointZero, outcome: Outcome::Result(result), id }),
        Err((status, error)) => (status, refusal(id, error)),
    })
}

/// A response object (JSON-RPC 2.0, 5).
#[derive(serde::Serialize)]
struct Answer {
    jsonrpc: TwoPointZero,
    #[serde(flatten)]
    outcome: Outcome,
    /// As the client gave it.
    id: Value,
}

#[derive(serde::Serialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Result(Value),
    Error(ErrorObjectOwned),
}

/// A request object.
struct Call {
    method: String,
    params: Value,
    id: Option<Value>,
}

/// Reads a request object (JSON-RPC 2.0, 4).
fn read(message: Value) -> Option<Call> {
    let Value::Object(mut fields) = message else { return None };
    if fields.get("jsonrpc")? != "2.0" {
        return None;
    }
    let Value::String(method) = fields.remove("method")? else { return None };
    let id = match fields.remove("id") {
        Some(id) if id.is_string() || id.is_number() || id.is_null() => Some(id),
        Some(_) => return None,
        None => None,
    };
    let params = fields.remove("params").unwrap_or_else(|| Value::Object(Default::default()));
    (params.is_object() || params.is_array()).then_some(Call { method, params, id })
}

async fn run(
    method: &Method,
    params: Value,
    caller: &Caller,
    response: &ResponseOptions,
) -> Result<Value, (StatusCode, ErrorObjectOwned)> {
    let wrong =
        |text: String| (StatusCode::OK, ErrorObjectOwned::owned(ErrorCode::InvalidParams.code(), text, None::<()>));
    if params.is_array() {
        return Err(wrong("Params are named: give an object, as in {\"imageId\": \"…\"}.".into()));
    }
    call(method, Input::Params(params), caller.clone(), response.clone()).await.map_err(|error| match error {
        CallError::Params(text) => wrong(format!("The params do not fit {}: {text}.", method.name)),
        CallError::Method(error) => {
            let status = match error.status() {
                401 => StatusCode::UNAUTHORIZED,
                403 => StatusCode::FORBIDDEN,
                500 => StatusCode::INTERNAL_SERVER_ERROR,
                _ => StatusCode::OK,
            };
            (status, ErrorObjectOwned::owned(code(&error), error.message.clone(), Some(&error)))
        }
    })
}

/// The number beside the code in words; documented in `docs/rpc.md`.
fn code(error: &RpcError) -> i32 {
    match error.code.as_str() {
        "unauthenticated" => -32001,
        "forbidden" => -32003,
        "not_found" => -32004,
        "conflict" => -32009,
        "invalid" => ErrorCode::InvalidParams.code(),
        _ => ErrorCode::InternalError.code(),
    }
}

fn refusal(id: Value, error: ErrorObjectOwned) -> Answer {
    Answer { jsonrpc: TwoPointZero, outcome: Outcome::Error(error), id }
}

fn answer(status: StatusCode, options: &ResponseOptions, body: impl serde::Serialize) -> Response {
    (status, cookies(options), Json(body)).into_response()
}

/// The answer to notifications alone: nothing (JSON-RPC 2.0, 4.1).
fn accepted(options: &ResponseOptions) -> Response {
    (StatusCode::NO_CONTENT, cookies(options)).into_response()
}

/// What a method put into the response's headers: the session cookie.
pub(super) fn cookies(options: &ResponseOptions) -> HeaderMap {
    options.0.write().map(|mut parts| std::mem::take(&mut parts.headers)).unwrap_or_default()
}
