//! Runs a method on behalf of a request: every way of calling one passes here.

use app::rpc::{Caller, Method, RpcError};
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

/// Whether the caller's token, if it is one, may call this method.
pub(super) fn permitted(method: &Method, caller: &Caller) -> Result<(), RpcError> {
    caller.viewer.permit(method.needs).map_err(RpcError::from)
}

/// Runs a method with the context it expects; answers JSON text. Cookies it sets end up in `response`.
pub(super) async fn call(
    method: &Method,
    input: Input<'_>,
    caller: Caller,
    response: ResponseOptions,
) -> Result<String, RpcError> {
    permitted(method, &caller)?;
    let answer = match input {
        Input::Params(params) => method.call(params),
        Input::Form(fields) => method.submit(fields),
    }?;
    let owner = Owner::new();
    owner
        .with(|| {
            provide_context(response);
            caller.provide();
            ScopedFuture::new(answer)
        })
        .await
}
