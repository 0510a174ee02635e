//! Operations on the only bucket there is.

use s3s::S3Result;
use s3s::dto::{
    Bucket, GetBucketLocationInput, GetBucketLocationOutput, HeadBucketInput, HeadBucketOutput, ListBucketsOutput,
    Timestamp,
};

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

    pub(super) fn bucket_location(&self, input: &GetBucketLocationInput) -> S3Result<GetBucketLocationOutput> {
        in_bucket(&input.bucket)?;
        Ok(GetBucketLocationOutput::default())
    }
}
