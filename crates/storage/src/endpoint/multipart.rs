//! Uploads in parts.

use s3s::dto::*;
use s3s::{S3Request, S3Result, s3_error};

use super::access::{grant_of, reaches};
use super::body::checked;
use super::objects::{Conditions, condition, copied, details, length, refuse_encryption, signed, timestamp};
use super::refusal::{finish_refusal, in_bucket, key_in, refusal, upload_refusal};
use super::service::Service;
use crate::local::{Chosen, Record, Upload, content};
use crate::{Body, Grant, Key};

/// The most parts of one upload (an S3 limit).
const MOST_PARTS: i32 = 10_000;
/// The most parts of one listing (an S3 limit).
const MOST_LISTED: i32 = 1000;

impl Service {
    pub(super) async fn begin(
        &self,
        request: S3Request<CreateMultipartUploadInput>,
    ) -> S3Result<CreateMultipartUploadOutput> {
        let grant = grant_of(&request);
        let input = request.input;
        let key = key_in(&input.bucket, input.key)?;
        refuse_encryption(input.sse_customer_algorithm.as_deref())?;
        let details = details(input.content_type, input.metadata)?;
        self.fits(grant.as_ref(), 0).await?;
        let upload_id = self.store.begin_upload(&key, details).await.map_err(refusal)?;
        Ok(CreateMultipartUploadOutput {
            bucket: Some(input.bucket),
            key: Some(key.into()),
            upload_id: Some(upload_id),
            ..CreateMultipartUploadOutput::default()
        })
    }

    pub(super) async fn part(&self, request: S3Request<UploadPartInput>) -> S3Result<UploadPartOutput> {
        let grant = grant_of(&request);
        let input = request.input;
        let key = key_in(&input.bucket, input.key)?;
        let length = length(input.content_length)?;
        let body = checked(input.body, &request.headers, request.trailing_headers);
        let record = self.take_part(grant.as_ref(), &key, &input.upload_id, input.part_number, length, body).await?;
        Ok(UploadPartOutput { e_tag: Some(ETag::Strong(record.etag)), ..UploadPartOutput::default() })
    }

    pub(super) async fn part_copy(&self, request: S3Request<UploadPartCopyInput>) -> S3Result<UploadPartCopyOutput> {
        let grant = grant_of(&request);
        let input = request.input;
        let key = key_in(&input.bucket, input.key)?;
        refuse_encryption(input.sse_customer_algorithm.or(input.copy_source_sse_customer_algorithm).as_deref())?;
        let source = copied(grant.as_ref(), input.copy_source)?;
        let (file, record) = self.store.open_object(&source).await.map_err(refusal)?;
        let conditions = Conditions {
            matching: input.copy_source_if_match,
            not_matching: input.copy_source_if_none_match,
            since: input.copy_source_if_modified_since,
            until: input.copy_source_if_unmodified_since,
        };
        conditions.check_source(&record)?;
        let range = match input.copy_source_range.as_deref().map(Range::parse) {
            None => 0..record.size,
            Some(Ok(range)) => range.check(record.size).map_err(|_| s3_error!(InvalidRange))?,
            Some(Err(_)) => return Err(s3_error!(InvalidArgument, "A range is bytes=first-last.")),
        };
        let length = range.end - range.start;
        let body = content(file, range).await.map_err(refusal)?;
        let record = self.take_part(grant.as_ref(), &key, &input.upload_id, input.part_number, length, body).await?;
        let result = CopyPartResult {
            last_modified: Some(timestamp(record.modified)),
            e_tag: Some(ETag::Strong(record.etag)),
            ..CopyPartResult::default()
        };
        Ok(UploadPartCopyOutput { copy_part_result: Some(result), ..UploadPartCopyOutput::default() })
    }

    async fn take_part(
        &self,
        grant: Option<&Grant>,
        key: &Key,
        id: &str,
        number: i32,
        length: u64,
        body: Body,
    ) -> S3Result<Record> {
        if !(1..=MOST_PARTS).contains(&number) {
            return Err(s3_error!(InvalidArgument, "Part numbers are 1 to 10000."));
        }
        // With what has come of the object before, so that no upload holds more than may ever become of it.
        let others = self.store.other_parts(key, id, number).await.map_err(upload_refusal)?;
        self.fits(grant, others.saturating_add(length)).await?;
        self.store.put_part(key, id, number, length, body).await.map_err(upload_refusal)
    }

