//! A bucket elsewhere: R2, S3, MinIO and their like, through the AWS SDK.

use std::fmt;
use std::io;
use std::ops::Range;
use std::time::{SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::{ByteStream, DateTime};
use futures::{StreamExt, stream};
use url::{Host, Url};

use crate::sdk::{self, failure};
use crate::{
    Body, Error, Key, KeyPair, Listing, Object, ObjectInfo, ObjectStore, PresignGet, PresignPut, Result, once,
};

mod spool;

use spool::Spool;

/// The most objects of one answer (an S3 limit).
const MOST_LISTED: usize = 1000;

/// Where the bucket is and who may use it.
#[derive(Clone)]
pub struct S3Config {
    /// Address of the service, such as R2's `https://<account>.r2.cloudflarestorage.com`; `None` is AWS.
    pub endpoint: Option<Url>,
    /// Its region; `auto` for R2.
    pub region: String,
    /// Name of the bucket.
    pub bucket: String,
    /// Access key of a pair that may read and write objects of this bucket; it needs nothing else.
    pub access_key: String,
    /// Secret of that pair.
    pub secret_key: String,
    /// Whether the bucket is named in the path rather than in the host.
    pub path_style: bool,
    /// The largest object that is stored through the program, in bytes.
    pub max_object: u64,
}

impl fmt::Debug for S3Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Config")
            .field("endpoint", &self.endpoint.as_ref().map(Url::as_str))
            .field("region", &self.region)
            .field("bucket", &self.bucket)
            .field("access_key", &self.access_key)
            .field("path_style", &self.path_style)
            .finish_non_exhaustive()
    }
}

impl S3Config {
    /// `scheme://host` of the bucket's objects, by the SDK's rules.
    fn origin(&self) -> String {
        let Some(endpoint) = &self.endpoint else {
            let domain = if self.region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
            let service = format!("s3.{}.{domain}", self.region);
            let by_path = self.path_style || self.bucket.contains('.');
            return if by_path { format!("https://{service}") } else { format!("https://{}.{service}", self.bucket) };
        };
        // Certificates are not valid for further dots, and addresses have no names below them.
        let dots = self.bucket.contains('.') && endpoint.scheme() != "http";
        match endpoint.host() {
            Some(Host::Domain(host)) if !self.path_style && !dots => {
                let port = endpoint.port().map(|port| format!(":{port}")).unwrap_or_default();
                format!("{}://{}.{host}{port}", endpoint.scheme(), self.bucket)
            }
            _ => endpoint.origin().ascii_serialization(),
        }
    }
}

/// A bucket of an S3 service.
#[derive(Debug)]
pub struct S3Store {
    client: Client,
    bucket: String,
    origin: String,
    max_object: u64,
}

impl S3Store {
    /// A store on this bucket. Nothing is sent yet: a wrong setting shows at the first use.
    pub fn new(config: S3Config) -> Self {
        let origin = config.origin();
        let S3Config { endpoint, region, bucket, access_key, secret_key, path_style, max_object } = config;
        let endpoint = endpoint.as_ref().map(|url| url.as_str().trim_end_matches('/'));
        let client = sdk::client(endpoint, &region, &KeyPair { access_key, secret_key }, path_style);
        Self { client, bucket, origin, max_object }
    }

    /// An object of which no byte is wanted: services refuse ranges without any.
    async fn nothing_of(&self, key: &Key) -> Result<Object> {
        Ok(Object { info: self.head(key).await?, body: once("") })
    }
}

#[async_trait]
impl ObjectStore for S3Store {
    /// Gathers the body first, the greater part of a large one in a temporary file: what is sent then is known to be
    /// whole, has a known length as the protocol demands, and can be sent again when the service falters. One object
    /// has at most 5 GiB this way (an S3 limit).
    async fn put(&self, key: &Key, content_type: &str, length: Option<u64>, body: Body) -> Result<ObjectInfo> {
        let spool = Spool::receive(body, length, self.max_object).await?;
        let size = spool.size();
        let request = self.client.put_object().bucket(&self.bucket).key(key.as_str()).content_type(content_type);
        let request = request.content_length(i64::try_from(size).map_err(|_| Error::TooLarge)?);
        let answer = request.body(spool.stream().await?).send().await.map_err(failure)?;
        Ok(ObjectInfo {
            key: key.clone(),
            size,
            etag: unquoted(answer.e_tag()),
            content_type: content_type.to_owned(),
            modified: now(),
        })
    }

    async fn get(&self, key: &Key, range: Option<Range<u64>>) -> Result<Object> {
        if range.as_ref().is_some_and(Range::is_empty) {
            return self.nothing_of(key).await;
        }
        let range = range.map(|range| format!("bytes={}-{}", range.start, range.end - 1));
        let request = self.client.get_object().bucket(&self.bucket).key(key.as_str()).set_range(range);
        let answer = match request.send().await {
            Err(error) if sdk::status(&error) == Some(416) => return self.nothing_of(key).await,
            answer => answer.map_err(failure)?,
        };
        let whole = answer.content_range.as_deref().and_then(|range| range.rsplit_once('/')?.1.parse::<u64>().ok());
        let info = ObjectInfo {
            key: key.clone(),
            size: whole.map_or_else(|| size(answer.content_length), Ok)?,
            etag: unquoted(answer.e_tag.as_deref()),
            content_type: answer.content_type.unwrap_or_default(),
            modified: seconds(answer.last_modified.as_ref()),
        };
        Ok(Object { info, body: incoming(answer.body) })
    }

