//! Originals as files to keep: its owner gets the very bytes under the name they came with, others what the owner
//! lets them have, and never that name.

use crate::database::sql;
use crate::pictures::ImageRow;
use crate::room::Place;
use crate::variants::VariantKey;
use crate::{Error, Library, Result, Viewer};
use bytes::Bytes;
use futures::FutureExt;
use imaging::Format;
use model::{Downloads, Hotlinks, ImageId, PictureType};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;
use storage::{Body, DiskCache, Key};
use tokio::time::timeout;

/// Grows when the same original is stripped to other bytes than before, so that entity tags change.
const STRIPPING: u32 = 1;

/// How long a download waits for others to be read to their end, which leaves room for it in memory.
const PATIENCE: Duration = Duration::from_secs(30);

/// Of the cache on disk, a stripped original takes at most one part of so many: else a few large ones would throw out
/// all variants.
const PARTS_OF_DISK: u64 = 8;

/// The most characters a file's name takes from a title.
const LONGEST_NAME: usize = 80;

/// An original that the viewer may have; not read yet, so that a client that has it costs nothing.
#[derive(Debug)]
pub struct Original {
    /// A strong entity tag (RFC 9110, 8.8.3), quotes included.
    pub etag: String,
    image: ImageId,
    version: i64,
    key: Key,
    content_type: String,
    has_alpha: bool,
    size: u64,
    name: Name,
    is_stripped: bool,
    hotlinks: Vec<Option<Hotlinks>>,
}

impl Original {
    /// Which other sites may show it; see [`Library::may_be_shown_on`].
    pub fn hotlinks(&self) -> &[Option<Hotlinks>] {
        &self.hotlinks
    }

    /// What it is kept under without its metadata.
    fn stripped_key(&self) -> VariantKey {
        VariantKey { image: self.image.clone(), options: format!("stripped,{},{STRIPPING}", self.version) }
    }

    /// What it is without its metadata: what it was, unless its pixels are written anew (see [`imaging::strip`]).
    fn stripped_type(&self) -> &str {
        match Format::ALL.into_iter().find(|format| format.content_type() == self.content_type) {
            Some(Format::Tiff | Format::Bmp | Format::Svg) if self.has_alpha => Format::Png.content_type(),
            Some(Format::Tiff | Format::Bmp | Format::Svg) => Format::Jpeg.content_type(),
            _ => &self.content_type,
        }
    }
}

/// What a file is called.
#[derive(Debug)]
enum Name {
    /// As it was uploaded.
    Own(String),
    /// Without an ending, which goes by what the file is.
    Given(String),
}

impl Name {
    fn with(self, ending: &str) -> String {
        match self {
            Self::Own(name) => name,
            Self::Given(stem) => format!("{stem}.{ending}"),
        }
    }
}

/// What is told of an original without sending it.
#[derive(Debug)]
pub struct OriginalFacts {
    /// The type of the bytes.
    pub content_type: String,
    /// What to call it.
    pub filename: String,
    /// Bytes; absent while nobody knows how many a file without its metadata will have.
    pub size: Option<u64>,
}

/// A file ready to be sent, whole or in part.
#[derive(Debug)]
pub struct OriginalFile {
    /// The type of the bytes.
    pub content_type: String,
    /// What to call it.
    pub filename: String,
    /// Bytes.
    pub size: u64,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Stored(Key),
    Made(Bytes),
}

#[derive(sqlx::FromRow)]
struct FileRow {
    filename: String,
    content_type: String,
    bytes: i64,
    has_alpha: bool,
}

/// How files of a type end, without the dot.
fn ending(content_type: &str) -> &'static str {
    PictureType::of(content_type).map_or("bin", PictureType::ending)
}

/// There is no room for a download now.
const BUSY: Error = Error::RateLimited { seconds: PATIENCE.as_secs() };

/// Whether a stripped original of this size is kept on disk.
fn is_kept(files: &DiskCache, size: u64) -> bool {
    size <= files.limit() / PARTS_OF_DISK
}

