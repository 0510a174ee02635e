//! Who may do what: the store's own key pair everything, whoever else has an access key what it grants.

use std::sync::Arc;

use async_trait::async_trait;
use s3s::access::{S3Access, S3AccessContext};
use s3s::auth::{S3Auth, SecretKey};
use s3s::{S3Error, S3ErrorCode, S3Request, S3Result, s3_error};

use super::refusal::refusal;
use super::service::Service;
use crate::{Grant, Key, KeyPair, Keyring, ObjectInfo};

/// What an operation does with what it names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Read,
    Write,
    Both,
    /// It tells nothing that anyone could not know, or is not there.
    Nothing,
}

/// Operations on a bucket are looked at again where the keys in them are known.
fn need(operation: &str) -> Need {
    match operation {
        "GetObject" | "HeadObject" | "ListObjects" | "ListObjectsV2" => Need::Read,
        "PutObject" | "DeleteObject" | "DeleteObjects" => Need::Write,
        "CreateMultipartUpload" | "UploadPart" | "CompleteMultipartUpload" | "AbortMultipartUpload" => Need::Write,
        "ListParts" | "ListMultipartUploads" => Need::Write,
        "CopyObject" | "UploadPartCopy" => Need::Both,
        _ => Need::Nothing,
    }
}

pub(super) struct Access {
    pub own: KeyPair,
    pub keyring: Option<Arc<dyn Keyring>>,
}

impl Access {
    async fn grant(&self, access_key: &str) -> S3Result<Grant> {
        let grant = match &self.keyring {
            Some(keyring) => keyring.grant(access_key).await.map_err(refusal)?,
            None => None,
        };
        grant.ok_or_else(|| s3_error!(InvalidAccessKeyId))
    }
}

#[async_trait]
impl S3Auth for Access {
    async fn get_secret_key(&self, access_key: &str) -> S3Result<SecretKey> {
        if access_key == self.own.access_key {
            return Ok(SecretKey::from(self.own.secret_key.as_str()));
        }
        Ok(SecretKey::from(self.grant(access_key).await?.secret_key))
    }
}

#[async_trait]
impl S3Access for Access {
    async fn check(&self, request: &mut S3AccessContext<'_>) -> S3Result<()> {
        let credentials = request.credentials().ok_or_else(|| s3_error!(AccessDenied, "Sign the request."))?;
        if credentials.access_key == self.own.access_key {
            return Ok(());
        }
        let grant = self.grant(&credentials.access_key).await?;
        let need = need(request.s3_op().name());
        if matches!(need, Need::Read | Need::Both) && !grant.reads {
            return Err(s3_error!(AccessDenied, "This access key may not read."));
        }
        if matches!(need, Need::Write | Need::Both) && !grant.writes {
            return Err(s3_error!(AccessDenied, "This access key may not write."));
        }
        if let Some((_, key)) = request.s3_path().as_object() {
            reaches(Some(&grant), key)?;
        }
        request.extensions_mut().insert(grant);
        Ok(())
    }
}

/// Whether a key is within what is granted; everything is to the store itself.
pub(super) fn reaches(grant: Option<&Grant>, key: &str) -> S3Result<()> {
    match grant {
        Some(grant) if !grant.covers(key) => {
            Err(s3_error!(AccessDenied, "This access key is for what begins with {}.", grant.prefix))
        }
        _ => Ok(()),
    }
}

/// What was granted to whoever asks; nothing to say of the store itself.
pub(super) fn grant_of<T>(request: &S3Request<T>) -> Option<Grant> {
    request.extensions.get::<Grant>().cloned()
}

impl Service {
    /// Whether an object of so many bytes may be stored now.
    pub(super) async fn fits(&self, grant: Option<&Grant>, size: u64) -> S3Result<()> {
        match grant {
            _ if size <= self.room(grant).await? => Ok(()),
            Some(_) => Err(no_room()),
            None => Err(s3_error!(EntityTooLarge)),
        }
    }

    /// The largest object in bytes that may be stored now.
    pub(super) async fn room(&self, grant: Option<&Grant>) -> S3Result<u64> {
        match (grant, &self.keyring) {
            (Some(grant), Some(keyring)) => keyring.room(&grant.access_key).await.map_err(refusal),
            _ => Ok(self.store.max_object()),
        }
    }

    /// Tells of an object that somebody else than the store itself has stored.
    pub(super) async fn tell_stored(&self, grant: Option<&Grant>, object: impl FnOnce() -> ObjectInfo) -> S3Result<()> {
        match (grant, &self.keyring) {
            (Some(_), Some(keyring)) => keyring.stored(&object()).await.map_err(refusal),
            _ => Ok(()),
        }
    }

    pub(super) async fn tell_removed(&self, grant: Option<&Grant>, key: &Key) -> S3Result<()> {
        match (grant, &self.keyring) {
            (Some(_), Some(keyring)) => keyring.removed(key).await.map_err(refusal),
            _ => Ok(()),
        }
    }
}

/// There is less room than an object needs.
fn no_room() -> S3Error {
    let mut error = S3Error::with_message(
        S3ErrorCode::Custom("QuotaExceeded".into()),
        "There is no room for this object: remove others, or ask for more storage.",
    );
    error.set_status_code(http::StatusCode::FORBIDDEN);
    error
}
