//! Operations on objects.

use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};

use http::header::ETAG;
use s3s::dto::*;
use s3s::{S3Error, S3Request, S3Result, s3_error};

use super::access::{grant_of, reaches};
use super::body::{checked, outgoing};
use super::refusal::{in_bucket, key_in, refusal};
use super::service::Service;
use crate::local::{Condition, Details, Record, Tag, content};
use crate::{Grant, Key};

/// The most user metadata in bytes, names and values together (an S3 limit).
const LARGEST_METADATA: usize = 2048;
/// The most keys deleted at once (an S3 limit).
const MOST_DELETED: usize = 1000;
/// What S3 takes an object for whose type was not told.
const UNKNOWN_TYPE: &str = "binary/octet-stream";

impl Service {
    pub(super) async fn put(&self, request: S3Request<PutObjectInput>) -> S3Result<PutObjectOutput> {
        let grant = grant_of(&request);
        let input = request.input;
        let key = key_in(&input.bucket, input.key)?;
        if input.write_offset_bytes.is_some() {
            return Err(s3_error!(NotImplemented, "Nothing is appended to objects."));
        }
        let condition = condition(input.if_match, input.if_none_match);
        refuse_encryption(input.sse_customer_algorithm.as_deref())?;
        let details = details(input.content_type, input.metadata)?;
        let length = length(input.content_length)?;
        self.fits(grant.as_ref(), length).await?;
        let body = checked(input.body, &request.headers, request.trailing_headers);
        let record = self.store.store(&key, details, length, condition, body).await.map_err(refusal)?;
        self.tell_stored(grant.as_ref(), || record.clone().into_info(key)).await?;
        Ok(PutObjectOutput { e_tag: Some(ETag::Strong(record.etag)), ..PutObjectOutput::default() })
    }

    pub(super) async fn get(&self, input: GetObjectInput) -> S3Result<GetObjectOutput> {
        let key = key_in(&input.bucket, input.key)?;
        let (file, record) = self.store.open_object(&key).await.map_err(refusal)?;
        let conditions = Conditions {
            matching: input.if_match,
            not_matching: input.if_none_match,
            since: input.if_modified_since,
            until: input.if_unmodified_since,
        };
        conditions.check(&record)?;

        let range = match input.range {
            None => 0..record.size,
            Some(range) => range.check(record.size).map_err(|_| s3_error!(InvalidRange))?,
        };
        let content_range = input.range.map(|_| {
            let last = range.end.saturating_sub(1);
            format!("bytes {}-{last}/{}", range.start, record.size)
        });
        let length = range.end - range.start;
        let body = content(file, range).await.map_err(refusal)?;
        Ok(GetObjectOutput {
            accept_ranges: Some("bytes".to_owned()),
            body: Some(outgoing(body, length)),
            content_length: Some(signed(length)),
            content_range,
            last_modified: Some(timestamp(record.modified)),
            e_tag: Some(ETag::Strong(record.etag)),
            content_type: Some(record.details.content_type),
            metadata: metadata(record.details.metadata),
            ..GetObjectOutput::default()
        })
    }

    pub(super) async fn head(&self, input: HeadObjectInput) -> S3Result<HeadObjectOutput> {
        let key = key_in(&input.bucket, input.key)?;
        let (_, record) = self.store.open_object(&key).await.map_err(refusal)?;
        let conditions = Conditions {
            matching: input.if_match,
            not_matching: input.if_none_match,
            since: input.if_modified_since,
            until: input.if_unmodified_since,
        };
        conditions.check(&record)?;
        Ok(HeadObjectOutput {
            accept_ranges: Some("bytes".to_owned()),
            content_length: Some(signed(record.size)),
            last_modified: Some(timestamp(record.modified)),
            e_tag: Some(ETag::Strong(record.etag)),
            content_type: Some(record.details.content_type),
            metadata: metadata(record.details.metadata),
            ..HeadObjectOutput::default()
        })
    }