/// Reads what others may download as the database keeps it.
pub(crate) fn downloads(text: &str) -> Downloads {
    Downloads::ALL.into_iter().find(|known| known.as_str() == text).unwrap_or(Downloads::None)
}

impl ImageRow {
    /// The rule for downloads of a picture that the viewer may see.
    pub(crate) fn may_download(&self, viewer: &Viewer) -> bool {
        viewer.may_change(&self.user_id) || downloads(&self.downloads) != Downloads::None
    }

    /// What others call the file: the title's words, or the id.
    fn stem(&self) -> String {
        let words: String = slug::slugify(&self.title).chars().take(LONGEST_NAME).collect();
        let words = words.trim_matches('-');
        if words.is_empty() { self.id.clone() } else { words.to_owned() }
    }
}

impl Library {
    /// Opens the original of a picture for downloading. [`Error::Forbidden`] for those who may see the picture, but
    /// not download it.
    pub async fn open_original(&self, viewer: &Viewer, image: &ImageId) -> Result<Original> {
        let row = self.visible_picture(viewer, image).await?;
        if !row.may_download(viewer) {
            return Err(Error::Forbidden("Its owner does not let others download this picture."));
        }
        let query = sql!("SELECT filename, content_type, bytes, has_alpha FROM images WHERE id = ?1");
        let file: FileRow = self.0.database.one(query.bind(image.as_str())).await?.ok_or(Error::NotFound)?;
        let facts = self.picture_facts(image).await?.ok_or(Error::NotFound)?;
        let is_own = viewer.may_change(&row.user_id);
        let is_stripped = !is_own && downloads(&row.downloads) == Downloads::Stripped;
        let kind = if is_stripped { format!("stripped{STRIPPING}") } else { "original".to_owned() };
        Ok(Original {
            etag: format!("\"{image}-{}-{kind}\"", row.version),
            image: image.clone(),
            version: row.version,
            key: row.key()?,
            content_type: file.content_type,
            has_alpha: file.has_alpha,
            size: u64::try_from(file.bytes).unwrap_or(0),
            name: if is_own { Name::Own(file.filename) } else { Name::Given(row.stem()) },
            is_stripped,
            hotlinks: facts.hotlinks.clone(),
        })
    }

    /// What is known of an opened original as it is: nothing is made for it, and nothing read. A file without metadata
    /// that is put together oddly may turn out to be of another type, as it is then written anew.
    pub async fn describe_original(&self, original: Original) -> OriginalFacts {
        let (content_type, size) = match original.is_stripped {
            true => (original.stripped_type().to_owned(), self.stripped_size(&original.stripped_key()).await),
            false => (original.content_type, Some(original.size)),
        };
        OriginalFacts { filename: original.name.with(ending(&content_type)), content_type, size }
    }

    /// How large a stripped original is, if it is in memory or on disk.
    async fn stripped_size(&self, key: &VariantKey) -> Option<u64> {
        if let Some(held) = self.0.downloads.get(key) {
            return Some(held.len() as u64);
        }
        let files = self.0.variant_files.as_ref()?;
        files.size(key.image.as_str(), &key.options).await
    }

    /// The file of an opened original. One that is to be without metadata is made now; [`Error::RateLimited`] while
    /// those who read others slowly leave no room for it.
    pub async fn read_original(&self, original: Original) -> Result<OriginalFile> {
        if original.is_stripped {
            let (bytes, format) = self.stripped(&original).await?;
            return Ok(OriginalFile {
                content_type: format.content_type().to_owned(),
                filename: original.name.with(format.extension()),
                size: bytes.len() as u64,
                content: Content::Made(bytes),
            });
        }
        let Original { key, content_type, size, name, .. } = original;
        let filename = name.with(ending(&content_type));
        Ok(OriginalFile { filename, content_type, size, content: Content::Stored(key) })
    }

