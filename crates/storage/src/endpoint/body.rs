//! Bodies between the protocol and the store.

use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures::stream::{self, Stream};
use futures::{StreamExt, TryStreamExt};
use http::HeaderMap;
use s3s::checksum::ChecksumHasher;
use s3s::crypto::Checksum;
use s3s::dto::StreamingBlob;
use s3s::stream::aws_chunked_stream::AwsChunkedStreamError;
use s3s::stream::upload_stream::UploadStreamError;
use s3s::stream::{ByteStream, RemainingLength};
use s3s::{BodySizeLimitExceeded, S3ErrorCode, S3Result, StdError, TrailingHeaders, s3_error};

use crate::Body;

/// The bytes of an upload. Its stream fails, so that nothing is stored, when a checksum the client sent does not
/// match: `Content-MD5` or `x-amz-checksum-…`, in the headers or after the body.
pub(super) fn checked(blob: Option<StreamingBlob>, headers: &HeaderMap, trailers: Option<TrailingHeaders>) -> Body {
    let Some(blob) = blob else { return stream::empty().boxed() };
    let start = (blob, Checksums::announced(headers, trailers));
    stream::try_unfold(start, |(mut blob, mut checksums)| async move {
        match blob.try_next().await {
            Ok(Some(bytes)) => {
                checksums.hasher.update(&bytes);
                Ok(Some((bytes, (blob, checksums))))
            }
            Ok(None) => checksums.verify().map(|()| None).map_err(io::Error::other),
            Err(error) => Err(io::Error::other(s3s::S3Error::new(broken(error.as_ref())))),
        }
    })
    .boxed()
}

/// What to answer to a body that could not be read to its end.
fn broken(error: &(dyn std::error::Error + Send + Sync + 'static)) -> S3ErrorCode {
    let code = if let Some(error) = error.downcast_ref::<UploadStreamError>() {
        error.to_s3_error_code()
    } else if let Some(error) = error.downcast_ref::<AwsChunkedStreamError>() {
        error.to_s3_error_code()
    } else if error.is::<BodySizeLimitExceeded>() {
        S3ErrorCode::EntityTooLarge
    } else {
        S3ErrorCode::IncompleteBody
    };
    if code == S3ErrorCode::InternalError { S3ErrorCode::IncompleteBody } else { code }
}

/// The checksums a client sent, and ours of the same kinds.
struct Checksums {
    hasher: ChecksumHasher,
    sent: HeaderMap,
    trailers: Option<TrailingHeaders>,
}

impl Checksums {
    fn announced(headers: &HeaderMap, trailers: Option<TrailingHeaders>) -> Self {
        let after = headers.get("x-amz-trailer").and_then(|names| names.to_str().ok()).unwrap_or_default();
        let announced = |name: &str| {
            headers.contains_key(name) || after.split(',').any(|other| other.trim().eq_ignore_ascii_case(name))
        };
        let hasher = ChecksumHasher {
            md5: headers.contains_key("content-md5").then(Checksum::new),
            crc32: announced("x-amz-checksum-crc32").then(Checksum::new),
            crc32c: announced("x-amz-checksum-crc32c").then(Checksum::new),
            crc64nvme: announced("x-amz-checksum-crc64nvme").then(Checksum::new),
            sha1: announced("x-amz-checksum-sha1").then(Checksum::new),
            sha256: announced("x-amz-checksum-sha256").then(Checksum::new),
            ..ChecksumHasher::default()
        };
        Self { hasher, sent: headers.clone(), trailers }
    }

    fn verify(self) -> S3Result<()> {
        let mut sent = self.sent;
        sent.extend(self.trailers.and_then(|trailers| trailers.take()).unwrap_or_default());
        let ours = self.hasher.finalize();
        let pairs = [
            ("content-md5", ours.checksum_md5),
            ("x-amz-checksum-crc32", ours.checksum_crc32),
            ("x-amz-checksum-crc32c", ours.checksum_crc32c),
            ("x-amz-checksum-crc64nvme", ours.checksum_crc64nvme),
            ("x-amz-checksum-sha1", ours.checksum_sha1),
            ("x-amz-checksum-sha256", ours.checksum_sha256),
        ];
        for (name, ours) in pairs {
            if let Some(ours) = ours
                && sent.get(name).is_none_or(|theirs| theirs.as_bytes() != ours.as_bytes())
            {
                return Err(s3_error!(BadDigest));
            }
        }
        Ok(())
    }
}

/// An object's bytes as the protocol's body, which has to be `Sync` and to know its length.
pub(super) fn outgoing(body: Body, length: u64) -> StreamingBlob {
    let left = usize::try_from(length).unwrap_or(usize::MAX);
    StreamingBlob::new(Outgoing { body: Mutex::new(body), left })
}

struct Outgoing {
    /// Never locked: only to be `Sync`.
    body: Mutex<Body>,
    left: usize,
}

impl Stream for Outgoing {
    type Item = Result<Bytes, StdError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let body = this.body.get_mut().unwrap_or_else(PoisonError::into_inner);
        let chunk = ready!(body.poll_next_unpin(context));
        if let Some(Ok(bytes)) = &chunk {
            this.left = this.left.saturating_sub(bytes.len());
        }
        Poll::Ready(chunk.map(|chunk| chunk.map_err(StdError::from)))
    }
}

impl ByteStream for Outgoing {
    fn remaining_length(&self) -> RemainingLength {
        RemainingLength::new_exact(self.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(headers: &[(&'static str, &'static str)]) -> io::Result<Vec<Bytes>> {
        let headers = headers
            .iter()
            .map(|&(name, value)| (http::HeaderName::from_static(name), http::HeaderValue::from_static(value)));
        let blob = StreamingBlob::from_bytes(Bytes::from_static(b"hello"));
        checked(Some(blob), &headers.collect(), None).try_collect().await
    }

    #[tokio::test]
    async fn matching_checksums_let_the_bytes_through() {
        let md5 = ("content-md5", "XUFAKrxLKna5cZ2REBfFkg==");
        let crc32 = ("x-amz-checksum-crc32", "NhCmhg==");
        assert_eq!(read(&[md5, crc32]).await.unwrap(), ["hello"]);
        assert_eq!(read(&[]).await.unwrap(), ["hello"]);
    }

    #[tokio::test]
    async fn another_checksum_or_a_missing_one_fails_the_body() {
        assert!(read(&[("content-md5", "AAAAAAAAAAAAAAAAAAAAAA==")]).await.is_err());
        assert!(read(&[("x-amz-checksum-sha256", "nonsense")]).await.is_err());
        assert!(read(&[("x-amz-trailer", "x-amz-checksum-crc32")]).await.is_err());
    }
}
