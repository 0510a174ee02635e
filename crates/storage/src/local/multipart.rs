//! Uploads in parts: each upload is a folder with a note of what it will become and one file a part.

use std::fs::{self, DirEntry, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};

use super::draft::{Draft, sync_folder};
use super::record::{Details, Record, hex};
use super::{Condition, LocalStore, blocking};
use crate::{Body, Error, Key, Result};

/// Every part but the last has at least so many bytes (an S3 rule).
const SMALLEST_PART: u64 = 5 * 1024 * 1024;
/// Characters of an upload's id, from letters and digits.
const ID_LENGTH: usize = 24;
const NOTE: &str = "upload.json";

/// What an upload will become.
#[derive(Serialize, Deserialize)]
struct Note {
    key: String,
    details: Details,
}

/// An upload that is neither finished nor given up.
pub(crate) struct Upload {
    pub key: Key,
    pub id: String,
    /// Unix seconds.
    pub begun: i64,
}

/// A part the client wants in the object.
pub(crate) struct Chosen {
    /// 1 to 10,000.
    pub number: i32,
    /// The ETag it was told, without quotes.
    pub etag: Option<String>,
}

/// Why parts did not become an object.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FinishError {
    /// There is no such part, or it has another ETag.
    #[error("a part is missing")]
    Missing,
    /// None were named, or not in ascending order.
    #[error("the parts are not in order")]
    Order,
    /// A part that is not the last is below the minimum.
    #[error("a part is too small")]
    TooSmall,
    /// Anything else; [`Error::NotFound`] when there is no such upload.
    #[error(transparent)]
    Store(#[from] Error),
}

impl LocalStore {
    /// Begins an upload and gives its id.
    pub(crate) async fn begin_upload(&self, key: &Key, details: Details) -> Result<String> {
        let uploads = self.multipart.clone();
        let note = Note { key: key.to_string(), details };
        let begin = move || -> io::Result<String> {
            let folder = tempfile::Builder::new().prefix("").rand_bytes(ID_LENGTH).tempdir_in(&uploads)?;
            let mut file = File::create(folder.path().join(NOTE))?;
            file.write_all(&serde_json::to_vec(&note)?)?;
            file.sync_all()?;
            sync_folder(folder.path())?;
            sync_folder(&uploads)?;
            let id = folder.path().file_name().and_then(|id| id.to_str()).map(str::to_owned);
            let id = id.ok_or(io::ErrorKind::InvalidFilename)?;
            let _kept = folder.keep();
            Ok(id)
        };
        blocking(begin).await.map_err(Error::unavailable)
    }

    /// Stores one part, in place of an earlier one of the same number.
    pub(crate) async fn put_part(&self, key: &Key, id: &str, number: i32, length: u64, body: Body) -> Result<Record> {
        let folder = self.upload(key, id).await?.0;
        let draft = self.receive(Some(length), length, body).await?;
        let record = draft.record(Details::default());
        let publish = move || -> io::Result<Record> {
            draft.publish(&folder, &folder.join(part_name(number)), &record)?;
            Ok(record)
        };
        blocking(publish).await.map_err(Error::opening)
    }

