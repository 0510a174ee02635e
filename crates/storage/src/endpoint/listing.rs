//! Listing objects, in both versions of the protocol.

use std::fmt::Write;

use aws_smithy_types::base64;
use s3s::dto::*;
use s3s::{S3Request, S3Result, s3_error};

use super::access::grant_of;
use super::objects::{signed, timestamp};
use super::refusal::{in_bucket, refusal};
use super::service::Service;
use crate::Grant;
use crate::local::{Found, Query};

/// The most rows of one answer, and how many there are if the client does not say (an S3 limit).
const MOST_ROWS: i32 = 1000;

/// What both versions ask for.
struct Wanted {
    prefix: String,
    delimiter: Option<String>,
    after: Option<String>,
    most: Option<i32>,
    encoding: Encoding,
}

/// What both versions answer with.
struct Page {
    most: i32,
    objects: Vec<Object>,
    folders: Vec<CommonPrefix>,
    /// The last row, if there are more after it.
    last: Option<String>,
}

impl Service {
    pub(super) async fn list_by_token(&self, request: S3Request<ListObjectsV2Input>) -> S3Result<ListObjectsV2Output> {
        let grant = grant_of(&request);
        let input = request.input;
        in_bucket(&input.bucket)?;
        let encoding = Encoding::named(input.encoding_type.as_ref())?;
        let token = input.continuation_token.as_deref().map(read_token).transpose()?;
        let wanted = Wanted {
            prefix: input.prefix.clone().unwrap_or_default(),
            delimiter: input.delimiter.clone(),
            after: token.or_else(|| input.start_after.clone()),
            most: input.max_keys,
            encoding,
        };
        let page = self.list(grant.as_ref(), wanted).await?;
        Ok(ListObjectsV2Output {
            name: Some(input.bucket),
            prefix: Some(encoding.write(&input.prefix.unwrap_or_default())),
            delimiter: input.delimiter.map(|delimiter| encoding.write(&delimiter)),
            start_after: input.start_after.map(|after| encoding.write(&after)),
            encoding_type: input.encoding_type,
            max_keys: Some(page.most),
            key_count: i32::try_from(page.objects.len() + page.folders.len()).ok(),
            contents: Some(page.objects),
            common_prefixes: Some(page.folders),
            is_truncated: Some(page.last.is_some()),
            continuation_token: input.continuation_token,
            next_continuation_token: page.last.map(base64::encode),
            ..ListObjectsV2Output::default()
        })
    }

    pub(super) async fn list_by_marker(&self, request: S3Request<ListObjectsInput>) -> S3Result<ListObjectsOutput> {
        let grant = grant_of(&request);
        let input = request.input;
        in_bucket(&input.bucket)?;
        let encoding = Encoding::named(input.encoding_type.as_ref())?;
        let wanted = Wanted {
            prefix: input.prefix.clone().unwrap_or_default(),
            delimiter: input.delimiter.clone(),
            after: input.marker.clone(),
            most: input.max_keys,
            encoding,
        };
        let page = self.list(grant.as_ref(), wanted).await?;
        Ok(ListObjectsOutput {
            name: Some(input.bucket),
            prefix: Some(encoding.write(&input.prefix.unwrap_or_default())),
            delimiter: input.delimiter.map(|delimiter| encoding.write(&delimiter)),
            marker: Some(encoding.write(&input.marker.unwrap_or_default())),
            encoding_type: input.encoding_type,
            max_keys: Some(page.most),
            contents: Some(page.objects),
            common_prefixes: Some(page.folders),
            is_truncated: Some(page.last.is_some()),
            next_marker: page.last.map(|last| encoding.write(&last)),
            ..ListObjectsOutput::default()
        })
    }

    async fn list(&self, grant: Option<&Grant>, wanted: Wanted) -> S3Result<Page> {
        let folded = match wanted.delimiter.as_deref() {
            None | Some("") => false,
            Some("/") => true,
            Some(_) => return Err(s3_error!(NotImplemented, "The only delimiter is a slash.")),
        };
        let most = wanted.most.unwrap_or(MOST_ROWS).min(MOST_ROWS);
        let limit = usize::try_from(most).map_err(|_| s3_error!(InvalidArgument, "max-keys is negative."))?;
        let mut page = Page { most, objects: Vec::new(), folders: Vec::new(), last: None };
        if limit == 0 {
            return Ok(page);
        }

        let after = wanted.after.filter(|after| !after.is_empty());
        let prefix = match within(grant, &wanted.prefix, folded)? {
            Reach::Keys(prefix) => prefix.to_owned(),
            Reach::Folder(folder) => {
                if after.is_none_or(|after| *after < *folder) {
                    page.folders.push(CommonPrefix { prefix: Some(wanted.encoding.write(folder)) });
                }
                return Ok(page);
            }
        };
        let query = Query { prefix, after, folded, limit };
        let (rows, last) = self.store.page(query).await.map_err(refusal)?;
        page.last = last;
        for row in rows {
            match row {
                Found::Folder(prefix) => {
                    page.folders.push(CommonPrefix { prefix: Some(wanted.encoding.write(&prefix)) });
                }
                Found::Object(info) => page.objects.push(Object {
                    key: Some(wanted.encoding.write(info.key.as_str())),
                    size: Some(signed(info.size)),
                    e_tag: Some(ETag::Strong(info.etag)),
                    last_modified: Some(timestamp(info.modified)),
                    storage_class: Some(ObjectStorageClass::from_static(ObjectStorageClass::STANDARD)),
                    ..Object::default()
                }),
            }
        }
        Ok(page)
    }
}

