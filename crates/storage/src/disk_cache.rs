//! A folder of what can be made again, bounded by bytes: what was not used for longest goes first.
//!
//! What is kept under a key belongs to a family, all of one picture say, so that a family can be dropped at once.
//! Every file ends with the SHA-256 of what is before it: one that is damaged counts as one that is not there. Several
//! programs may share a folder. Each finds what the others put there, and counts it in when it next looks around.

use bytes::Bytes;
use index::Index;
use name::Name;
use sha2::{Digest, Sha256};
use std::fs::{self, DirBuilder, DirEntry, File, FileTimes, Metadata};
use std::io::{self, Read, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

mod index;
mod name;
#[cfg(test)]
mod tests;

/// What the names of files in the making start with.
const DRAFT: &str = "draft-";

/// A draft that has not changed for so long is nobody's any more.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// How far the time in a file's record may be behind its last use: it is not written at every one.
const COARSE: Duration = Duration::from_secs(60 * 60);

/// Bytes at the end of each file, for finding damage.
const DIGEST: usize = 32;

/// The cache. Cheap to clone; every clone is the same cache.
#[derive(Clone)]
pub struct DiskCache(Arc<Inside>);

struct Inside {
    folder: PathBuf,
    index: Mutex<Index>,
}

impl DiskCache {
    /// A cache of at most so many bytes in a folder, which is made if need be. What is there already is found at
    /// once, and counted in the background.
    pub fn open(folder: impl Into<PathBuf>, bytes: u64) -> io::Result<Self> {
        let folder = folder.into();
        make_folder(&folder)?;
        let inside = Arc::new(Inside { folder, index: Mutex::new(Index::new(bytes)) });
        let looking = inside.clone();
        std::thread::Builder::new().name("disk-cache".into()).spawn(move || looking.look_around())?;
        Ok(Self(inside))
    }

    /// What is kept under a key.
    pub async fn get(&self, family: &str, key: &str) -> Option<Bytes> {
        let name = Name::new(family, key);
        self.blocking(move |inside| inside.read(name)).await.flatten()
    }

    /// How many bytes are kept under a key, without reading them.
    pub async fn size(&self, family: &str, key: &str) -> Option<u64> {
        let name = Name::new(family, key);
        let size = move |inside: &Inside| {
            let metadata = fs::metadata(name.path(&inside.folder)).ok()?;
            metadata.len().checked_sub(DIGEST as u64)
        };
        self.blocking(size).await.flatten()
    }

    /// Keeps this under a key, in place of what may be there. A disk that is full or fails is told to the log: then
    /// nothing is kept.
    pub async fn put(&self, family: &str, key: &str, bytes: Bytes) {
        let name = Name::new(family, key);
        let put = move |inside: &Inside| {
            if let Err(error) = inside.write(name, &bytes) {
                tracing::warn!(%error, "a file could not be put into the cache on disk");
            }
        };
        self.blocking(put).await;
    }

    /// Drops all of a family.
    pub async fn forget(&self, family: &str) {
        let family = Name::new(family, "");
        let forget = move |inside: &Inside| {
            if let Err(error) = inside.forget(family) {
                tracing::error!(%error, "files could not be removed from the cache on disk");
            }
        };
        self.blocking(forget).await;
    }

    /// The most bytes that are kept.
    pub fn limit(&self) -> u64 {
        self.0.index().limit()
    }

    /// How many bytes are kept, as far as is known.
    pub fn held(&self) -> u64 {
        self.0.index().held()
    }

    /// Does what waits for the disk where it holds up nothing else.
    async fn blocking<T: Send + 'static>(&self, work: impl FnOnce(&Inside) -> T + Send + 'static) -> Option<T> {
        let inside = self.0.clone();
        tokio::task::spawn_blocking(move || work(&inside)).await.ok()
    }
}

