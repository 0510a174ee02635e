//! The library: its parts, put together once by the server.

use crate::{Database, Result, SigningKeys, site_settings::LiveSettings, variants::VariantCache};
use model::SiteSettings;
use std::sync::Arc;
use storage::{KeyValue, ObjectStore};
use tokio::sync::Semaphore;

/// What an operator sets, and what holds until the next start.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The most pixels a picture may have.
    pub largest_picture: u64,
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
    /// What is short-lived.
    pub key_values: Arc<dyn KeyValue>,
    /// Sign sessions and unlocked links.
    pub signing_keys: SigningKeys,
    /// What the operator set.
    pub limits: Limits,
    /// What admins may change while the site runs, as the operator set it. The largest file is also the most that
    /// they may set.
    pub settings: SiteSettings,
}

/// The library. Cheap to clone; every clone is the same library.
#[derive(Clone)]
pub struct Library(pub(crate) Arc<Inside>);

pub(crate) struct Inside {
    pub(crate) database: Database,
    pub(crate) store: Arc<dyn ObjectStore>,
    pub(crate) key_values: Arc<dyn KeyValue>,
    pub(crate) signing_keys: SigningKeys,
    pub(crate) limits: Limits,
    pub(crate) settings: LiveSettings,
    pub(crate) variants: VariantCache,
    /// Bounds decoding and encoding, so that pages stay fast while pictures are made.
    pub(crate) imaging: Arc<Semaphore>,
    /// Bounds originals held in memory for decoding.
    pub(crate) sources: Arc<Semaphore>,
    /// Bounds password hashing, which takes 19 MiB each.
    pub(crate) hashing: Arc<Semaphore>,
}

impl Library {
    /// Puts the parts together. The settings are the operator's until [`Library::load_settings`] has read what
    /// admins changed.
    pub fn new(parts: Parts) -> Self {
        let Parts { database, store, key_values, signing_keys, limits, settings } = parts;
        Self(Arc::new(Inside {
            variants: VariantCache::new(limits.variant_memory),
            imaging: Arc::new(Semaphore::new(limits.imaging_jobs.max(1))),
            sources: Arc::new(Semaphore::new(limits.imaging_jobs.max(1) * 4)),
            hashing: Arc::new(Semaphore::new(limits.imaging_jobs.max(1))),
            database,
            store,
            key_values,
            signing_keys,
            limits,
            settings: LiveSettings::new(settings),
        }))
    }

    /// Whether the database and both stores answer; for health checks.
    pub async fn ready(&self) -> Result<()> {
        self.0.database.count(crate::database::sql!("SELECT 1")).await?;
        self.0.key_values.get("health").await?;
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
