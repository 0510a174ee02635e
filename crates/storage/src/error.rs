//! What can go wrong in a store.

use crate::key::KeyProblem;

/// Short for a result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a store did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No object has this key.
    #[error("there is no such object")]
    NotFound,

    /// The body was not as long as announced; nothing was stored.
    #[error("{expected} bytes were announced, {received} arrived")]
    Incomplete {
        /// Announced size in bytes.
        expected: u64,
        /// Bytes that arrived; when they were too many, how many had arrived when that was noticed.
        received: u64,
    },

    /// Another object lies there than whoever changes it expects; nothing was changed.
    #[error("the object has changed")]
    Changed,

    /// More bytes than this store takes for one object or value, or than the caller wanted to hold in memory.
    #[error("the object is too large")]
    TooLarge,

    /// The name cannot be an object's key.
    #[error("bad object key: {0}")]
    BadKey(#[from] KeyProblem),

    /// The store did not answer, its disk failed, or the body broke off. The inside is for the log, not for clients:
    /// it may name files and hosts.
    #[error("the store cannot be used: {0}")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Wraps a cause that callers cannot do anything about.
    pub(crate) fn unavailable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unavailable(cause.into())
    }

    /// The error of opening a file that may not be there.
    pub(crate) fn opening(cause: std::io::Error) -> Self {
        if cause.kind() == std::io::ErrorKind::NotFound { Self::NotFound } else { Self::unavailable(cause) }
    }
}