    async fn head(&self, key: &Key) -> Result<ObjectInfo> {
        let request = self.client.head_object().bucket(&self.bucket).key(key.as_str());
        let answer = request.send().await.map_err(failure)?;
        Ok(ObjectInfo {
            key: key.clone(),
            size: size(answer.content_length())?,
            etag: unquoted(answer.e_tag()),
            content_type: answer.content_type().unwrap_or_default().to_owned(),
            modified: seconds(answer.last_modified()),
        })
    }

    async fn delete(&self, key: &Key) -> Result<()> {
        let request = self.client.delete_object().bucket(&self.bucket).key(key.as_str());
        match request.send().await.map_err(failure) {
            Ok(_) | Err(Error::NotFound) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Leaves out objects whose names are not keys to us, such as the `folder/` markers some clients make.
    async fn list(&self, prefix: &str, after: Option<&Key>, limit: usize) -> Result<Listing> {
        let mut after = after.map(Key::to_string);
        let mut listing = Listing { objects: Vec::new(), more: true };
        while listing.more && listing.objects.len() < limit {
            let most = (limit - listing.objects.len()).min(MOST_LISTED);
            let request = self
                .client
                .list_objects_v2()
                .bucket(&self.bucket)
                .set_prefix(Some(prefix.to_owned()).filter(|prefix| !prefix.is_empty()))
                .set_start_after(after.clone())
                .max_keys(i32::try_from(most).unwrap_or(i32::MAX));
            let page = request.send().await.map_err(failure)?;
            let last = page.contents().last().and_then(|object| object.key());
            listing.more = last.is_some() && page.is_truncated().unwrap_or(false);
            after = last.map(str::to_owned);
            for object in page.contents() {
                let Some(Ok(key)) = object.key().map(Key::parse) else { continue };
                listing.objects.push(ObjectInfo {
                    key,
                    size: size(object.size())?,
                    etag: unquoted(object.e_tag()),
                    content_type: String::new(),
                    modified: seconds(object.last_modified()),
                });
            }
        }
        Ok(listing)
    }

    async fn presign_put(&self, key: &Key, wanted: &PresignPut<'_>) -> Result<Url> {
        sdk::presign_put(&self.client, &self.bucket, key, wanted).await
    }

    async fn presign_get(&self, key: &Key, wanted: &PresignGet<'_>) -> Result<Url> {
        sdk::presign_get(&self.client, &self.bucket, key, wanted).await
    }

    fn direct_origin(&self) -> Option<String> {
        Some(self.origin.clone())
    }
}

/// The SDK's stream of bytes as ours.
fn incoming(body: ByteStream) -> Body {
    let next = |mut body: ByteStream| async move {
        match body.try_next().await {
            Ok(Some(bytes)) => Ok(Some((bytes, body))),
            Ok(None) => Ok(None),
            Err(error) => Err(io::Error::other(error)),
        }
    };
    stream::try_unfold(body, next).boxed()
}

fn size(length: Option<i64>) -> Result<u64> {
    let length = length.and_then(|length| u64::try_from(length).ok());
    length.ok_or_else(|| Error::unavailable("the service did not tell an object's size"))
}

fn unquoted(etag: Option<&str>) -> String {
    etag.unwrap_or_default().trim_matches('"').to_owned()
}

fn seconds(time: Option<&DateTime>) -> i64 {
    time.map_or(0, DateTime::secs)
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn config(endpoint: Option<&str>, bucket: &str, path_style: bool) -> S3Config {
        S3Config {
            endpoint: endpoint.map(|url| Url::parse(url).unwrap()),
            region: "us-east-1".to_owned(),
            bucket: bucket.to_owned(),
            access_key: "open".to_owned(),
            secret_key: "hidden".to_owned(),
            path_style,
            max_object: u64::MAX,
        }
    }

    #[tokio::test]
    async fn the_direct_origin_is_that_of_presigned_urls() {
        let key = Key::parse("a/b").unwrap();
        let origin = Url::parse("https://gallery.example/").unwrap();
        let wanted = PresignGet { expires: Duration::from_secs(60), content_disposition: None, origin: &origin };
        for endpoint in [
            None,
            Some("https://0123.r2.cloudflarestorage.com"),
            Some("http://127.0.0.1:9000/"),
            Some("https://minio.example:9000"),
        ] {
            for bucket in ["photos", "my.photos"] {
                for path_style in [false, true] {
                    let config = config(endpoint, bucket, path_style);
                    let described = format!("{config:?}");
                    let store = S3Store::new(config);
                    let url = store.presign_get(&key, &wanted).await.unwrap();
                    assert_eq!(store.direct_origin(), Some(url.origin().ascii_serialization()), "{described}");
                }
            }
        }
    }

    #[test]
    fn a_config_does_not_print_its_secret() {
        let printed = format!("{:?}", config(None, "photos", false));
        assert!(printed.contains("photos") && !printed.contains("hidden"));
    }
}