    pub(super) async fn parts(&self, input: ListPartsInput) -> S3Result<ListPartsOutput> {
        let key = key_in(&input.bucket, input.key)?;
        let after = input.part_number_marker.unwrap_or(0);
        let most = input.max_parts.unwrap_or(MOST_LISTED).clamp(1, MOST_LISTED);

        let mut parts = self.store.parts(&key, &input.upload_id).await.map_err(upload_refusal)?;
        parts.retain(|(number, _)| *number > after);
        let more = i32::try_from(parts.len()).unwrap_or(i32::MAX) > most;
        parts.truncate(usize::try_from(most).unwrap_or(0));
        let last = parts.last().map(|(number, _)| *number);
        let parts = parts.into_iter().map(|(number, record)| Part {
            part_number: Some(number),
            size: Some(signed(record.size)),
            last_modified: Some(timestamp(record.modified)),
            e_tag: Some(ETag::Strong(record.etag)),
            ..Part::default()
        });
        Ok(ListPartsOutput {
            bucket: Some(input.bucket),
            key: Some(key.into()),
            upload_id: Some(input.upload_id),
            parts: Some(parts.collect()),
            part_number_marker: Some(after),
            next_part_number_marker: last.filter(|_| more),
            max_parts: Some(most),
            is_truncated: Some(more),
            ..ListPartsOutput::default()
        })
    }

    /// The uploads under way, by key. All of one answer: there are few, and each is forgotten after a week.
    pub(super) async fn uploads(
        &self,
        request: S3Request<ListMultipartUploadsInput>,
    ) -> S3Result<ListMultipartUploadsOutput> {
        let grant = grant_of(&request);
        let input = request.input;
        in_bucket(&input.bucket)?;
        if input.delimiter.is_some() {
            return Err(s3_error!(NotImplemented, "Uploads under way are listed without a delimiter."));
        }
        let prefix = input.prefix.clone().unwrap_or_default();
        let after = (input.key_marker.clone().unwrap_or_default(), input.upload_id_marker.clone());
        let most = input.max_uploads.unwrap_or(MOST_LISTED).clamp(1, MOST_LISTED);
        let mut uploads = self.store.uploads().await.map_err(refusal)?;
        uploads.retain(|Upload { key, id, .. }| {
            let follows = match &after {
                (marker, Some(last)) => (key.as_str(), id.as_str()) > (marker.as_str(), last.as_str()),
                (marker, None) => key.as_str() > marker.as_str(),
            };
            key.as_str().starts_with(&prefix) && reaches(grant.as_ref(), key.as_str()).is_ok() && follows
        });
        let more = i32::try_from(uploads.len()).unwrap_or(i32::MAX) > most;
        uploads.truncate(usize::try_from(most).unwrap_or(0));
        let last = uploads.last().filter(|_| more).map(|upload| (upload.key.to_string(), upload.id.clone()));
        let (next_key, next_id) = last.unzip();
        let uploads = uploads.into_iter().map(|Upload { key, id, begun }| MultipartUpload {
            key: Some(key.into()),
            upload_id: Some(id),
            initiated: Some(timestamp(begun)),
            storage_class: Some(StorageClass::from_static(StorageClass::STANDARD)),
            ..MultipartUpload::default()
        });
        Ok(ListMultipartUploadsOutput {
            bucket: Some(input.bucket),
            prefix: input.prefix,
            key_marker: input.key_marker,
            upload_id_marker: input.upload_id_marker,
            max_uploads: Some(most),
            uploads: Some(uploads.collect()),
            is_truncated: Some(more),
            next_key_marker: next_key,
            next_upload_id_marker: next_id,
            ..ListMultipartUploadsOutput::default()
        })
    }

    pub(super) async fn complete(
        &self,
        request: S3Request<CompleteMultipartUploadInput>,
    ) -> S3Result<CompleteMultipartUploadOutput> {
        let grant = grant_of(&request);
        let input = request.input;
        let key = key_in(&input.bucket, input.key)?;
        let condition = condition(input.if_match, input.if_none_match);
        let named = input.multipart_upload.and_then(|upload| upload.parts).unwrap_or_default();
        let chosen = named.into_iter().map(|part| -> S3Result<Chosen> {
            let number = part.part_number.ok_or_else(|| s3_error!(MalformedXML))?;
            Ok(Chosen { number, etag: part.e_tag.map(ETag::into_value) })
        });
        let chosen = chosen.collect::<S3Result<Vec<_>>>()?;
        let room = self.room(grant.as_ref()).await?;
        let finished = self.store.finish_upload(&key, &input.upload_id, chosen, room, condition).await;
        let record = finished.map_err(finish_refusal)?;
        self.tell_stored(grant.as_ref(), || record.clone().into_info(key.clone())).await?;
        Ok(CompleteMultipartUploadOutput {
            bucket: Some(input.bucket),
            key: Some(key.into()),
            e_tag: Some(ETag::Strong(record.etag)),
            ..CompleteMultipartUploadOutput::default()
        })
    }

    pub(super) async fn abort(&self, input: AbortMultipartUploadInput) -> S3Result<AbortMultipartUploadOutput> {
        let key = key_in(&input.bucket, input.key)?;
        self.store.abort_upload(&key, &input.upload_id).await.map_err(upload_refusal)?;
        Ok(AbortMultipartUploadOutput::default())
    }
}
