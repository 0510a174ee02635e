//! The built-in store: objects as files below one folder.
//!
//! `objects` holds one file an object ([`layout`] says where, [`record`] what is in it), `temporary` what is being
//! written, `multipart` uploads in parts. All three are on one file system, so a rename puts a file in its place; `lock`
//! is held meanwhile ([`place`]).

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom};
use std::mem;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use aws_sdk_s3::Client;
use futures::{StreamExt, TryStreamExt};
use tokio::io::AsyncReadExt;
use tokio_util::io::ReaderStream;
use url::Url;

use crate::{
    Body, Error, Key, KeyPair, Listing, Object, ObjectInfo, ObjectStore, PresignGet, PresignPut, Result, clamp, sdk,
};

mod draft;
mod layout;
mod listing;
mod multipart;
mod place;
mod record;
mod sweep;

use draft::Draft;
use layout::object_path;
pub(crate) use listing::Query;
use listing::Row;
pub(crate) use multipart::{Chosen, FinishError, Upload};
use place::Place;
pub(crate) use place::{Condition, Tag};
pub(crate) use record::{Details, Record};
use sweep::sweep;

/// The name of the built-in store's only bucket.
pub const BUCKET: &str = "tuku";

/// The region of presigned URLs; the endpoint accepts any.
const REGION: &str = "auto";
/// Bytes gathered before they are written, and read at a time.
const BATCH: usize = 256 * 1024;
/// A temporary file this old belongs to no upload that is still going on.
const STALE_DRAFT: Duration = Duration::from_secs(24 * 60 * 60);
/// An upload in parts this old has been given up.
const STALE_UPLOAD: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// The built-in store. Any number of processes may work on one folder.
pub struct LocalStore {
    objects: PathBuf,
    temporary: PathBuf,
    multipart: PathBuf,
    /// See [`Place`].
    lock: PathBuf,
    credentials: KeyPair,
    max_object: u64,
    /// A client that only signs, for the origin asked for last.
    signer: Mutex<Option<(String, Client)>>,
}

/// A row of [`LocalStore::page`].
pub(crate) enum Found {
    /// An object.
    Object(ObjectInfo),
    /// What several keys start with, ending in a slash.
    Folder(String),
}

impl LocalStore {
    /// Opens the store below `root`, which is made if need be, and removes what interrupted uploads left there.
    ///
    /// `credentials` are its own; `max_object` is the largest object in bytes that it takes with them.
    pub fn open(root: impl Into<PathBuf>, credentials: KeyPair, max_object: u64) -> Result<Self> {
        let root = root.into();
        let [objects, temporary, multipart] = ["objects", "temporary", "multipart"].map(|name| root.join(name));
        let (lock, signer) = (root.join("lock"), Mutex::new(None));
        let store = Self { objects, temporary, multipart, lock, credentials, max_object, signer };
        store.prepare(&root).map_err(Error::unavailable)?;
        Ok(store)
    }

    /// The credentials of its endpoint.
    pub(crate) fn credentials(&self) -> &KeyPair {
        &self.credentials
    }

    /// The largest object in bytes that the store itself signs for.
    pub(crate) fn max_object(&self) -> u64 {
        self.max_object
    }

    fn prepare(&self, root: &Path) -> io::Result<()> {
        for folder in [&self.objects, &self.temporary, &self.multipart] {
            fs::create_dir_all(folder)?;
        }
        File::options().append(true).create(true).open(&self.lock)?;
        draft::sync_folder(root)?;
        sweep(&self.temporary, STALE_DRAFT)?;
        sweep(&self.multipart, STALE_UPLOAD)
    }

    /// Stores an object of so many bytes with all its details.
    pub(crate) async fn store(
        &self,
        key: &Key,
        details: Details,
        length: u64,
        condition: Condition,
        body: Body,
    ) -> Result<Record> {
        if !condition.is_none() {
            // Before anything is sent, and once more when all of it has come.
            let (place, expected) = (self.place(key), condition.clone());
            blocking(move || place.check(&expected)).await.map_err(Error::unavailable)??;
        }
        let draft = self.receive(Some(length), length, body).await?;
        let record = draft.record(details);
        self.publish(key, draft, record, condition).await
    }

    /// Stores a copy of what [`open_object`](Self::open_object) gave, with other details if given.
    pub(crate) async fn copy(
        &self,
        (mut file, source): (File, Record),
        destination: &Key,
        details: Option<Details>,
        condition: Condition,
    ) -> Result<Record> {
        let temporary = self.temporary.clone();
        let copy = move || -> io::Result<(Draft, Record)> {
            let mut draft = Draft::create(&temporary)?;
            file.rewind()?;
            draft.append(file, source.size)?;
            let record = draft.record_with_etag(details.unwrap_or(source.details), source.etag);
            Ok((draft, record))
        };
        let (draft, record) = blocking(copy).await.map_err(Error::unavailable)?;
        self.publish(destination, draft, record, condition).await
    }

    /// Removes what has this key, if anything has.
    pub(crate) async fn remove(&self, key: &Key, condition: Condition) -> Result<()> {
        let place = self.place(key);
        blocking(move || place.clear(&condition)).await.map_err(Error::unavailable)?
    }

    fn place(&self, key: &Key) -> Place {
        let file = object_path(&self.objects, key.as_str());
        Place { objects: self.objects.clone(), file, lock: self.lock.clone() }
    }

    /// An object's file, at any position, and its record. It stays readable when the object is replaced or removed.
    pub(crate) async fn open_object(&self, key: &Key) -> Result<(File, Record)> {
        let path = object_path(&self.objects, key.as_str());
        blocking(move || open(&path)).await.map_err(Error::opening)
    }