/// What a listing may tell.
#[derive(Debug, PartialEq, Eq)]
enum Reach<'a> {
    /// Whatever begins with this.
    Keys(&'a str),
    /// This folder, in which all is that may be told.
    Folder(&'a str),
}

/// A listing of what begins with `prefix`, for whoever holds a grant: above what they reach, the way there is all there
/// is, so that programs that begin at the top find it.
fn within<'a>(grant: Option<&'a Grant>, prefix: &'a str, folded: bool) -> S3Result<Reach<'a>> {
    let Some(grant) = grant.filter(|grant| !grant.covers(prefix)) else { return Ok(Reach::Keys(prefix)) };
    let Some(rest) = grant.prefix.strip_prefix(prefix) else {
        return Err(s3_error!(AccessDenied, "This access key is for what begins with {}.", grant.prefix));
    };
    match rest.find('/') {
        Some(slash) if folded => Ok(Reach::Folder(&grant.prefix[..=prefix.len() + slash])),
        _ => Ok(Reach::Keys(&grant.prefix)),
    }
}

fn read_token(token: &str) -> S3Result<String> {
    let bytes = base64::decode(token).ok();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    text.ok_or_else(|| s3_error!(InvalidArgument, "The continuation token is incorrect."))
}

/// How keys are written in an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    /// As they are.
    Plain,
    /// With everything but letters, digits, `-._~` and slashes as percent signs and hexadecimal digits.
    Url,
}

impl Encoding {
    fn named(name: Option<&EncodingType>) -> S3Result<Self> {
        match name.map(EncodingType::as_str) {
            None => Ok(Self::Plain),
            Some(EncodingType::URL) => Ok(Self::Url),
            Some(_) => Err(s3_error!(InvalidArgument, "The only encoding type is url.")),
        }
    }

    fn write(self, text: &str) -> String {
        if self == Self::Plain {
            return text.to_owned();
        }
        let mut written = String::with_capacity(text.len());
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
                written.push(char::from(byte));
            } else {
                // Writing to a string does not fail.
                let _ = write!(written, "%{byte:02X}");
            }
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_encoded_only_when_asked() {
        assert_eq!(Encoding::Plain.write("a b/山.jpg"), "a b/山.jpg");
        assert_eq!(Encoding::Url.write("a b/山+%.jpg"), "a%20b/%E5%B1%B1%2B%25.jpg");
    }

    #[test]
    fn a_listing_leads_to_what_is_granted_and_tells_nothing_else() {
        let grant = Grant {
            access_key: String::new(),
            secret_key: String::new(),
            prefix: "ann/sea/".into(),
            reads: true,
            writes: false,
        };
        let within = |prefix, folded| super::within(Some(&grant), prefix, folded);
        for (prefix, folded, told) in [
            ("", true, Reach::Folder("ann/")),
            ("a", true, Reach::Folder("ann/")),
            ("ann/", true, Reach::Folder("ann/sea/")),
            ("ann/s", true, Reach::Folder("ann/sea/")),
            ("ann/sea/", true, Reach::Keys("ann/sea/")),
            ("ann/sea/2024", true, Reach::Keys("ann/sea/2024")),
            ("", false, Reach::Keys("ann/sea/")),
            ("ann/sea/x", false, Reach::Keys("ann/sea/x")),
        ] {
            assert_eq!(within(prefix, folded).unwrap(), told, "{prefix:?}, {folded}");
        }
        for prefix in ["b", "ann/seaside/", "annex/", "originals/"] {
            assert!(within(prefix, true).is_err() && within(prefix, false).is_err(), "{prefix:?}");
        }
        assert_eq!(super::within(None, "originals/", true).unwrap(), Reach::Keys("originals/"));
    }

    #[test]
    fn tokens_read_back() {
        assert_eq!(read_token(&base64::encode("ri/山/")).unwrap(), "ri/山/");
        assert!(read_token("not base64!").is_err());
    }
}
