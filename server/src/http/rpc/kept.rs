//! Reads that are asked often, answered from the key-value store.

use super::super::call::{Input, call, permitted};
use app::rpc::{Caller, Method, RpcError};
use axum::http::HeaderValue;
use bytes::Bytes;
use leptos_axum::ResponseOptions;
use serde_json::Value;
use std::time::Duration;

/// The most bytes an answer may have to be kept.
const LARGEST: usize = 256 * 1024;

/// What part the kept answers had in one (RFC 9211).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// It was kept.
    Hit,
    /// It was made now, and is kept from now on.
    Miss,
    /// Answers of this kind are not kept, or not for this caller.
    Bypass,
}

/// Calls a method, or answers what it answered a moment ago. Only what it answers well is kept.
pub(super) async fn answer(
    method: &Method,
    params: Value,
    caller: &Caller,
    response: &ResponseOptions,
    lifetime: Duration,
) -> (Result<String, RpcError>, Part) {
    let made = |params| call(method, Input::Params(params), caller.clone(), response.clone());
    let kept = method.cached.filter(|_| !lifetime.is_zero() && permitted(method, caller).is_ok());
    let Some(topics) = kept.and_then(|cached| cached.topics(&caller.viewer, &params)) else {
        return (made(params).await, Part::Bypass);
    };
    // A map of JSON is sorted by its keys, so that the same params are the same text.
    match caller.library.cached_read(&topics, &format!("{} {params}", method.name)).await {
        Ok((place, kept)) => {
            if let Some(text) = kept.and_then(|kept| String::from_utf8(kept.into()).ok()) {
                return (Ok(text), Part::Hit);
            }
            let answer = made(params).await;
            if let Ok(text) = &answer
                && text.len() <= LARGEST
            {
                place.keep(Bytes::copy_from_slice(text.as_bytes()), lifetime).await;
            }
            (answer, Part::Miss)
        }
        Err(error) => {
            tracing::error!(?error, "kept answers cannot be looked up");
            (made(params).await, Part::Bypass)
        }
    }
}

/// The `Cache-Status` of an answer (RFC 9211), with a member for each call; none where nothing is ever kept.
pub(super) fn status(parts: &[Part]) -> Option<HeaderValue> {
    if parts.iter().all(|part| *part == Part::Bypass) {
        return None;
    }
    let members = parts.iter().map(|part| match part {
        Part::Hit => "tuku; hit",
        Part::Miss => "tuku; fwd=miss",
        Part::Bypass => "tuku; fwd=bypass",
    });
    HeaderValue::from_str(&members.collect::<Vec<_>>().join(", ")).ok()
}
