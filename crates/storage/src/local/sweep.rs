//! Clearing away what interrupted uploads left.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Removes the files and folders in `folder` that have not changed for `age`.
pub(super) fn sweep(folder: &Path, age: Duration) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        match remove_if_older(&entry?.path(), age) {
            // Another process has finished with it meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            removed => removed?,
        }
    }
    Ok(())
}

fn remove_if_older(path: &Path, age: Duration) -> io::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    let unchanged = SystemTime::now().duration_since(metadata.modified()?).unwrap_or_default();
    if unchanged <= age {
        return Ok(());
    }
    tracing::info!(path = %path.display(), "removing what an interrupted upload left");
    if metadata.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
}