    /// An original without metadata. However many ask at once, it is made once and is in memory once, for as long as
    /// anyone reads it; the making is broken off when nobody waits for it any more.
    async fn stripped(&self, original: &Original) -> Result<(Bytes, Format)> {
        let Original { key: object, size, .. } = original;
        let key = original.stripped_key();
        let (making, _) = self.0.variants.under_way.join(&key, || {
            let (library, key, object, size) = (self.clone(), key.clone(), object.clone(), *size);
            async move { library.strip(&key, &object, size).await.map_err(Arc::new) }.boxed()
        });
        let bytes = making.await.map_err(Error::for_each)?;
        let format = Format::sniff(&bytes).ok_or_else(|| Error::Internal("a stripped file is no picture".into()))?;
        Ok((bytes, format))
    }

    /// The stripped original: as it is being sent to others, from disk, or made now.
    async fn strip(&self, key: &VariantKey, object: &Key, size: u64) -> Result<Bytes> {
        let downloads = &self.0.downloads;
        if let Some(held) = downloads.get(key) {
            return Ok(held);
        }
        let (family, name) = (key.image.as_str(), key.options.as_str());
        let files = self.0.variant_files.as_ref();
        if let Some(files) = files
            && let Some(kept_size) = files.size(family, name).await
        {
            let place = self.held_place(kept_size).await?;
            if let Some(kept) = files.get(family, name).await {
                return Ok(downloads.hold(key, kept, place));
            }
        }
        if let Some(refusal) = self.0.variants.failures.of(key).await {
            return Err(Error::Internal(Box::new(refusal)));
        }
        // Most are copied, and become a little smaller. Taken before the room of the original: who has that one waits
        // for nothing but a worker.
        let mut place = self.held_place(size).await?;
        let whole = self.original(object, size).await?;
        let stripped = match self.0.pool.strip(whole).await {
            Ok(stripped) => Bytes::from(stripped.bytes),
            Err(failure) => return Err(self.failed(key, failure).await),
        };
        let size = stripped.len() as u64;
        let fits = place.fit(size);
        let bytes = if fits { downloads.hold(key, stripped, place) } else { stripped };
        if files.is_some_and(|files| is_kept(files, size)) {
            // Nobody waits for the disk.
            tokio::spawn(self.clone().keep(key.clone(), bytes.clone()));
        }
        if fits { Ok(bytes) } else { Err(BUSY) }
    }

    /// Room in memory for a file that is sent. [`Error::RateLimited`] if others who read slowly leave none.
    async fn held_place(&self, size: u64) -> Result<Place> {
        timeout(PATIENCE, self.0.downloads.room.take(size)).await.unwrap_or(Err(BUSY))
    }

