//! Writing one object's file: under a temporary name until it is whole and on disk, then renamed.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use md5::{Digest, Md5};
use tempfile::TempPath;

use super::record::{Details, Record, hex};

/// How often a folder may vanish under a rename (the last object in it was just removed) before giving up.
const ATTEMPTS: usize = 16;

/// An object's file in the making. Dropped before [`Draft::publish`], it leaves nothing.
pub(super) struct Draft {
    file: File,
    path: TempPath,
    md5: Md5,
    size: u64,
}

impl Draft {
    /// An empty one in the folder for temporary files.
    pub fn create(temporary: &Path) -> io::Result<Self> {
        let (file, path) = tempfile::Builder::new().prefix("draft-").tempfile_in(temporary)?.into_parts();
        Ok(Self { file, path, md5: Md5::new(), size: 0 })
    }

    /// Appends bytes that arrived.
    pub fn write(&mut self, chunks: &[Bytes]) -> io::Result<()> {
        for chunk in chunks {
            self.file.write_all(chunk)?;
            self.md5.update(chunk);
            self.size += chunk.len() as u64;
        }
        Ok(())
    }

    /// Appends the first `size` bytes of a stored file, without hashing them: its record has an ETag already.
    pub fn append(&mut self, source: File, size: u64) -> io::Result<()> {
        let copied = io::copy(&mut source.take(size), &mut self.file)?;
        if copied != size {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.size += size;
        Ok(())
    }

    /// Bytes so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The record of what was written, with the MD5 of the bytes as its ETag.
    pub fn record(&self, details: Details) -> Record {
        self.record_with_etag(details, hex(&self.md5.clone().finalize()[..]))
    }

    /// The record of what was appended.
    pub fn record_with_etag(&self, details: Details, etag: String) -> Record {
        Record { size: self.size, etag, modified: now(), details }
    }

    /// Makes it the file at `destination`, below `root`: all of it on disk before the name points to it, and the name
    /// on disk before this returns.
    pub fn publish(mut self, root: &Path, destination: &Path, record: &Record) -> io::Result<()> {
        self.file.write_all(&record.trailer()?)?;
        self.file.sync_all()?;

        let folder = destination.parent().unwrap_or(root);
        let mut path = self.path;
        for _ in 0..ATTEMPTS {
            match make_folder(root, folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                made => made?,
            }
            match path.persist(destination) {
                Ok(()) => return sync_folder(folder),
                Err(failed) if failed.error.kind() == io::ErrorKind::NotFound => path = failed.path,
                Err(failed) => return Err(failed.error),
            }
        }
        Err(io::ErrorKind::NotFound.into())
    }
}

/// Removes a file and the folders below `root` that are empty without it. A file that is not there is fine.
pub(super) fn remove(root: &Path, file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        removed => removed?,
    }
    let mut folder = file.parent();
    if let Some(folder) = folder {
        sync_folder(folder)
            .or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
    }
    while let Some(empty) = folder.filter(|folder| *folder != root)
        && fs::remove_dir(empty).is_ok()
    {
        folder = empty.parent();
    }
    Ok(())
}

/// Makes the missing folders between `root` and `folder`, each on disk before what goes into it.
fn make_folder(root: &Path, folder: &Path) -> io::Result<()> {
    let mut made = root.to_path_buf();
    for name in folder.strip_prefix(root).unwrap_or(Path::new("")) {
        let parent = made.clone();
        made.push(name);
        match fs::create_dir(&made) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            // Also when it was there: whoever made it may not have come to this yet.
            _ => sync_folder(&parent)?,
        }
    }
    Ok(())
}

/// Has the file system write down the names in a folder.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Unix seconds.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_dropped_draft_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        let mut draft = Draft::create(root.path()).unwrap();
        draft.write(&[Bytes::from_static(b"half")]).unwrap();
        assert_eq!(names(root.path()), 1);
        drop(draft);
        assert_eq!(names(root.path()), 0);
    }

    #[test]
    fn a_published_draft_is_one_file_with_its_record() {
        let root = tempfile::tempdir().unwrap();
        let mut draft = Draft::create(root.path()).unwrap();
        draft.write(&[Bytes::from_static(b"hel"), Bytes::from_static(b"lo")]).unwrap();
        let record = draft.record(Details::of_type("text/plain"));
        let destination = root.path().join("a").join("b");
        draft.publish(root.path(), &destination, &record).unwrap();

        let stored = Record::read(&mut File::open(&destination).unwrap()).unwrap();
        assert_eq!((stored.size, stored.etag.as_str()), (5, "5d41402abc4b2a76b9719d911017c592"));
        assert_eq!(names(root.path()), 1, "only the folder is left, no temporary file");
    }

    #[test]
    fn removing_takes_empty_folders_along_but_not_the_root() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a").join("b");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("x"), "x").unwrap();
        fs::write(root.path().join("y"), "y").unwrap();

        remove(root.path(), &folder.join("x")).unwrap();
        assert_eq!(names(root.path()), 1);
        remove(root.path(), &root.path().join("y")).unwrap();
        assert_eq!(names(root.path()), 0);
        remove(root.path(), &root.path().join("y")).unwrap();
    }
}
