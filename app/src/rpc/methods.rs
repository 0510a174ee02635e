//! The list of methods, by name, for whoever calls them other than through their own address.

use super::{RpcError, comment::*, gallery::*, image::*, user::*};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use server_fn::ServerFn;
use std::{future::Future, pin::Pin};

/// Where the methods have their own addresses.
pub const PREFIX: &str = "/api/rpc/";

type Answer = Pin<Box<dyn Future<Output = Result<Value, CallError>> + Send>>;

/// Why a call failed.
#[derive(Clone, Debug, PartialEq)]
pub enum CallError {
    /// The params do not fit the method (JSON-RPC 2.0, 5.1: −32602).
    Params(String),
    /// The method said no.
    Method(RpcError),
}

/// A method that can be called by name.
pub struct Method {
    /// As `gallery.create`.
    pub name: &'static str,
    /// Calls it with named params.
    pub call: fn(Value) -> Answer,
    /// Calls it with a form's fields, `application/x-www-form-urlencoded`.
    pub submit: fn(&str) -> Answer,
}

fn method<F>() -> Method
where
    F: ServerFn<Error = RpcError> + DeserializeOwned + 'static,
    F::Output: Serialize,
{
    fn run<F>(params: Result<F, String>) -> Answer
    where
        F: ServerFn<Error = RpcError> + 'static,
        F::Output: Serialize,
    {
        Box::pin(async move {
            let output = params.map_err(CallError::Params)?.run_body().await.map_err(CallError::Method)?;
            serde_json::to_value(output).map_err(|error| {
                tracing::error!(%error, method = F::PATH, "an answer could not be written");
                CallError::Method(RpcError::new("internal", "Something went wrong on the server."))
            })
        })
    }
    Method {
        name: F::PATH.strip_prefix(PREFIX).unwrap_or(F::PATH),
        call: |params| run::<F>(serde_json::from_value(params).map_err(|error| error.to_string())),
        submit: |fields| {
            let form = serde_qs::Config::new().use_form_encoding(true);
            run::<F>(form.deserialize_str(fields).map_err(|error| error.to_string()))
        },
    }
}

/// Every method. A test holds this list against the server functions there are.
pub fn methods() -> [Method; 18] {
    [
        method::<CommentAdd>(),
        method::<CommentList>(),
        method::<GalleryAddImages>(),
        method::<GalleryCreate>(),
        method::<GalleryDelete>(),
        method::<GalleryListPublic>(),
        method::<GalleryRemoveImages>(),
        method::<GalleryUpdate>(),
        method::<ImageConfirmUpload>(),
        method::<ImageDelete>(),
        method::<ImageGenerateUploadUrl>(),
        method::<ImageGenerateViewUrl>(),
        method::<ImageGetMetadata>(),
        method::<ImageLike>(),
        method::<ImageUpdate>(),
        method::<UserLogin>(),
        method::<UserLogout>(),
        method::<UserRegister>(),
    ]
}

/// The method of this name.
pub fn find(name: &str) -> Option<Method> {
    methods().into_iter().find(|method| method.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_server_function_is_a_post_method_of_the_list() {
        let mut there: Vec<_> = server_fn::axum::server_fn_paths()
            .map(|(path, verb)| {
                assert_eq!(verb, http::Method::POST, "{path}");
                path.strip_prefix(PREFIX).unwrap_or(path)
            })
            .collect();
        there.sort_unstable();
        assert_eq!(there, methods().map(|method| method.name));
    }
}
