//! The bucket compared with what is known of it, folder by folder: for what was put there, changed or taken away without
//! anyone saying so. May be broken off and run again, by any server, at any time.

use crate::database::sql;
use crate::{Library, Result};
use bytes::Bytes;
use std::collections::HashMap;
use std::time::Duration;
use storage::{Key, ObjectInfo};

/// How many objects are compared at once.
const PAGE: usize = 1_000;

/// For how long it is known where a sweep broke off.
const REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

/// So many files of a page are believed to be gone; of more it is doubted when they are more than half of what was known
/// there: it may be another bucket, or an empty one in place of the real one.
const FEW: usize = 20;

/// What a sweep found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// New files, and such with other bytes.
    pub came: u64,
    /// Files that are gone.
    pub went: u64,
    /// Files that seem gone, of which there are too many to believe it.
    pub doubted: u64,
}

fn place(folder: &str) -> String {
    format!("bucket-sweep:{folder}")
}

impl Library {
    /// Compares every folder with the bucket.
    pub async fn sweep_bucket(&self) -> Result<Swept> {
        let mut swept = Swept::default();
        let folders: Vec<(String,)> = self.0.database.all(sql!("SELECT path FROM folders ORDER BY path")).await?;
        for (folder,) in folders {
            // One that cannot be compared keeps none of the others waiting.
            if let Err(error) = self.sweep_folder(&folder, &mut swept).await {
                tracing::error!(folder, ?error, "a folder of the bucket could not be compared to the end");
            }
        }
        Ok(swept)
    }

    /// From where the last time ended, if it broke off.
    async fn sweep_folder(&self, folder: &str, swept: &mut Swept) -> Result<()> {
        let place = place(folder);
        let begun = self.0.key_values.get(&place).await?;
        let mut after = begun.and_then(|key| Key::parse(String::from_utf8_lossy(&key)).ok());
        loop {
            let page = self.0.store.list(folder, after.as_ref(), PAGE).await?;
            let last = page.objects.last().map(|object| object.key.clone()).filter(|_| page.more);
            self.compare(folder, after.as_ref(), last.as_ref(), page.objects, swept).await?;
            match last {
                Some(last) => {
                    self.0.key_values.put(&place, Bytes::from(last.to_string()), REMEMBERED).await?;
                    after = Some(last);
                }
                None => {
                    self.0.key_values.delete(&place).await?;
                    return Ok(());
                }
            }
        }
    }

    /// A page of the bucket, beside the rows of the same stretch of keys.
    async fn compare(
        &self,
        folder: &str,
        after: Option<&Key>,
        last: Option<&Key>,
        objects: Vec<ObjectInfo>,
        swept: &mut Swept,
    ) -> Result<()> {
        let query = sql!(
            "SELECT object_key, etag, bytes FROM bucket_files
             WHERE folder = ?1 AND object_key > ?2 AND (?3 IS NULL OR object_key <= ?3)"
        );
        let query = query.bind(folder).bind(after.map_or("", Key::as_str)).bind(last.map(Key::as_str));
        let rows: Vec<(String, String, i64)> = self.0.database.all(query).await?;
        let known_count = rows.len();
        let mut known: HashMap<String, (String, i64)> =
            rows.into_iter().map(|(key, etag, bytes)| (key, (etag, bytes))).collect();
        for object in objects.into_iter().filter(|object| !object.key.is_folder()) {
            let same = known.remove(object.key.as_str());
            let same = same.is_some_and(|(etag, bytes)| etag == object.etag && bytes.unsigned_abs() == object.size);
            if !same {
                self.file_stored(&object).await?;
                swept.came += 1;
            }
        }
        let gone = known.into_keys().collect::<Vec<_>>();
        if gone.len() > FEW && 2 * gone.len() > known_count {
            tracing::error!(folder, gone = gone.len(), "many files are not in the bucket: their pictures are kept");
            swept.doubted += gone.len() as u64;
            return Ok(());
        }
        for key in gone {
            let key = Key::parse(key)?;
            // Asked for once more: it may have come after the page was listed.
            if matches!(self.0.store.head(&key).await, Err(storage::Error::NotFound)) {
                self.file_removed(&key).await?;
                swept.went += 1;
            }
        }
        Ok(())
    }
}
