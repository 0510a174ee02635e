//! The running program: built from settings, run until told to stop.

use crate::http::{delivery::Delivery, hosts::HostTable, page_cache};
use crate::{KeyValuesKind, Settings, StorageKind, assets::Site, http, secrets::Secrets, settings_watch, sweeper};
use crate::{r2_queue::R2Queue, remote::Web};
use axum::ServiceExt;
use domain::{Database, EmbeddedKeyValues, Library, Limits, Parts};
use imaging_workers::Pool;
use model::SiteSettings;
use std::{env, fs::DirBuilder, io, net::SocketAddr, os::unix::fs::DirBuilderExt, path::PathBuf, sync::Arc};
use std::{thread, time::Duration};
use storage::{DiskCache, KeyPair, KeyValue, LocalStore, ObjectStore, RedisStore, S3Config, S3Store};
use tokio::net::TcpListener;

/// How long requests under way may take once the program was told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// How far the work on pictures stands back behind pages, as for nice(1).
const IMAGING_NICENESS: i32 = 10;

/// What may always come of the work on a picture, in bytes, however small uploads must be.
const IMAGING_ANSWER: u64 = 64_000_000;

/// Why the program cannot start, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder or a file in it cannot be used.
    #[error("the data folder {folder} cannot be used: {source}")]
    Data {
        /// The folder.
        folder: String,
        /// Why.
        source: io::Error,
    },
    /// The database cannot be opened.
    #[error("the database cannot be opened: {0}")]
    Database(String),
    /// The store cannot be opened.
    #[error("the store cannot be opened: {0}")]
    Storage(storage::Error),
    /// The key-value store cannot be opened.
    #[error("the key-value store cannot be opened: {0}. Check TUKU_REDIS_URL.")]
    KeyValues(storage::Error),
    /// The address is in use, or not this machine's.
    #[error("cannot listen on {address}: {source}. Set TUKU_ADDR to another address.")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// There is no built site.
    #[error("the built site is not beside the program. Build it with `make run`, or set TUKU_SITE_DIR.")]
    Site,
    /// Serving broke off.
    #[error("serving broke off: {0}")]
    Serve(#[from] io::Error),
}

/// The program, listening but not yet answering.
pub struct Application {
    listener: TcpListener,
    address: SocketAddr,
    site: Delivery,
    library: Library,
    public_url: Option<url::Url>,
    /// Between two comparisons of the bucket with the library, if there are any.
    bucket_sweep: Option<Duration>,
    /// Where R2 tells its events, if it does.
    r2_queue: Option<R2Queue>,
    /// What renders the pages most seen ahead, if they are to be.
    pages_ahead: Option<http::State>,
}

