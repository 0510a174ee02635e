//! The POST-only RPC layer: JSON-RPC 2.0 at `/api/rpc`, and each method at its own address for islands.

mod kept;
mod message;

use super::{State, call::permitted, errors};
use app::rpc::{Caller, RpcError, find};
use axum::extract::State as Shared;
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Path, Request, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kept::Part;
use leptos_axum::ResponseOptions;
use message::{Answer, Call};
use serde_json::Value;

/// The most calls a batch may hold.
const MOST_CALLS: usize = 50;

/// Methods that hash a password: each takes its memory and its time.
const HASHING: [&str; 7] = [
    "share.create",
    "share.unlock",
    "user.changePassword",
    "user.delete",
    "user.login",
    "user.register",
    "user.update",
];

/// The most calls of those that a batch may hold.
const MOST_HASHING: usize = 5;

/// After so many bytes the rest of a batch is not answered any more: all of its answers are in memory at once.
const MOST_ANSWERED: usize = 4_000_000;

/// `POST /api/rpc/gallery.create`: a method's own address, as islands call it.
pub(super) async fn method(
    Path(name): Path<String>,
    Extension(caller): Extension<Caller>,
    request: Request<Body>,
) -> Response {
    let Some(method) = find(&name) else {
        return errors::json(&RpcError::new("not_found", "There is no such method."));
    };
    if let Err(error) = permitted(method, &caller) {
        return errors::json(&error);
    }
    leptos_axum::handle_server_fns_with_context(move || caller.clone().provide(), request).await.into_response()
}

/// `POST /api/rpc`: one call or a batch.
pub(super) async fn envelope(
    Shared(state): Shared<State>,
    Extension(caller): Extension<Caller>,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let exchange = Exchange { state, caller, response: ResponseOptions::default() };
    let Ok(body) = body else {
        let words = format!("A message has at most {} bytes.", super::MOST_BODY);
        return exchange.alone(Answer::beyond_limits(StatusCode::PAYLOAD_TOO_LARGE, words), Part::Bypass);
    };
    match serde_json::from_slice::<Value>(&body) {
        Ok(Value::Array(calls)) => exchange.batch(calls).await,
        Ok(message) => match exchange.one(message).await {
            Some((answer, part)) => exchange.alone(answer, part),
            None => exchange.nothing(),
        },
        Err(_) => exchange.alone(Answer::no_json(), Part::Bypass),
    }
}

/// One HTTP request, and what its calls put into the response's headers.
struct Exchange {
    state: State,
    caller: Caller,
    response: ResponseOptions,
}

impl Exchange {
    /// One call, and its answer unless it is a notification.
    async fn one(&self, message: Value) -> Option<(Answer, Part)> {
        let Call { method, params, id } = match Call::read(message) {
            Ok(call) => call,
            Err(answer) => return Some((answer, Part::Bypass)),
        };
        let Some(method) = find(&method) else { return Some((Answer::no_method(id?), Part::Bypass)) };
        let lifetime = self.state.cached_reads;
        let (outcome, part) = kept::answer(method, params, &self.caller, &self.response, lifetime).await;
        let id = id?;
        Some(match outcome {
            Ok(text) => (Answer::result(text, id), part),
            Err(error) => (Answer::refused(&error, id), part),
        })
    }

    /// Calls one after another; notifications among them are not answered (JSON-RPC 2.0, 6).
    async fn batch(self, calls: Vec<Value>) -> Response {
        if let Some(words) = beyond_limits(&calls) {
            return self.alone(Answer::beyond_limits(StatusCode::BAD_REQUEST, words), Part::Bypass);
        }
        let (mut answers, mut parts, mut bytes) = (Vec::new(), Vec::new(), 0);
        for message in calls {
            let asks = message.get("id").is_some();
            let answered = if asks && bytes > MOST_ANSWERED { put_off(message) } else { self.one(message).await };
            if let Some((answer, part)) = answered {
                let answer = answer.written();
                bytes += answer.len();
                answers.push(answer);
                parts.push(part);
            }
        }
        if answers.is_empty() {
            self.nothing()
        } else {
            self.json(StatusCode::OK, format!("[{}]", answers.join(",")), &parts)
        }
    }

    fn alone(self, answer: Answer, part: Part) -> Response {
        let mut response = self.json(answer.status, answer.written(), &[part]);
        if let Some(seconds) = answer.seconds {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }

    /// The answer to notifications alone (JSON-RPC 2.0, 4.1).
    fn nothing(self) -> Response {
        (StatusCode::NO_CONTENT, cookies(&self.response)).into_response()
    }

    fn json(self, status: StatusCode, body: String, parts: &[Part]) -> Response {
        let mut response = (status, cookies(&self.response), body).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(status) = kept::status(parts) {
            response.headers_mut().insert("cache-status", status);
        }
        response
    }
}

/// Why a batch is refused as a whole.
fn beyond_limits(calls: &[Value]) -> Option<String> {
    if calls.is_empty() || calls.len() > MOST_CALLS {
        return Some(format!("A batch holds 1 to {MOST_CALLS} calls."));
    }
    let hashing = |call: &&Value| call["method"].as_str().is_some_and(|method| HASHING.contains(&method));
    (calls.iter().filter(hashing).count() > MOST_HASHING)
        .then(|| format!("A batch holds at most {MOST_HASHING} calls that check or set a password."))
}

/// The answer to a call of a batch that has been answered enough.
fn put_off(message: Value) -> Option<(Answer, Part)> {
    let answer = match Call::read(message) {
        Ok(Call { id, .. }) => {
            let words = "This batch asks for too much at once. Send the rest of it again.";
            Answer::refused(&RpcError { seconds: Some(1), ..RpcError::new("rate_limited", words) }, id?)
        }
        Err(answer) => answer,
    };
    Some((answer, Part::Bypass))
}

/// What a method put into the response's headers: cookies.
pub(super) fn cookies(options: &ResponseOptions) -> HeaderMap {
    options.0.write().map(|mut parts| std::mem::take(&mut parts.headers)).unwrap_or_default()
}