    /// The bytes of a file within a range that it has.
    pub async fn original_body(&self, file: &OriginalFile, range: Range<u64>) -> Result<Body> {
        match &file.content {
            Content::Stored(key) => Ok(self.0.store.get(key, Some(range)).await?.body),
            Content::Made(bytes) => {
                let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
                let (start, end) = (place(range.start), place(range.end));
                Ok(storage::once(bytes.slice(start.min(end)..end)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use imaging::Refusal;

    #[test]
    fn what_is_unknown_lets_nobody_download() {
        for known in Downloads::ALL {
            assert_eq!(downloads(known.as_str()), known);
        }
        assert_eq!(downloads("all"), Downloads::None);
    }

    /// A stripped original of a picture whose file is not in the store.
    fn stripped() -> Original {
        Original {
            etag: "\"abc\"".into(),
            image: ImageId::parse("abc").unwrap(),
            version: 2,
            key: Key::parse("originals/abc").unwrap(),
            content_type: "image/gif".into(),
            has_alpha: false,
            size: 9,
            name: Name::Given("sea".into()),
            is_stripped: true,
            hotlinks: Vec::new(),
        }
    }

    fn key() -> VariantKey {
        VariantKey { image: ImageId::parse("abc").unwrap(), options: format!("stripped,2,{STRIPPING}") }
    }

    fn made(file: &OriginalFile) -> &Bytes {
        match &file.content {
            Content::Made(bytes) => bytes,
            Content::Stored(_) => panic!("it is sent as it is"),
        }
    }

    #[tokio::test]
    async fn a_stripped_file_comes_from_disk_and_is_in_memory_once() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::for_tests(folder.path()).await;
        let (files, room) = (library.0.variant_files.clone().unwrap(), &library.0.downloads.room);
        let all = room.free();
        files.put("abc", &key().options, Bytes::from_static(b"GIF89a-stripped")).await;
        let first = library.read_original(stripped()).await.unwrap();
        assert_eq!((first.content_type.as_str(), first.filename.as_str(), first.size), ("image/gif", "sea.gif", 15));
        files.forget("abc").await;
        let second = library.read_original(stripped()).await.unwrap();
        assert_eq!(made(&first).as_ptr(), made(&second).as_ptr());
        let body = library.original_body(&second, 3..6).await.unwrap();
        drop((first, second));
        assert_eq!(room.free(), all - 1, "some of it is still to be sent");
        let sent: Vec<Bytes> = futures::TryStreamExt::try_collect(body).await.unwrap();
        assert_eq!(sent, [&b"89a"[..]]);
        drop(sent);
        assert_eq!(room.free(), all);
        assert!(library.read_original(stripped()).await.is_err(), "neither on disk nor in the store any more");
        assert_eq!(room.free(), all);
    }

    #[tokio::test]
    async fn nothing_is_made_to_tell_of_a_stripped_file() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::for_tests(folder.path()).await;
        let told = library.describe_original(stripped()).await;
        assert_eq!((told.content_type.as_str(), told.filename.as_str(), told.size), ("image/gif", "sea.gif", None));

        let files = library.0.variant_files.clone().unwrap();
        files.put("abc", &key().options, Bytes::from_static(b"GIF89a-stripped")).await;
        assert_eq!(library.describe_original(stripped()).await.size, Some(15), "on disk");
        let read = library.read_original(stripped()).await.unwrap();
        files.forget("abc").await;
        assert_eq!(library.describe_original(stripped()).await.size, Some(15), "as it is being read");
        drop(read);
        assert_eq!(library.describe_original(stripped()).await.size, None);

        let own = Original { is_stripped: false, name: Name::Own("IMG_1.gif".into()), ..stripped() };
        let told = library.describe_original(own).await;
        assert_eq!((told.filename.as_str(), told.size), ("IMG_1.gif", Some(9)));
    }

    #[test]
    fn what_is_written_anew_without_metadata_is_of_another_type() {
        let becomes = |content_type: &str, has_alpha| {
            let original = Original { content_type: content_type.into(), has_alpha, ..stripped() };
            original.stripped_type().to_owned()
        };
        for kept in ["image/jpeg", "image/png", "image/webp", "image/heic", "image/jxl"] {
            assert_eq!(becomes(kept, false), kept);
            assert_eq!(becomes(kept, true), kept);
        }
        for written in ["image/tiff", "image/bmp", "image/svg+xml"] {
            assert_eq!(becomes(written, false), "image/jpeg", "{written}");
            assert_eq!(becomes(written, true), "image/png", "{written}");
        }
    }

    #[tokio::test]
    async fn what_could_not_be_stripped_is_not_tried_again_soon() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::for_tests(folder.path()).await;
        library.0.variants.failures.remember(&key(), &Refusal::Crashed).await;
        let Err(Error::Internal(cause)) = library.read_original(stripped()).await else { panic!("it was made") };
        let cause = cause.downcast_ref::<Arc<Error>>().unwrap();
        let Error::Internal(cause) = &**cause else { panic!("{cause:?}") };
        assert_eq!(cause.downcast_ref::<Refusal>(), Some(&Refusal::Crashed));
    }

    #[tokio::test]
    async fn the_largest_files_are_not_kept_on_disk() {
        let folder = tempfile::tempdir().unwrap();
        let files = DiskCache::open(folder.path(), 8_000).unwrap();
        assert!(is_kept(&files, 1_000) && !is_kept(&files, 1_001));
    }

    #[test]
    fn a_given_name_ends_by_what_the_file_is() {
        assert_eq!(Name::Own("IMG_1.tif".into()).with("jpg"), "IMG_1.tif");
        assert_eq!(Name::Given("winter-sea".into()).with("jpg"), "winter-sea.jpg");
    }
}
