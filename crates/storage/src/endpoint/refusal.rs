//! The store's errors as S3 answers.

use s3s::{S3Error, S3ErrorCode, s3_error};

use crate::local::FinishError;
use crate::{BUCKET, Error, Key};

/// The key a request names, if it names our bucket.
pub(super) fn key_in(bucket: &str, key: String) -> Result<Key, S3Error> {
    in_bucket(bucket)?;
    Key::parse(key).map_err(|problem| refusal(problem.into()))
}

/// Refuses any bucket but ours.
pub(super) fn in_bucket(bucket: &str) -> Result<(), S3Error> {
    if bucket == BUCKET { Ok(()) } else { Err(s3_error!(NoSuchBucket)) }
}

/// The answer to what the store did not do. What failed inside goes to the log only.
pub(super) fn refusal(error: Error) -> S3Error {
    match error {
        Error::NotFound => s3_error!(NoSuchKey),
        Error::Incomplete { .. } => s3_error!(IncompleteBody),
        Error::TooLarge => s3_error!(EntityTooLarge),
        Error::Changed => s3_error!(PreconditionFailed),
        Error::BadKey(problem) => s3_error!(InvalidArgument, "This key cannot be used: {problem}."),
        Error::Unavailable(cause) => match refused_body(cause.as_ref()) {
            Some(code) => S3Error::new(code),
            None => {
                tracing::error!(error = %cause, "the built-in store failed");
                s3_error!(InternalError)
            }
        },
    }
}

/// The answer to what the store did not do with an upload in parts.
pub(super) fn upload_refusal(error: Error) -> S3Error {
    match error {
        Error::NotFound => s3_error!(NoSuchUpload),
        other => refusal(other),
    }
}

/// The answer to parts that did not become an object.
pub(super) fn finish_refusal(error: FinishError) -> S3Error {
    match error {
        FinishError::Missing => s3_error!(InvalidPart),
        FinishError::Order => s3_error!(InvalidPartOrder),
        FinishError::TooSmall => s3_error!(EntityTooSmall),
        FinishError::Store(error) => upload_refusal(error),
    }
}

/// Why the body of an upload was refused while it was read, as [`super::body::checked`] puts it.
fn refused_body(cause: &(dyn std::error::Error + Send + Sync + 'static)) -> Option<S3ErrorCode> {
    let inside = cause.downcast_ref::<std::io::Error>()?.get_ref()?;
    inside.downcast_ref::<S3Error>().map(|error| error.code().clone())
}