    /// The parts so far, by number.
    pub(crate) async fn parts(&self, key: &Key, id: &str) -> Result<Vec<(i32, Record)>> {
        let folder = self.upload(key, id).await?.0;
        let read = move || -> io::Result<Vec<(i32, Record)>> {
            let mut parts = Vec::new();
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                if let Some(number) = entry.file_name().to_str().and_then(part_number) {
                    parts.push((number, Record::read(&mut File::open(entry.path())?)?));
                }
            }
            parts.sort_by_key(|(number, _)| *number);
            Ok(parts)
        };
        blocking(read).await.map_err(Error::opening)
    }

    /// How many bytes the other parts have that have come, by the lengths of their files: a few more than there are.
    pub(crate) async fn other_parts(&self, key: &Key, id: &str, number: i32) -> Result<u64> {
        let folder = self.upload(key, id).await?.0;
        let sum = move || -> io::Result<u64> {
            let mut bytes = 0;
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let part = entry.file_name().to_str().and_then(part_number);
                if part.is_some_and(|part| part != number) {
                    bytes += entry.metadata()?.len();
                }
            }
            Ok(bytes)
        };
        blocking(sum).await.map_err(Error::opening)
    }

    /// The uploads under way, by key and id.
    pub(crate) async fn uploads(&self) -> Result<Vec<Upload>> {
        let folder = self.multipart.clone();
        let read = move || -> io::Result<Vec<Upload>> {
            let mut uploads: Vec<_> = fs::read_dir(folder)?.filter_map(|entry| under_way(&entry.ok()?)).collect();
            uploads.sort_by(|a, b| (&a.key, &a.id).cmp(&(&b.key, &b.id)));
            Ok(uploads)
        };
        blocking(read).await.map_err(Error::unavailable)
    }

    /// Makes the chosen parts one object of at most so many bytes.
    pub(crate) async fn finish_upload(
        &self,
        key: &Key,
        id: &str,
        chosen: Vec<Chosen>,
        limit: u64,
        condition: Condition,
    ) -> Result<Record, FinishError> {
        if chosen.is_empty() || !chosen.is_sorted_by(|a, b| a.number < b.number) {
            return Err(FinishError::Order);
        }
        let (folder, note) = self.upload(key, id).await?;
        let (place, temporary) = (self.place(key), self.temporary.clone());
        let finish = move || -> io::Result<Result<Record, FinishError>> {
            let parts = match open_chosen(&folder, &chosen, limit)? {
                Ok(parts) => parts,
                Err(refused) => return Ok(Err(refused)),
            };
            let mut etags = Md5::new();
            let mut draft = Draft::create(&temporary)?;
            let count = parts.len();
            for (file, record) in parts {
                etags.update(unhex(&record.etag));
                draft.append(file, record.size)?;
            }
            let etag = format!("{}-{count}", hex(&etags.finalize()[..]));
            let record = draft.record_with_etag(note.details, etag);
            if let Err(refused) = place.publish(draft, &record, &condition)? {
                return Ok(Err(refused.into()));
            }
            fs::remove_dir_all(&folder)?;
            Ok(Ok(record))
        };
        blocking(finish).await.map_err(Error::unavailable)?
    }

    /// Forgets an upload and its parts.
    pub(crate) async fn abort_upload(&self, key: &Key, id: &str) -> Result<()> {
        let folder = self.upload(key, id).await?.0;
        blocking(move || fs::remove_dir_all(folder)).await.map_err(Error::opening)
    }

    /// The folder of an upload and its note, if there is one by this id for this key.
    async fn upload(&self, key: &Key, id: &str) -> Result<(PathBuf, Note)> {
        if id.len() != ID_LENGTH || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Error::NotFound);
        }
        let folder = self.multipart.join(id);
        let file = folder.join(NOTE);
        let note = blocking(move || Ok(serde_json::from_slice::<Note>(&fs::read(file)?)?)).await;
        let note = note.map_err(Error::opening)?;
        if note.key == key.as_str() { Ok((folder, note)) } else { Err(Error::NotFound) }
    }
}

/// The upload of a folder; none if it ends meanwhile.
fn under_way(folder: &DirEntry) -> Option<Upload> {
    let file = folder.path().join(NOTE);
    let note: Note = serde_json::from_slice(&fs::read(&file).ok()?).ok()?;
    let begun = fs::metadata(&file).ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_secs();
    Some(Upload {
        key: Key::parse(note.key).ok()?,
        id: folder.file_name().into_string().ok()?,
        begun: i64::try_from(begun).ok()?,
    })
}

/// Opens the chosen parts in order, or says what is wrong with them.
fn open_chosen(folder: &Path, chosen: &[Chosen], limit: u64) -> io::Result<Result<Vec<(File, Record)>, FinishError>> {
    let mut parts = Vec::with_capacity(chosen.len());
    let mut size = 0_u64;
    for Chosen { number, etag } in chosen {
        let mut file = match File::open(folder.join(part_name(*number))) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Err(FinishError::Missing)),
            file => file?,
        };
        let record = Record::read(&mut file)?;
        if etag.as_ref().is_some_and(|etag| *etag != record.etag) {
            return Ok(Err(FinishError::Missing));
        }
        if parts.len() + 1 < chosen.len() && record.size < SMALLEST_PART {
            return Ok(Err(FinishError::TooSmall));
        }
        size = size.saturating_add(record.size);
        if size > limit {
            return Ok(Err(FinishError::Store(Error::TooLarge)));
        }
        io::Seek::rewind(&mut file)?;
        parts.push((file, record));
    }
    Ok(Ok(parts))
}

