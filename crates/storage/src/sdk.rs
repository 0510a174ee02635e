//! What both stores need of the AWS SDK: a client, presigned URLs, and the meaning of its errors.

use aws_credential_types::Credentials;
use aws_sdk_s3::config::{BehaviorVersion, Region, RequestChecksumCalculation, ResponseChecksumValidation};
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::{Client, Config};
use url::Url;

use crate::KeyPair;
use crate::{Error, Key, PresignGet, PresignPut, Result};

/// A client that sends and expects checksums only where the protocol demands them: R2 knows few of the newer ones.
pub(crate) fn client(endpoint: Option<&str>, region: &str, keys: &KeyPair, path_style: bool) -> Client {
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region.to_owned()))
        .credentials_provider(Credentials::new(&keys.access_key, &keys.secret_key, None, None, "tuku"))
        .force_path_style(path_style)
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    if let Some(endpoint) = endpoint {
        config = config.endpoint_url(endpoint);
    }
    Client::from_conf(config.build())
}

/// A presigned PUT. Content type and length are signed headers: a request with others has another signature.
pub(crate) async fn presign_put(client: &Client, bucket: &str, key: &Key, wanted: &PresignPut<'_>) -> Result<Url> {
    let length = wanted.length.map(i64::try_from).transpose().map_err(|_| Error::TooLarge)?;
    let expires = PresigningConfig::expires_in(wanted.expires).map_err(Error::unavailable)?;
    let request = client
        .put_object()
        .bucket(bucket)
        .key(key.as_str())
        .content_type(wanted.content_type)
        .set_content_length(length)
        .presigned(expires)
        .await
        .map_err(failure)?;
    Url::parse(request.uri()).map_err(Error::unavailable)
}

/// A presigned GET.
pub(crate) async fn presign_get(client: &Client, bucket: &str, key: &Key, wanted: &PresignGet<'_>) -> Result<Url> {
    let expires = PresigningConfig::expires_in(wanted.expires).map_err(Error::unavailable)?;
    let request = client
        .get_object()
        .bucket(bucket)
        .key(key.as_str())
        .set_response_content_disposition(wanted.content_disposition.map(str::to_owned))
        .presigned(expires)
        .await
        .map_err(failure)?;
    Url::parse(request.uri()).map_err(Error::unavailable)
}

/// The HTTP status of a refusal, if the store answered at all.
pub(crate) fn status<E>(error: &SdkError<E>) -> Option<u16> {
    error.raw_response().map(|response| response.status().as_u16())
}

/// The SDK's error as ours. A missing bucket is a wrong setting, not a missing object.
pub(crate) fn failure<E>(error: SdkError<E>) -> Error
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    match (status(&error), error.code()) {
        (_, Some("NoSuchBucket")) => Error::unavailable(error),
        (Some(404), _) => Error::NotFound,
        (Some(413), _) | (_, Some("EntityTooLarge")) => Error::TooLarge,
        _ => Error::unavailable(error),
    }
}