    /// One page of a listing, and the text to continue it after if there is more. An object that is removed
    /// meanwhile, or whose file is damaged, is left out.
    pub(crate) async fn page(&self, query: Query) -> Result<(Vec<Found>, Option<String>)> {
        let objects = self.objects.clone();
        let read = move || -> io::Result<(Vec<Found>, Option<String>)> {
            let (rows, more) = listing::rows(&objects, &query)?;
            let last = rows.last().filter(|_| more).map(|row| row.text().to_owned());
            Ok((rows.into_iter().filter_map(|row| found(&objects, row)).collect(), last))
        };
        blocking(read).await.map_err(Error::unavailable)
    }

    /// Writes a body to a draft, checking its length.
    async fn receive(&self, length: Option<u64>, most: u64, mut body: Body) -> Result<Draft> {
        let limit = length.unwrap_or(most);
        if limit > most {
            return Err(Error::TooLarge);
        }
        let temporary = self.temporary.clone();
        let mut draft = blocking(move || Draft::create(&temporary)).await.map_err(Error::unavailable)?;
        let mut batch = Vec::new();
        let (mut received, mut waiting) = (0_u64, 0);
        while let Some(chunk) = body.try_next().await.map_err(Error::unavailable)? {
            received += chunk.len() as u64;
            if received > limit {
                return Err(length.map_or(Error::TooLarge, |expected| Error::Incomplete { expected, received }));
            }
            waiting += chunk.len();
            batch.push(chunk);
            if waiting >= BATCH {
                let full = mem::take(&mut batch);
                waiting = 0;
                draft = blocking(move || draft.write(&full).map(|()| draft)).await.map_err(Error::unavailable)?;
            }
        }
        draft = blocking(move || draft.write(&batch).map(|()| draft)).await.map_err(Error::unavailable)?;
        match length {
            Some(expected) if expected != draft.size() => Err(Error::Incomplete { expected, received }),
            _ => Ok(draft),
        }
    }

    async fn publish(&self, key: &Key, draft: Draft, record: Record, condition: Condition) -> Result<Record> {
        let place = self.place(key);
        let publish = move || Ok(place.publish(draft, &record, &condition)?.map(|()| record));
        blocking(publish).await.map_err(Error::unavailable)?
    }

    /// A client that signs for the endpoint at this origin.
    fn signer(&self, origin: &Url) -> Client {
        let origin = origin.origin().ascii_serialization();
        let mut signer = self.signer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, client)) = &*signer
            && *known == origin
        {
            return client.clone();
        }
        let client = sdk::client(Some(&origin), REGION, &self.credentials, true);
        *signer = Some((origin, client.clone()));
        client
    }
}

#[async_trait]
impl ObjectStore for LocalStore {
    async fn put(&self, key: &Key, content_type: &str, length: Option<u64>, body: Body) -> Result<ObjectInfo> {
        let draft = self.receive(length, self.max_object, body).await?;
        let record = draft.record(Details::of_type(content_type));
        let record = self.publish(key, draft, record, Condition::default()).await?;
        Ok(record.into_info(key.clone()))
    }

    async fn get(&self, key: &Key, range: Option<Range<u64>>) -> Result<Object> {
        let (file, record) = self.open_object(key).await?;
        let body = content(file, clamp(range, record.size)).await?;
        Ok(Object { info: record.into_info(key.clone()), body })
    }

    async fn head(&self, key: &Key) -> Result<ObjectInfo> {
        let (_, record) = self.open_object(key).await?;
        Ok(record.into_info(key.clone()))
    }

    async fn delete(&self, key: &Key) -> Result<()> {
        self.remove(key, Condition::default()).await
    }

    async fn list(&self, prefix: &str, after: Option<&Key>, limit: usize) -> Result<Listing> {
        let after = after.map(Key::to_string);
        let (found, next) = self.page(Query { prefix: prefix.to_owned(), after, folded: false, limit }).await?;
        let object = |found| match found {
            Found::Object(info) => Some(info),
            Found::Folder(_) => None,
        };
        Ok(Listing { objects: found.into_iter().filter_map(object).collect(), more: next.is_some() })
    }

    async fn presign_put(&self, key: &Key, wanted: &PresignPut<'_>) -> Result<Url> {
        sdk::presign_put(&self.signer(wanted.origin), BUCKET, key, wanted).await
    }

    async fn presign_get(&self, key: &Key, wanted: &PresignGet<'_>) -> Result<Url> {
        sdk::presign_get(&self.signer(wanted.origin), BUCKET, key, wanted).await
    }

    fn direct_origin(&self) -> Option<String> {
        None
    }
}

/// The bytes of an object's file within a range that it has.
pub(crate) async fn content(mut file: File, range: Range<u64>) -> Result<Body> {
    let Range { start, end } = range;
    let seek = move || file.seek(SeekFrom::Start(start)).map(|_| file);
    let file = blocking(seek).await.map_err(Error::unavailable)?;
    let reader = tokio::fs::File::from_std(file).take(end.saturating_sub(start));
    Ok(ReaderStream::with_capacity(reader, BATCH).boxed())
}

/// Runs what waits for the disk where it holds up nothing else.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|lost| Err(io::Error::other(lost)))
}

fn open(path: &Path) -> io::Result<(File, Record)> {
    let mut file = File::open(path)?;
    let record = Record::read(&mut file)?;
    Ok((file, record))
}

fn found(objects: &Path, row: Row) -> Option<Found> {
    match row {
        Row::Folder(prefix) => Some(Found::Folder(prefix)),
        Row::Object(key) => match open(&object_path(objects, key.as_str())) {
            Ok((_, record)) => Some(Found::Object(record.into_info(key))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => {
                tracing::error!(%key, %error, "an object cannot be read");
                None
            }
        },
    }
}

#[cfg(test)]
mod tests;
