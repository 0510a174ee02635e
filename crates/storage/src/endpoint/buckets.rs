//! Operations on the only bucket there is.

use s3s::dto::{
    Bucket, CreateBucketInput, CreateBucketOutput, GetBucketLocationInput, GetBucketLocationOutput,
    GetBucketVersioningInput, GetBucketVersioningOutput, HeadBucketInput, HeadBucketOutput, ListBucketsOutput,
    Timestamp,
};
use s3s::{S3Result, s3_error};

use super::refusal::in_bucket;
use super::service::Service;
use crate::BUCKET;

impl Service {
    pub(super) fn buckets(&self) -> S3Result<ListBucketsOutput> {
        let bucket = Bucket {
            name: Some(BUCKET.to_owned()),
            // Clients insist on a date; when the folder was made is not known everywhere.
            creation_date: Some(Timestamp::default()),
            ..Bucket::default()
        };
        Ok(ListBucketsOutput { buckets: Some(vec![bucket]), ..ListBucketsOutput::default() })
    }

    pub(super) fn bucket(&self, input: &HeadBucketInput) -> S3Result<HeadBucketOutput> {
        in_bucket(&input.bucket)?;
        Ok(HeadBucketOutput::default())
    }

    /// Clients make the bucket before they put something into it, and go on when it is theirs already.
    pub(super) fn new_bucket(&self, input: &CreateBucketInput) -> S3Result<CreateBucketOutput> {
        match in_bucket(&input.bucket) {
            Ok(()) => Err(s3_error!(BucketAlreadyOwnedByYou)),
            Err(_) => Err(s3_error!(AccessDenied, "There is one bucket, {BUCKET}.")),
        }
    }

    pub(super) fn bucket_location(&self, input: &GetBucketLocationInput) -> S3Result<GetBucketLocationOutput> {
        in_bucket(&input.bucket)?;
        Ok(GetBucketLocationOutput::default())
    }

    /// Objects have no versions.
    pub(super) fn versioning(&self, input: &GetBucketVersioningInput) -> S3Result<GetBucketVersioningOutput> {
        in_bucket(&input.bucket)?;
        Ok(GetBucketVersioningOutput::default())
    }
}