fn part_name(number: i32) -> String {
    format!("{number:05}.part")
}

fn part_number(name: &str) -> Option<i32> {
    name.strip_suffix(".part")?.parse().ok()
}

/// The bytes a hexadecimal text stands for; what is not hexadecimal is left out.
fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().filter_map(|c| u8::try_from(c.to_digit(16)?).ok()).collect();
    digits.chunks_exact(2).map(|pair| (pair[0] << 4) | pair[1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::tests::{read, store};
    use crate::{ObjectStore, once};

    fn key() -> Key {
        Key::parse("big/one").unwrap()
    }

    fn chosen(number: i32) -> Chosen {
        Chosen { number, etag: None }
    }

    #[tokio::test]
    async fn parts_become_one_object_in_the_order_of_their_numbers() {
        let (_root, store) = store();
        let id = store.begin_upload(&key(), Details::of_type("video/mp4")).await.unwrap();
        let first = vec![b'1'; SMALLEST_PART as usize];
        store.put_part(&key(), &id, 2, 3, once("end")).await.unwrap();
        store.put_part(&key(), &id, 1, SMALLEST_PART, once(first.clone())).await.unwrap();
        assert_eq!(store.parts(&key(), &id).await.unwrap().len(), 2);
        assert!(matches!(store.head(&key()).await, Err(Error::NotFound)), "nothing is there before the end");

        let name = key();
        let finish = |most| store.finish_upload(&name, &id, vec![chosen(1), chosen(2)], most, Condition::default());
        assert!(matches!(finish(SMALLEST_PART).await, Err(FinishError::Store(Error::TooLarge))));
        let record = finish(SMALLEST_PART + 3).await.unwrap();
        assert!(record.etag.ends_with("-2"));
        let info = store.head(&key()).await.unwrap();
        assert_eq!((info.size, info.content_type.as_str()), (SMALLEST_PART + 3, "video/mp4"));
        assert_eq!(read(&store, &key()).await, [&first[..], b"end"].concat());
        assert!(matches!(store.parts(&key(), &id).await, Err(Error::NotFound)), "the upload is over");
    }

    #[tokio::test]
    async fn wrong_parts_are_refused_and_leave_nothing() {
        let (_root, store) = store();
        let id = store.begin_upload(&key(), Details::default()).await.unwrap();
        store.put_part(&key(), &id, 1, 5, once("small")).await.unwrap();
        store.put_part(&key(), &id, 2, 3, once("end")).await.unwrap();

        let key = key();
        let finish = |parts| store.finish_upload(&key, &id, parts, u64::MAX, Condition::default());
        let both = vec![chosen(1), chosen(2)];
        assert!(matches!(finish(both).await, Err(FinishError::TooSmall)));
        assert!(matches!(finish(vec![chosen(2), chosen(1)]).await, Err(FinishError::Order)));
        assert!(matches!(finish(vec![]).await, Err(FinishError::Order)));
        assert!(matches!(finish(vec![chosen(3)]).await, Err(FinishError::Missing)));
        let other = Chosen { number: 2, etag: Some("0".repeat(32)) };
        assert!(matches!(finish(vec![other]).await, Err(FinishError::Missing)));
        assert!(matches!(store.head(&key).await, Err(Error::NotFound)));
    }

    #[tokio::test]
    async fn ids_that_are_paths_find_no_upload() {
        let (_root, store) = store();
        for id in ["", "..", "../objects", "........................", "aaaaaaaaaaaaaaaaaaaaaaaa"] {
            assert!(matches!(store.abort_upload(&key(), id).await, Err(Error::NotFound)), "{id:?}");
        }
        let id = store.begin_upload(&key(), Details::default()).await.unwrap();
        let other = Key::parse("other").unwrap();
        assert!(matches!(store.abort_upload(&other, &id).await, Err(Error::NotFound)));
        store.abort_upload(&key(), &id).await.unwrap();
        assert!(matches!(store.abort_upload(&key(), &id).await, Err(Error::NotFound)));
    }
}