    pub(super) async fn copy(&self, request: S3Request<CopyObjectInput>) -> S3Result<CopyObjectOutput> {
        let grant = grant_of(&request);
        let input = request.input;
        let destination = key_in(&input.bucket, input.key)?;
        let source = copied(grant.as_ref(), input.copy_source)?;
        let conditions = Conditions {
            matching: input.copy_source_if_match,
            not_matching: input.copy_source_if_none_match,
            since: input.copy_source_if_modified_since,
            until: input.copy_source_if_unmodified_since,
        };
        let condition = condition(input.if_match, input.if_none_match);
        refuse_encryption(input.sse_customer_algorithm.or(input.copy_source_sse_customer_algorithm).as_deref())?;

        let replace = input.metadata_directive.is_some_and(|how| how.as_str() == MetadataDirective::REPLACE);
        if source == destination && !replace {
            return Err(s3_error!(InvalidRequest, "A copy onto itself must change something."));
        }
        let details = replace.then(|| details(input.content_type, input.metadata)).transpose()?;
        let source = self.store.open_object(&source).await.map_err(refusal)?;
        conditions.check_source(&source.1)?;
        self.fits(grant.as_ref(), source.1.size).await?;
        let record = self.store.copy(source, &destination, details, condition).await.map_err(refusal)?;
        self.tell_stored(grant.as_ref(), || record.clone().into_info(destination)).await?;
        let result = CopyObjectResult {
            last_modified: Some(timestamp(record.modified)),
            e_tag: Some(ETag::Strong(record.etag)),
            ..CopyObjectResult::default()
        };
        Ok(CopyObjectOutput { copy_object_result: Some(result), ..CopyObjectOutput::default() })
    }

    pub(super) async fn delete(&self, request: S3Request<DeleteObjectInput>) -> S3Result<DeleteObjectOutput> {
        let grant = grant_of(&request);
        let input = request.input;
        let key = key_in(&input.bucket, input.key)?;
        let conditions = [
            input.if_match_size.is_some(),
            input.if_match_last_modified_time.is_some(),
            input.version_id.is_some_and(|version| version != "null"),
        ];
        if conditions.contains(&true) {
            return Err(s3_error!(NotImplemented, "Deletes are conditional by ETag alone, and there are no versions."));
        }
        self.remove(grant.as_ref(), &key, condition(input.if_match, None)).await?;
        Ok(DeleteObjectOutput::default())
    }

    async fn remove(&self, grant: Option<&Grant>, key: &Key, condition: Condition) -> S3Result<()> {
        self.store.remove(key, condition).await.map_err(refusal)?;
        self.tell_removed(grant, key).await
    }

    pub(super) async fn delete_many(&self, request: S3Request<DeleteObjectsInput>) -> S3Result<DeleteObjectsOutput> {
        let grant = grant_of(&request);
        let input = request.input;
        in_bucket(&input.bucket)?;
        if input.delete.objects.len() > MOST_DELETED {
            return Err(s3_error!(MalformedXML));
        }
        let (mut deleted, mut errors) = (Vec::new(), Vec::new());
        for object in input.delete.objects {
            let name = object.key;
            let conditions = [
                object.size.is_some(),
                object.last_modified_time.is_some(),
                object.version_id.is_some_and(|version| version != "null"),
            ];
            let gone = match Key::parse(name.clone()) {
                _ if conditions.contains(&true) => {
                    Err(s3_error!(NotImplemented, "Deletes are conditional by ETag alone, and there are no versions."))
                }
                Ok(key) => match reaches(grant.as_ref(), key.as_str()) {
                    Ok(()) => {
                        let expected = object.e_tag.map(ETagCondition::ETag);
                        self.remove(grant.as_ref(), &key, condition(expected, None)).await
                    }
                    Err(error) => Err(error),
                },
                Err(problem) => Err(refusal(problem.into())),
            };
            match gone {
                Ok(()) => deleted.push(DeletedObject { key: Some(name), ..DeletedObject::default() }),
                Err(error) => errors.push(Error {
                    code: Some(error.code().as_str().to_owned()),
                    message: error.message().map(str::to_owned),
                    key: Some(name),
                    version_id: None,
                }),
            }
        }
        let quiet = input.delete.quiet.unwrap_or(false);
        let deleted = Some(deleted).filter(|_| !quiet);
        Ok(DeleteObjectsOutput { deleted, errors: Some(errors), ..DeleteObjectsOutput::default() })
    }
}

