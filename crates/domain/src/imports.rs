//! Pictures from other sites: fetched once, and from there on like any upload.

use crate::{Error, Library, Result, Viewer, rates::Rate};
use async_trait::async_trait;
use futures::{StreamExt, TryStreamExt};
use model::{Confirmed, Picture, UploadDraft, UploadState};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use storage::Body;
use url::Url;

/// What fetches files from other sites.
#[async_trait]
pub trait Remote: Send + Sync {
    /// Opens a file of at most so many bytes; the error is a sentence for whoever asked. The body ends with an error when
    /// it turns out to be longer, or takes too long.
    async fn open(&self, url: &Url, most: u64) -> std::result::Result<RemoteFile, String>;
}

/// A file of another site, on its way.
pub struct RemoteFile {
    /// What it is called there.
    pub filename: String,
    /// What that site says it is; empty if it says nothing.
    pub content_type: String,
    /// Bytes, if that site tells.
    pub length: Option<u64>,
    /// Its bytes.
    pub body: Body,
}

impl Library {
    /// Fetches a picture from another site and makes it the viewer's.
    pub async fn import_picture(&self, viewer: &Viewer, url: &str) -> Result<Picture> {
        let member = viewer.signed_in()?;
        let url = Url::parse(url.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let url =
            url.ok_or_else(|| Error::field("url", "Write the picture’s address, such as https://example.com/a.jpg."))?;
        self.attempt(Rate::Import, member.id.as_str()).await?;
        let room = self.usage(viewer).await?.left().min(self.settings().largest_file);
        let file = self.0.remote.open(&url, room).await.map_err(|reason| Error::field("url", reason))?;
        let draft = UploadDraft::parse(&file.filename, &file.content_type, file.length);
        let draft = draft.map_err(|invalid| Error::field("url", invalid.to_string()))?;
        let broke = Arc::new(AtomicBool::new(false));
        let told = broke.clone();
        let body = file.body.inspect_err(move |_| told.store(true, Ordering::Relaxed)).boxed();
        match self.upload(viewer, &draft, body).await {
            Ok(Confirmed { state: UploadState::Completed, picture: Some(picture), .. }) => {
                self.picture(viewer, &picture.id).await
            }
            Ok(Confirmed { reason, .. }) => Err(Error::field("url", reason.unwrap_or_default())),
            Err(Error::Unavailable(_)) if broke.load(Ordering::Relaxed) => {
                Err(Error::field("url", "It did not arrive whole: it is too large, or that site broke off."))
            }
            Err(error) => Err(error),
        }
    }
}
