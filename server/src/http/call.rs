//! Runs a method on behalf of a request.

use app::rpc::{CallError, Caller, Method};
use leptos::prelude::provide_context;
use leptos::reactive::{computed::ScopedFuture, owner::Owner};
use leptos_axum::ResponseOptions;
use serde_json::Value;

/// What a method is given.
pub(super) enum Input<'a> {
    /// Named params.
    Params(Value),
    /// A form's fields, url-encoded.
    Form(&'a str),
}

/// Runs a method with the context it expects. Cookies it sets end up in `response`.
pub(super) async fn call(
    method: &Method,
    input: Input<'_>,
    caller: Caller,
    response: ResponseOptions,
) -> Result<Value, CallError> {
    let owner = Owner::new();
    owner
        .with(|| {
            provide_context(response);
            caller.provide();
            ScopedFuture::new(match input {
                Input::Params(params) => (method.call)(params),
                Input::Form(fields) => (method.submit)(fields),
            })
        })
        .await
}