impl Inside {
    fn index(&self) -> MutexGuard<'_, Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, name: Name) -> Option<Bytes> {
        let path = name.path(&self.folder);
        match read_file(&path) {
            Ok((bytes, Some(file))) => {
                let size = bytes.len() as u64 + DIGEST as u64;
                self.index().put(name, size, SystemTime::now());
                used(&file);
                Some(bytes)
            }
            Ok((_, None)) => {
                tracing::warn!(path = %path.display(), "a damaged file is removed from the cache on disk");
                self.remove([name]);
                None
            }
            Err(error) => {
                if error.kind() == io::ErrorKind::NotFound {
                    self.index().remove(name);
                } else {
                    tracing::warn!(path = %path.display(), %error, "a file of the cache on disk cannot be read");
                }
                None
            }
        }
    }

    fn write(&self, name: Name, bytes: &[u8]) -> io::Result<()> {
        let size = bytes.len() as u64 + DIGEST as u64;
        if size > self.index().limit() {
            return Ok(());
        }
        let path = name.path(&self.folder);
        let folder = path.parent().unwrap_or(&self.folder);
        make_folder(folder)?;
        let mut draft = tempfile::Builder::new().prefix(DRAFT).tempfile_in(folder)?;
        draft.write_all(bytes)?;
        draft.write_all(&Sha256::digest(bytes)[..])?;
        draft.persist(&path).map_err(|failed| failed.error)?;
        let (doomed, is_due) = {
            let mut index = self.index();
            index.put(name, size, SystemTime::now());
            (index.overflow(), index.is_look_due(size))
        };
        self.remove(doomed);
        if is_due {
            self.look_around();
        }
        Ok(())
    }

    fn forget(&self, family: Name) -> io::Result<()> {
        let path = family.path(&self.folder);
        let entries = match fs::read_dir(path.parent().unwrap_or(&self.folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        let names = entries.filter_map(|entry| Name::read(entry.ok()?.file_name().to_str()?));
        self.remove(names.filter(|name| name.is_kin_of(family)));
        Ok(())
    }

    fn remove(&self, names: impl IntoIterator<Item = Name>) {
        for name in names {
            match fs::remove_file(name.path(&self.folder)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::warn!(%error, "a file of the cache on disk cannot be removed");
                }
                _ => {}
            }
            // After the file: whoever looks around meanwhile may have counted it in.
            self.index().remove(name);
        }
    }

    /// Counts the files that are there and not known yet, and removes what is too much.
    fn look_around(&self) {
        for folder in entries(&self.folder) {
            for entry in entries(&folder.path()) {
                self.look_at(&entry);
            }
        }
        let doomed = self.index().overflow();
        self.remove(doomed);
    }

    fn look_at(&self, entry: &DirEntry) {
        let file_name = entry.file_name();
        let Some(file_name) = file_name.to_str() else { return };
        let modified = |metadata: &Metadata| metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        if let Some(name) = Name::read(file_name) {
            // Under the lock, so that it is not counted after another has removed it.
            let mut index = self.index();
            if let Ok(metadata) = entry.metadata() {
                index.found(name, metadata.len(), modified(&metadata));
            }
        } else if file_name.starts_with(DRAFT)
            && let Ok(metadata) = entry.metadata()
            && modified(&metadata).elapsed().is_ok_and(|age| age > ABANDONED)
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The entries of a folder; of one that is not there or is none, nothing.
fn entries(folder: &Path) -> impl Iterator<Item = DirEntry> {
    fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok)
}

/// For its owner alone, as everything in the data folder.
fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// What a file keeps, and the file; without it what was read is damaged.
fn read_file(path: &Path) -> io::Result<(Bytes, Option<File>)> {
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let mut bytes = Bytes::from(bytes);
    let Some(length) = bytes.len().checked_sub(DIGEST) else { return Ok((bytes, None)) };
    let digest = bytes.split_off(length);
    let is_whole = Sha256::digest(&bytes)[..] == digest[..];
    Ok((bytes, is_whole.then_some(file)))
}

/// Has the file itself remember that it was used, for the next start.
fn used(file: &File) {
    let modified = file.metadata().and_then(|metadata| metadata.modified());
    if modified.is_ok_and(|modified| modified.elapsed().is_ok_and(|age| age > COARSE)) {
        let _ = file.set_times(FileTimes::new().set_modified(SystemTime::now()));
    }
}
