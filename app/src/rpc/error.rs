//! How a method says no.

use model::Invalid;
use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

/// An error as clients get it: a stable code, and a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RpcError {
    /// `unauthenticated`, `forbidden`, `not_found`, `conflict`, `invalid`, `internal`, or in a browser `network`.
    pub code: String,
    /// Says what to do.
    pub message: String,
    /// What is wrong with which field.
    #[serde(default, skip_serializing_if = "no_fields")]
    pub fields: Invalid,
}

fn no_fields(fields: &Invalid) -> bool {
    fields.0.is_empty()
}

impl RpcError {
    /// An error without fields.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), fields: Invalid::default() }
    }

    /// The HTTP status that says the same (RFC 9110, 15).
    pub fn status(&self) -> u16 {
        match self.code.as_str() {
            "unauthenticated" => 401,
            "forbidden" => 403,
            "not_found" => 404,
            "conflict" => 409,
            "invalid" => 422,
            _ => 500,
        }
    }
}

impl std::fmt::Display for RpcError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RpcError {}

impl FromServerFnError for RpcError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => {
                Self::new("network", "The server could not be reached. Check the connection and try again.")
            }
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::new("invalid", "The request is not complete. Reload the page and try again.")
            }
            _ => Self::new("internal", "Something went wrong on the server. Try again in a moment."),
        }
    }

    fn status_code(&self) -> http::StatusCode {
        http::StatusCode::from_u16(self.status()).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Invalid> for RpcError {
    fn from(fields: Invalid) -> Self {
        Self { code: "invalid".into(), message: fields.to_string(), fields }
    }
}

#[cfg(feature = "ssr")]
impl From<domain::Error> for RpcError {
    fn from(error: domain::Error) -> Self {
        use domain::Error;
        let message = error.to_string();
        match error {
            Error::Unauthenticated(_) => Self::new("unauthenticated", message),
            Error::Forbidden(_) => Self::new("forbidden", message),
            Error::NotFound => Self::new("not_found", message),
            Error::Conflict(fields) => Self { code: "conflict".into(), message, fields },
            Error::Invalid(fields) => fields.into(),
            Error::Internal(inner) => {
                tracing::error!(error = ?inner, "a method failed");
                Self::new("internal", message)
            }
        }
    }
}
