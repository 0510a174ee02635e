//! The library: its parts, put together once by the server.

use crate::access_keys::AccessKeySecret;
use crate::changes::Generations;
use crate::held_files::HeldFiles;
use crate::made_ahead::NewPictures;
use crate::picture_facts::KnownPictures;
use crate::random::KnownSources;
use crate::sources::Sources;
use crate::{Database, Remote, Result, SigningKeys, site_settings::LiveSettings, variants::Variants};
use imaging_workers::Pool;
use model::SiteSettings;
use std::sync::Arc;
use storage::{DiskCache, KeyValue, ObjectStore};
use tokio::sync::{Notify, Semaphore};

/// Memory for originals that are worked on, in bytes, and as much again for files that are sent: the least there is.
const LEAST_ROOM: u64 = 256_000_000;

/// What an operator sets, and what holds until the next start.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How long an upload address works, in seconds.
    pub upload_seconds: u64,
    /// Memory for ready variants, in bytes.
    pub variant_memory: u64,
    /// How many pictures are decoded or encoded at once.
    pub imaging_jobs: usize,
    /// The most pixels a variant may have to be sent as AVIF to whoever takes it; 0: none is.
    pub avif_pixels: u64,
    /// Whether the common sizes of new pictures are made while nothing else is to do.
    pub made_ahead: bool,
}

/// What the library is made of.
pub struct Parts {
    /// Rows.
    pub database: Database,
    /// Originals.
    pub store: Arc<dyn ObjectStore>,
    /// What is short-lived.
    pub key_values: Arc<dyn KeyValue>,
    /// Decodes and encodes pictures.
    pub pool: Pool,
    /// Fetches files of other sites.
    pub remote: Arc<dyn Remote>,
    /// Ready variants on disk.
    pub variant_files: Option<DiskCache>,
    /// Sign sessions, unlocked links and addresses.
    pub signing_keys: SigningKeys,
    /// What the secrets of access keys are derived from; none where S3 clients do not reach the store by this site.
    pub access_key_secret: Option<String>,
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
    pub(crate) access_key_secret: Option<AccessKeySecret>,
    pub(crate) limits: Limits,
    pub(crate) settings: LiveSettings,
    /// What this server has changed.
    pub(crate) generations: Arc<Generations>,
    pub(crate) known_pictures: KnownPictures,
    pub(crate) known_sources: KnownSources,
    pub(crate) variants: Variants,
    pub(crate) variant_files: Option<DiskCache>,
    pub(crate) new_pictures: NewPictures,
    /// Told when there is something to look at in the bucket.
    pub(crate) new_files: Notify,
    /// Decodes and encodes elsewhere, so that pages stay fast while pictures are made.
    pub(crate) pool: Pool,
    pub(crate) remote: Arc<dyn Remote>,
    /// Bounds originals held in memory for decoding.
    pub(crate) sources: Sources,
    /// Stripped originals in memory while they are sent. Its room is taken before that of the originals, never after.
    pub(crate) downloads: HeldFiles,
    /// Bounds password hashing, which takes 19 MiB each.
    pub(crate) hashing: Arc<Semaphore>,
}

impl Library {
    /// Puts the parts together. The settings are the operator's until [`Library::load_settings`] has read what
    /// admins changed.
    pub fn new(parts: Parts) -> Self {
        let Parts {
            database,
            store,
            key_values,
            pool,
            remote,
            variant_files,
            signing_keys,
            access_key_secret,
            limits,
            settings,
        } = parts;
        let keeps_variants = limits.variant_memory > 0 || variant_files.is_some();
        // Room for two of the largest, so that one of them does not hold up all others.
        let room = settings.largest_file.saturating_mul(2).max(LEAST_ROOM);
        let generations = Arc::new(Generations::new());
        Self(Arc::new(Inside {
            known_pictures: KnownPictures::new(generations.clone()),
            known_sources: KnownSources::new(),
            generations,
            variants: Variants::new(limits.variant_memory),
            variant_files,
            new_pictures: NewPictures::new(limits.made_ahead && keeps_variants),
            pool,
            remote,
            sources: Sources::new(room, limits.imaging_jobs as u64),
            downloads: HeldFiles::new(room),
            hashing: Arc::new(Semaphore::new(limits.imaging_jobs.max(1))),
            database,
            store,
            key_values,
            signing_keys,
            access_key_secret: access_key_secret.as_deref().map(AccessKeySecret::new),
            new_files: Notify::new(),
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
}

/// Fetches nothing.
#[cfg(test)]
struct NoRemote;

#[cfg(test)]
#[async_trait::async_trait]
impl Remote for NoRemote {
    async fn open(&self, _: &url::Url, _: u64) -> std::result::Result<crate::RemoteFile, String> {
        Err("Nothing is fetched here.".into())
    }
}

#[cfg(test)]
impl Library {
    /// A library in a folder of its own, with a cache of 1 MB on disk and workers that cannot be started.
    pub(crate) async fn for_tests(folder: &std::path::Path) -> Self {
        let database = Database::open(&folder.join("tuku.sqlite")).await.unwrap();
        let keys = storage::KeyPair { access_key: "key".into(), secret_key: "secret".into() };
        let secret: &[u8] = &[7; 32];
        Self::new(Parts {
            store: Arc::new(storage::LocalStore::open(folder.join("storage"), keys, 1_000_000).unwrap()),
            key_values: Arc::new(crate::EmbeddedKeyValues::new(database.clone())),
            database,
            pool: Pool::new(imaging_workers::Settings {
                program: folder.join("nothing"),
                jobs: 1,
                limits: imaging_workers::Limits::default(),
                largest_answer: 1_000_000,
                seconds: 1,
                niceness: 0,
            }),
            remote: Arc::new(NoRemote),
            variant_files: Some(DiskCache::open(folder.join("variants"), 1_000_000).unwrap()),
            signing_keys: SigningKeys::new([("one", secret)]).unwrap(),
            access_key_secret: None,
            limits: Limits {
                upload_seconds: 900,
                variant_memory: 1_000_000,
                imaging_jobs: 1,
                avif_pixels: 0,
                made_ahead: false,
            },
            settings: SiteSettings {
                title: "Tuku".into(),
                registration: model::RegistrationMode::Open,
                comments: true,
                largest_file: 1_000_000,
                quota: None,
                default_language: model::Language::En,
                hotlinks: "*".into(),
            },
        })
    }

    /// Puts a row for a completed picture of 9 bytes into the database.
    pub(crate) async fn add_picture(&self, id: &model::ImageId) {
        use crate::database::sql;
        let user = sql!(
            "INSERT INTO users (id, username, email, password_hash, created_at, updated_at)
             VALUES ('ann', 'ann', 'ann@example.com', '', 0, 0) ON CONFLICT DO NOTHING"
        );
        let picture = sql!(
            "INSERT INTO images (id, user_id, object_key, upload_status, filename, content_type, bytes, width, height,
                                 created_at, updated_at)
             VALUES (?1, 'ann', 'originals/' || ?1, 'completed', 'a.gif', 'image/gif', 9, 4, 3, 0, 0)"
        );
        self.0.database.batch(vec![user, picture.bind(id.as_str())]).await.unwrap();
    }
}
