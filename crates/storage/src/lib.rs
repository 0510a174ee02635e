//! Object store (S3/R2, and the built-in one) and key-value store, behind two small traits.
//!
//! [`ObjectStore`] is what the rest of the library knows. [`S3Store`] talks to a bucket elsewhere, [`LocalStore`]
//! keeps files under one folder of this machine. Both answer presigned URLs, so a browser talks to the store itself:
//! for the built-in store that is the site's own address, where [`endpoint()`] speaks the S3 protocol.
//!
//! [`DiskCache`] keeps on this machine what can be made again.
//!
//! [`KeyValue`] keeps what is short-lived. [`RedisStore`] is shared by several servers; the built-in one, which uses
//! the database, is in `domain`.

use std::ops::Range;
use std::time::Duration;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use futures::stream::{self, BoxStream};
use futures::{StreamExt, TryStreamExt};
use url::Url;

mod disk_cache;
mod endpoint;
mod error;
mod key;
mod key_pair;
pub mod key_value;
mod keyring;
mod local;
mod redis;
mod s3;
mod sdk;

pub use disk_cache::DiskCache;
pub use endpoint::{Endpoint, EndpointBody, endpoint, is_s3_request};
pub use error::{Error, Result};
pub use key::{Key, KeyProblem};
pub use key_pair::KeyPair;
pub use key_value::KeyValue;
pub use keyring::{Grant, Keyring};
pub use local::{BUCKET, LocalStore};
pub use s3::{S3Config, S3Store};

// There is a crate of this name, too.
pub use self::redis::RedisStore;

/// The bytes of an object on their way in or out.
pub type Body = BoxStream<'static, std::io::Result<Bytes>>;

/// A [`Body`] of bytes that are already in memory.
pub fn once(bytes: impl Into<Bytes>) -> Body {
    let bytes = bytes.into();
    stream::once(async move { Ok(bytes) }).boxed()
}

/// Where pictures and everything made from them are kept.
#[async_trait]
pub trait ObjectStore: Send + Sync {
    /// Stores an object, in place of the one that may be there. Either the whole of it becomes visible or nothing.
    ///
    /// With a `length` in bytes, a body of another length is refused with [`Error::Incomplete`]. A body that fails
    /// on the way is [`Error::Unavailable`] with the cause inside.
    async fn put(&self, key: &Key, content_type: &str, length: Option<u64>, body: Body) -> Result<ObjectInfo>;

    /// An object and its bytes, or those within `range`: clamped to the object, so a range beyond its end is empty.
    async fn get(&self, key: &Key, range: Option<Range<u64>>) -> Result<Object>;

    /// What is known of an object without its bytes.
    async fn head(&self, key: &Key) -> Result<ObjectInfo>;

    /// Removes an object. Removing what is not there is fine.
    async fn delete(&self, key: &Key) -> Result<()>;

    /// At most `limit` objects whose key starts with `prefix` and comes after `after`, in UTF-8 byte order of keys.
    async fn list(&self, prefix: &str, after: Option<&Key>, limit: usize) -> Result<Listing>;

    /// An address to which anyone may PUT this one object until it expires.
    async fn presign_put(&self, key: &Key, wanted: &PresignPut<'_>) -> Result<Url>;

    /// An address from which anyone may GET this one object until it expires.
    async fn presign_get(&self, key: &Key, wanted: &PresignGet<'_>) -> Result<Url>;

    /// The `scheme://host` of presigned URLs, for the site's content security policy; `None` when they are on the
    /// site's own origin.
    fn direct_origin(&self) -> Option<String>;
}

/// What is known of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectInfo {
    /// Its name.
    pub key: Key,
    /// Size of the whole object in bytes, also when only a range of it was asked for.
    pub size: u64,
    /// Changes whenever the bytes do; without quotes. The MD5 of the bytes in hexadecimal, unless the object arrived
    /// in parts.
    pub etag: String,
    /// Media type it was stored with. Empty in the listings of an [`S3Store`]: the protocol does not tell it there.
    pub content_type: String,
    /// When it was stored, in Unix seconds.
    pub modified: i64,
}

/// An object being read.
pub struct Object {
    /// What is known of it.
    pub info: ObjectInfo,
    /// Its bytes, or those of the range.
    pub body: Body,
}

impl Object {
    /// All bytes of the body in memory, or [`Error::TooLarge`] when there are more than `limit`.
    pub async fn into_bytes(mut self, limit: usize) -> Result<Bytes> {
        // As large as it says to be, but no larger than it may be.
        let said = usize::try_from(self.info.size).unwrap_or(limit);
        let mut bytes = BytesMut::with_capacity(said.min(limit));
        while let Some(chunk) = self.body.try_next().await.map_err(Error::unavailable)? {
            if bytes.len() + chunk.len() > limit {
                return Err(Error::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }
}

/// One page of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The objects, in key order.
    pub objects: Vec<ObjectInfo>,
    /// Whether there are further objects after these.
    pub more: bool,
}

/// What a presigned upload may send.
#[derive(Clone, Copy, Debug)]
pub struct PresignPut<'a> {
    /// The `Content-Type` header it has to carry.
    pub content_type: &'a str,
    /// The only size in bytes that is accepted; `None` accepts any.
    pub length: Option<u64>,
    /// From now; at most seven days (a limit of SigV4).
    pub expires: Duration,
    /// The site's own address: where the built-in store is reached. Not used by [`S3Store`].
    pub origin: &'a Url,
}

/// How a presigned download is answered.
#[derive(Clone, Copy, Debug)]
pub struct PresignGet<'a> {
    /// From now; at most seven days (a limit of SigV4).
    pub expires: Duration,
    /// The `Content-Disposition` header of the answer.
    pub content_disposition: Option<&'a str>,
    /// The site's own address: where the built-in store is reached. Not used by [`S3Store`].
    pub origin: &'a Url,
}

/// The part of `range` that an object of `size` bytes has.
fn clamp(range: Option<Range<u64>>, size: u64) -> Range<u64> {
    let Some(range) = range else { return 0..size };
    let end = range.end.min(size);
    range.start.min(end)..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_clamped_to_the_object() {
        assert_eq!(clamp(None, 10), 0..10);
        assert_eq!(clamp(Some(2..5), 10), 2..5);
        assert_eq!(clamp(Some(8..90), 10), 8..10);
        assert_eq!(clamp(Some(90..95), 10), 10..10);
        assert_eq!(clamp(Some(0..1), 0), 0..0);
    }

    #[test]
    fn a_range_that_ends_before_it_starts_is_empty() {
        let (start, end) = (7, 3);
        assert!(clamp(Some(start..end), 10).is_empty());
    }
}