/// The conditions of a read (RFC 9110, section 13).
pub(super) struct Conditions {
    pub matching: Option<ETagCondition>,
    pub not_matching: Option<ETagCondition>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

impl Conditions {
    /// For a copy, to which nobody is told that what they have is still good.
    pub fn check_source(&self, record: &Record) -> S3Result<()> {
        self.check(record).map_err(|_| s3_error!(PreconditionFailed))
    }

    fn check(&self, record: &Record) -> S3Result<()> {
        let names = |condition: &ETagCondition| match condition {
            ETagCondition::Any => true,
            ETagCondition::ETag(etag) => etag.value() == record.etag,
        };
        let modified = timestamp(record.modified);
        let failed = match &self.matching {
            Some(condition) => !names(condition),
            None => self.until.as_ref().is_some_and(|until| modified > *until),
        };
        let unchanged = match &self.not_matching {
            Some(condition) => names(condition),
            None => self.since.as_ref().is_some_and(|since| modified <= *since),
        };
        match (failed, unchanged) {
            (true, _) => Err(s3_error!(PreconditionFailed)),
            (false, true) => Err(not_modified(record)),
            (false, false) => Ok(()),
        }
    }
}

/// The condition of a change.
pub(super) fn condition(matching: Option<ETagCondition>, not_matching: Option<ETagCondition>) -> Condition {
    let tag = |condition| match condition {
        ETagCondition::Any => Tag::Any,
        ETagCondition::ETag(etag) => Tag::Is(etag.into_value()),
    };
    Condition { matching: matching.map(tag), not_matching: not_matching.map(tag) }
}

/// The object that a copy is made of, if it is within what is granted.
pub(super) fn copied(grant: Option<&Grant>, source: CopySource) -> S3Result<Key> {
    let CopySource::Bucket { bucket, key, version_id: None } = source else {
        return Err(s3_error!(NotImplemented, "Only objects of this bucket can be copied, as they are now."));
    };
    let source = key_in(&bucket, key.into_string())?;
    reaches(grant, source.as_str())?;
    Ok(source)
}

/// The answer to a reader whose copy is still good, with the ETag that says so.
fn not_modified(record: &Record) -> S3Error {
    let etag = ETag::Strong(record.etag.clone()).to_http_header();
    let mut error = s3_error!(NotModified);
    error.set_headers(etag.into_iter().map(|etag| (ETAG, etag)).collect());
    error
}

/// What a client says of an object, within S3's limits.
pub(super) fn details(content_type: Option<String>, metadata: Option<Metadata>) -> S3Result<Details> {
    let metadata: BTreeMap<_, _> = metadata.unwrap_or_default().into_iter().collect();
    let size: usize = metadata.iter().map(|(name, value)| name.len() + value.len()).sum();
    if size > LARGEST_METADATA {
        return Err(s3_error!(MetadataTooLarge));
    }
    let content_type = content_type.filter(|content_type| !content_type.is_empty());
    Ok(Details { content_type: content_type.unwrap_or_else(|| UNKNOWN_TYPE.to_owned()), metadata })
}

/// The announced length of a body, which must be there.
pub(super) fn length(announced: Option<i64>) -> S3Result<u64> {
    let announced = announced.ok_or_else(|| s3_error!(MissingContentLength))?;
    u64::try_from(announced).map_err(|_| s3_error!(InvalidArgument, "The length is negative."))
}

/// Refuses keys to encrypt with: storing without them in silence would be a lie.
pub(super) fn refuse_encryption(algorithm: Option<&str>) -> S3Result<()> {
    match algorithm {
        None => Ok(()),
        Some(_) => Err(s3_error!(NotImplemented, "Encryption with the client's keys is not supported.")),
    }
}

/// A size as the protocol has it.
pub(super) fn signed(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// A time as the protocol has it.
pub(super) fn timestamp(seconds: i64) -> Timestamp {
    (UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap_or(0))).into()
}

fn metadata(metadata: BTreeMap<String, String>) -> Option<Metadata> {
    (!metadata.is_empty()).then(|| metadata.into_iter().collect())
}
