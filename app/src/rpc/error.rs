//! How a method says no.

use model::Invalid;
use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

/// A kind of error, as the contract names it.
#[derive(Clone, Copy, Debug)]
pub struct ErrorKind {
    /// `error.data.code` of an answer.
    pub code: &'static str,
    /// `error.code` of an answer (JSON-RPC 2.0, 5.1).
    pub number: i32,
    /// The HTTP status that says the same (RFC 9110, 15; RFC 6585, 4).
    pub status: u16,
    /// What it means.
    pub meaning: &'static str,
}

/// Every kind of error a method may answer with; the last stands for whatever is not listed.
pub const ERROR_KINDS: [ErrorKind; 8] = [
    ErrorKind {
        code: "invalid",
        number: -32602,
        status: 422,
        meaning: "The params do not fit the method, or a field needs mending; `fields` tells which, and how.",
    },
    ErrorKind {
        code: "unauthenticated",
        number: -32001,
        status: 401,
        meaning: "Sign in first; or the password or the token is wrong.",
    },
    ErrorKind { code: "forbidden", number: -32003, status: 403, meaning: "Not yours to do, or not with this token." },
    ErrorKind {
        code: "not_found",
        number: -32004,
        status: 404,
        meaning: "Not there, or not for you: both answer alike.",
    },
    ErrorKind {
        code: "conflict",
        number: -32009,
        status: 409,
        meaning: "Stands against something that exists, such as a taken name.",
    },
    ErrorKind {
        code: "rate_limited",
        number: -32029,
        status: 429,
        meaning: "Too often; `seconds` tells how long to wait.",
    },
    ErrorKind {
        code: "unavailable",
        number: -32053,
        status: 503,
        meaning: "A store does not answer: try again in a moment.",
    },
    ErrorKind {
        code: "internal",
        number: -32603,
        status: 500,
        meaning: "Our fault; what is inside is in the server’s log only.",
    },
];

/// An error as clients get it: a stable code, and a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RpcError {
    /// `unauthenticated`, `forbidden`, `not_found`, `conflict`, `invalid`, `rate_limited`, `unavailable`,
    /// `internal`, or in a browser `network`.
    pub code: String,
    /// Says what to do.
    pub message: String,
    /// What is wrong with which field.
    #[serde(default, skip_serializing_if = "no_fields")]
    pub fields: Invalid,
    /// After how many seconds it may be tried again, where it was too often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u64>,
}

fn no_fields(fields: &Invalid) -> bool {
    fields.0.is_empty()
}

impl RpcError {
    /// An error without fields.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), fields: Invalid::default(), seconds: None }
    }

    /// Its kind: `internal` for whatever is not listed.
    pub fn kind(&self) -> &'static ErrorKind {
        let [others @ .., internal] = &ERROR_KINDS;
        others.iter().find(|kind| kind.code == self.code).unwrap_or(internal)
    }

    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        self.kind().status
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
        Self { message: fields.to_string(), fields, ..Self::new("invalid", "") }
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
            Error::Conflict(fields) => Self { fields, ..Self::new("conflict", message) },
            Error::Invalid(fields) => fields.into(),
            Error::RateLimited { seconds } => Self { seconds: Some(seconds), ..Self::new("rate_limited", message) },
            Error::Unavailable(cause) => {
                tracing::error!(error = ?cause, "a store does not answer");
                Self::new("unavailable", message)
            }
            Error::Internal(inner) => {
                tracing::error!(error = ?inner, "a method failed");
                Self::new("internal", message)
            }
        }
    }
}