impl Application {
    /// Opens data, database and stores, and binds the address. Port 0 takes a free one.
    pub async fn build(settings: Settings) -> Result<Self, StartError> {
        // Leptos renders on this runtime. Said once a process; saying it again is no fault.
        let _ = any_spawner::Executor::init_tokio();
        let site = Site::find(&settings).ok_or(StartError::Site)?;
        let data = &settings.data_dir;
        let folder_error = |source| StartError::Data { folder: data.display().to_string(), source };
        // For its owner alone: besides the secrets there are everyone's private pictures in it.
        DirBuilder::new().recursive(true).mode(0o700).create(data).map_err(folder_error)?;
        let secrets = Secrets::open(data).map_err(folder_error)?;
        let database =
            Database::open(&data.join("tuku.sqlite")).await.map_err(|error| StartError::Database(reason(&error)))?;
        let (store, own_store) = open_store(&settings, &secrets)?;
        let key_values = open_key_values(&settings, &database).await?;
        let library = Library::new(Parts {
            database,
            store: store.clone(),
            key_values,
            pool: imaging_pool(&settings)?,
            remote: Arc::new(Web::new(settings.import_from_private.0).map_err(io::Error::other)?),
            variant_files: variant_files(&settings).map_err(folder_error)?,
            signing_keys: secrets.signing_keys().map_err(folder_error)?,
            access_key_secret: own_store.is_some().then(|| secrets.storage_secret_key.clone()),
            limits: limits(&settings),
            settings: site_settings(&settings),
        });
        let endpoint = own_store.map(|store| storage::endpoint(store, Some(Arc::new(library.clone()))));
        library.load_settings().await.map_err(|error| StartError::Database(reason(&error)))?;
        let listener = TcpListener::bind(settings.addr)
            .await
            .map_err(|source| StartError::Listen { address: settings.addr, source })?;
        let address = listener.local_addr()?;
        let public_url = settings.public_url.0.clone();
        let state = http::State::new(http::Parts {
            library: library.clone(),
            site,
            hosts: HostTable::new(&settings.hosts, &settings.random_hosts, public_url.as_ref()),
            public_url: public_url.clone(),
            direct_origin: store.direct_origin(),
            client_address_header: settings.client_address_header.0.clone(),
            bucket_events_token: Some(settings.bucket_events_token.clone()).filter(|token| !token.is_empty()),
            cached_reads: Duration::from_secs(settings.cached_reads_seconds),
            pages: page_cache::PageCache::new(settings.page_memory.0),
        });
        let site = Delivery::new(state.clone(), http::router(state.clone(), endpoint));
        let pages_ahead = settings.made_ahead.0.then_some(state);
        let bucket_sweep = Some(settings.bucket_sweep_minutes).filter(|minutes| *minutes > 0);
        let bucket_sweep = bucket_sweep.map(|minutes| Duration::from_secs(minutes.saturating_mul(60)));
        let r2_queue = settings.r2_queue_url.0.map(|url| R2Queue { url, token: settings.r2_queue_token });
        Ok(Self { listener, address, site, library, public_url, bucket_sweep, r2_queue, pages_ahead })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The library behind it.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Answers until SIGTERM or Ctrl-C; then lets requests under way end, and closes the database.
    pub async fn run_until_stopped(self) -> Result<(), StartError> {
        self.greet().await?;
        self.run_until(stopped()).await
    }

    /// Answers until `stop` is ready.
    pub async fn run_until(self, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), StartError> {
        let Self { listener, site, library, bucket_sweep, r2_queue, pages_ahead, .. } = self;
        let sweeper = tokio::spawn(sweeper::sweep(library.clone()));
        let watch = tokio::spawn(settings_watch::watch(library.clone()));
        let making = library.clone();
        let ahead = tokio::spawn(async move { making.make_ahead().await });
        let bucket = bucket_sweep.map(|every| tokio::spawn(sweeper::sweep_bucket(library.clone(), every)));
        let events = r2_queue.map(|queue| tokio::spawn(queue.follow(library.clone())));
        let looking = library.clone();
        let files = tokio::spawn(async move { looking.look_at_files().await });
        let pages_ahead = pages_ahead.map(|state| tokio::spawn(page_cache::fill_ahead(state)));
        let (told, mut telling) = tokio::sync::watch::channel(false);
        // The client's address goes along with each request.
        let service = site.into_make_service_with_connect_info::<SocketAddr>();
        let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
            stop.await;
            tracing::info!("stopping");
            let _ = told.send(true);
        });
        let grace = async {
            let _ = telling.wait_for(|told| *told).await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            served = async { serving.await } => served?,
            () = grace => tracing::warn!("some requests did not end in time"),
        }
        sweeper.abort();
        watch.abort();
        ahead.abort();
        files.abort();
        for task in [bucket, events].into_iter().flatten() {
            task.abort();
        }
        if let Some(pages_ahead) = pages_ahead {
            pages_ahead.abort();
        }
        library.close().await;
        Ok(())
    }

    async fn greet(&self) -> Result<(), StartError> {
        let url = self.public_url.clone().map_or_else(|| format!("http://{}", self.address), String::from);
        let url = url.trim_end_matches('/');
        println!("Tuku is at {url}");
        let token = self.library.offer_setup().await.map_err(|error| StartError::Database(reason(&error)))?;
        if let Some(token) = token {
            println!("There is no admin yet. Make the first one, once, at\n  {url}/setup?token={token}");
        }
        Ok(())
    }
}

/// An error with what caused it: for the operator, who sees the program start.
fn reason(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text = format!("{text} ({cause})");
        next = cause.source();
    }
    text
}

