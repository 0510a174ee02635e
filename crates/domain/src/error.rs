//! How the library says no.

use model::Invalid;
use std::sync::Arc;

/// The library's answer when something cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the password is wrong. 401.
    #[error("{0}")]
    Unauthenticated(&'static str),
    /// Signed in, but this is not theirs to do. Only said of things they may see. 403.
    #[error("{0}")]
    Forbidden(&'static str),
    /// Not there, or not for this viewer's eyes: both answer the same. 404.
    #[error("This is not here, or it is not public.")]
    NotFound,
    /// Stands against something that exists, such as a taken name. 409.
    #[error("{0}")]
    Conflict(Invalid),
    /// The input needs mending. 422.
    #[error("{0}")]
    Invalid(#[from] Invalid),
    /// Too often, or too much at once. 429.
    #[error("Too many tries. Wait {} and try again.", wait(*.seconds))]
    RateLimited {
        /// After how many seconds it may be tried again.
        seconds: u64,
    },
    /// A store that is needed for it does not answer; why goes to the log. 503.
    #[error("The site’s store does not answer. Try again in a moment.")]
    Unavailable(#[source] Arc<storage::Error>),
    /// Our own fault; what is inside goes to the log, never to the client. 500.
    #[error("Something went wrong on the server. Try again in a moment.")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The library's results.
pub type Result<T, E = Error> = std::result::Result<T, E>;

fn wait(seconds: u64) -> String {
    match seconds {
        ..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

impl Error {
    /// The same error for each who waited for the same work.
    pub(crate) fn for_each(error: Arc<Self>) -> Self {
        match &*error {
            Self::RateLimited { seconds } => Self::RateLimited { seconds: *seconds },
            Self::Unavailable(cause) => Self::Unavailable(cause.clone()),
            _ => Self::Internal(Box::new(error)),
        }
    }

    /// Nobody is signed in.
    pub(crate) const SIGN_IN: Self = Self::Unauthenticated("Sign in first.");

    /// One field needs mending.
    pub fn field(field: &str, reason: impl Into<String>) -> Self {
        Self::Invalid(Invalid::field(field, reason))
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl From<storage::Error> for Error {
    fn from(error: storage::Error) -> Self {
        match error {
            storage::Error::Unavailable(_) => Self::Unavailable(Arc::new(error)),
            _ => Self::Internal(Box::new(error)),
        }
    }
}

impl From<storage::KeyProblem> for Error {
    fn from(problem: storage::KeyProblem) -> Self {
        Self::Internal(Box::new(problem))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl From<tokio::task::JoinError> for Error {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Internal(Box::new(error))
    }
}

/// Turns the violation of a unique column into a field's problem, at the call site that knows the words.
pub(crate) trait OnTaken<T> {
    /// `column` as `table.column`.
    fn on_taken(self, column: &str, field: &str, reason: &str) -> Result<T>;
}

impl<T> OnTaken<T> for Result<T> {
    fn on_taken(self, column: &str, field: &str, reason: &str) -> Result<T> {
        self.map_err(
            |error| if is_taken(&error, column) { Error::Conflict(Invalid::field(field, reason)) } else { error },
        )
    }
}

/// Whether the error is the violation of a unique column, named `table.column`. SQLite and D1 both word it
/// `UNIQUE constraint failed: table.column`.
pub(crate) fn is_taken(error: &Error, column: &str) -> bool {
    let Error::Internal(inner) = error else { return false };
    let Some(sqlx::Error::Database(database)) = inner.downcast_ref::<sqlx::Error>() else { return false };
    database.is_unique_violation() && database.message().contains(column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_who_waited_is_told_what_to_do() {
        let told = |error| Error::for_each(Arc::new(error));
        assert!(matches!(told(Error::RateLimited { seconds: 30 }), Error::RateLimited { seconds: 30 }));
        let down = || Error::from(storage::Error::Unavailable("down".into()));
        assert!(matches!(told(down()), Error::Unavailable(_)));
        assert!(matches!(told(Error::NotFound), Error::Internal(_)));
    }
}
