//! The library: its parts, put together once by the server.

use crate::{Database, Result, SigningKey, variants::VariantCache};
use std::sync::Arc;
use storage::ObjectStore;
use tokio::sync::Semaphore;

/// What an operator sets.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The site's name, shown on every page.
    pub site_title: String,
    /// Whether anyone may make an account.
    pub registration_open: bool,
    /// The most one file may have, in bytes.
    pub largest_file: u64,
    /// The most pixels a picture may have.
    pub largest_picture: u64,
    /// The most a member may store, in bytes; no limit if absent.
    pub quota: Option<u64>,
    /// How long an upload address works, in seconds.
    pub upload_seconds: u64,
    /// Memory for ready variants, in bytes.
    pub variant_memory: u64,
    /// How many pictures are decoded or encoded at once.
    pub imaging_jobs: usize,
}

/// What the library is made of.
pub struct Parts {
    /// Rows.
    pub database: Database,
    /// Originals.
    pub store: Arc<dyn ObjectStore>,
    /// Signs sessions.
    pub signing_key: SigningKey,
    /// What the operator set.
    pub limits: Limits,
}

/// The library. Cheap to clone; every clone is the same library.
#[derive(Clone)]
pub struct Library(pub(crate) Arc<Inside>);

pub(crate) struct Inside {
    pub(crate) database: Database,
    pub(crate) store: Arc<dyn ObjectStore>,
    pub(crate) signing_key: SigningKey,
    pub(crate) limits: Limits,
    pub(crate) variants: VariantCache,
    /// Bounds decoding and encoding, so that pages stay fast while pictures are made.
    pub(crate) imaging: Arc<Semaphore>,
    /// Bounds originals held in memory for decoding.
    pub(crate) sources: Arc<Semaphore>,
    /// Bounds password hashing, which takes 19 MiB each.
    pub(crate) hashing: Arc<Semaphore>,
}

impl Library {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        let Parts { database, store, signing_key, limits } = parts;
        Self(Arc::new(Inside {
            variants: VariantCache::new(limits.variant_memory),
            imaging: Arc::new(Semaphore::new(limits.imaging_jobs.max(1))),
            sources: Arc::new(Semaphore::new(limits.imaging_jobs.max(1) * 4)),
            hashing: Arc::new(Semaphore::new(limits.imaging_jobs.max(1))),
            database,
            store,
            signing_key,
            limits,
        }))
    }

    /// The site's name.
    pub fn site_title(&self) -> &str {
        &self.0.limits.site_title
    }

    /// Whether anyone may make an account.
    pub fn registration_open(&self) -> bool {
        self.0.limits.registration_open
    }

    /// The most one file may have, in bytes.
    pub fn largest_file(&self) -> u64 {
        self.0.limits.largest_file
    }

    /// Whether database and storage answer; for health checks.
    pub async fn ready(&self) -> Result<()> {
        self.0.database.count(crate::database::sql!("SELECT 1")).await?;
        match self.0.store.head(&storage::Key::parse("health")?).await {
            Ok(_) | Err(storage::Error::NotFound) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Closes the database.
    pub async fn close(&self) {
        self.0.database.close().await;
    }

    pub(crate) fn picture_limits(&self) -> imaging::Limits {
        imaging::Limits { max_pixels: self.0.limits.largest_picture }
    }
}