fn limits(settings: &Settings) -> Limits {
    Limits {
        upload_seconds: settings.upload_minutes * 60,
        variant_memory: settings.variant_memory.0,
        imaging_jobs: imaging_jobs(settings),
        avif_pixels: settings.avif_megapixels.saturating_mul(1_000_000),
        made_ahead: settings.made_ahead.0,
    }
}

fn imaging_jobs(settings: &Settings) -> usize {
    let cores = || thread::available_parallelism().map_or(2, usize::from);
    if settings.imaging_jobs == 0 { cores() } else { settings.imaging_jobs }
}

fn imaging_pool(settings: &Settings) -> io::Result<Pool> {
    Ok(Pool::new(imaging_workers::Settings {
        program: settings.imaging_program.0.clone().map_or_else(this_program, Ok)?,
        jobs: imaging_jobs(settings),
        limits: imaging_workers::Limits {
            max_pixels: settings.max_megapixels.saturating_mul(1_000_000),
            max_frames: settings.max_frames,
            max_moving_pixels: settings.max_moving_megapixels.saturating_mul(1_000_000),
            max_memory: settings.imaging_memory.0,
        },
        // Without its metadata an original may be written anew, and larger.
        largest_answer: settings.max_file_bytes.0.saturating_mul(2).max(IMAGING_ANSWER),
        seconds: settings.imaging_seconds,
        niceness: IMAGING_NICENESS,
    }))
}

/// The very program that runs. On Linux also when another was put in its place meanwhile, which may speak another way.
fn this_program() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") { Ok("/proc/self/exe".into()) } else { env::current_exe() }
}

fn variant_files(settings: &Settings) -> io::Result<Option<DiskCache>> {
    let bytes = settings.variant_disk.0;
    if bytes == 0 { Ok(None) } else { DiskCache::open(settings.data_dir.join("variants"), bytes).map(Some) }
}

/// What admins may change while the site runs, as the operator set it.
fn site_settings(settings: &Settings) -> SiteSettings {
    SiteSettings {
        title: settings.site_title.clone(),
        registration: settings.registration,
        comments: settings.comments.0,
        largest_file: settings.max_file_bytes.0,
        quota: settings.quota.0.map(|quota| quota.0),
        default_language: settings.default_language,
        hotlinks: settings.hotlinks.0.text(),
    }
}

/// A store, and the same once more where it is the built-in one, which is reached by the site's own address.
type Store = (Arc<dyn ObjectStore>, Option<Arc<LocalStore>>);

fn open_store(settings: &Settings, secrets: &Secrets) -> Result<Store, StartError> {
    match settings.storage {
        StorageKind::BuiltIn => {
            let keys = KeyPair {
                access_key: secrets.storage_access_key.clone(),
                secret_key: secrets.storage_secret_key.clone(),
            };
            let root = settings.data_dir.join("storage");
            let store = LocalStore::open(root, keys, settings.max_file_bytes.0).map_err(StartError::Storage)?;
            let store = Arc::new(store);
            Ok((store.clone(), Some(store)))
        }
        StorageKind::S3 => {
            let store = S3Store::new(S3Config {
                endpoint: settings.s3_endpoint.0.clone(),
                region: settings.s3_region.clone(),
                bucket: settings.s3_bucket.clone(),
                access_key: settings.s3_access_key.clone(),
                secret_key: settings.s3_secret_key.clone(),
                path_style: settings.s3_path_style.0,
                max_object: settings.max_file_bytes.0,
            });
            Ok((Arc::new(store), None))
        }
    }
}

async fn open_key_values(settings: &Settings, database: &Database) -> Result<Arc<dyn KeyValue>, StartError> {
    match (settings.key_values, &settings.redis_url.0) {
        (KeyValuesKind::Redis, Some(url)) => {
            let store = RedisStore::open(url, &settings.redis_prefix).await.map_err(StartError::KeyValues)?;
            Ok(Arc::new(store))
        }
        _ => Ok(Arc::new(EmbeddedKeyValues::new(database.clone()))),
    }
}

async fn stopped() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C cannot be heard");
            std::future::pending::<()>().await;
        }
    };
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(error) => {
                tracing::error!(%error, "SIGTERM cannot be heard");
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
