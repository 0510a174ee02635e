//! Files that people put into the bucket with programs of their own: what lies in a folder becomes a picture, or is
//! refused with a reason, and stays where it lies.
//!
//! The table is also the list of what is to be looked at: whatever breaks off is looked at again, by any server.

use crate::database::{Query, sql};
use crate::error::is_taken;
use crate::folders::Home;
use crate::id_lists::IdList;
use crate::inspection::{Found, found_columns};
use crate::search::index;
use crate::uploads::{title_of, used_bytes};
use crate::{
    Changed, Error, Library, Result,
    clock::now,
    ids::{new_id, new_short},
};
use futures::{StreamExt, stream};
use model::{GalleryDraft, GalleryId, ImageId};
use std::time::Duration;
use storage::{Key, ObjectInfo};

/// How many files are taken from the table at once.
const BATCH: u64 = 100;

/// How long nothing is looked for where nobody says that something has come.
const IDLE: Duration = Duration::from_secs(30);

/// Seconds until a file that could not be looked at is looked at again.
const AGAIN_AFTER: i64 = 60;

/// How often it is looked anew what a file that went has become.
const TRIES: usize = 3;

/// For how many seconds a file that went is looked for under another name: clients that rename copy first.
const RENAMED_WITHIN: i64 = 24 * 60 * 60;

#[derive(sqlx::FromRow)]
struct FileRow {
    object_key: String,
    etag: String,
    bytes: i64,
    image_id: Option<String>,
}

impl FileRow {
    fn image(&self) -> Option<ImageId> {
        self.image_id.as_deref().and_then(ImageId::parse)
    }
}

/// What a file's picture is called like where nobody has named it.
fn name_of(key: &Key) -> &str {
    key.as_str().rsplit('/').next().unwrap_or_default()
}

impl Library {
    /// Notes what lies in the bucket now; the bytes are looked at soon after. Nothing if it is a picture and as it was, a
    /// folder, or in nobody's folder.
    pub async fn file_stored(&self, object: &ObjectInfo) -> Result<()> {
        if object.key.is_folder() {
            return Ok(());
        }
        let Some(home) = self.home_of(&object.key).await? else { return Ok(()) };
        let query = sql!(
            "INSERT INTO bucket_files (object_key, folder, etag, bytes, look_at, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?5)
             ON CONFLICT (object_key) DO UPDATE SET etag = ?3, bytes = ?4, look_at = ?5, updated_at = ?5
             WHERE etag <> ?3 OR bytes <> ?4 OR refusal IS NOT NULL"
        );
        let query =
            query.bind(object.key.as_str()).bind(home.path).bind(object.etag.as_str()).bind(object.size).bind(now());
        if self.0.database.write(query).await? > 0 {
            self.0.new_files.notify_one();
        }
        Ok(())
    }

    /// Follows a file that is gone from the bucket: its picture goes with it, unless the same file lies there under
    /// another name by now, which it then goes on as. What breaks off is done when it is said again, or found missing.
    pub async fn file_removed(&self, key: &Key) -> Result<()> {
        for _ in 0..TRIES {
            let Some(gone) = self.file_row(key).await? else { return Ok(()) };
            let Some(image) = gone.image() else { return self.forget_file(key).await };
            let Some(other) = self.renamed_to(&gone, &image).await? else {
                self.drop_rows(&image).await?;
                self.forget_file(key).await?;
                return self.drop_left_gallery(key).await;
            };
            if self.follow(&image, key, &other).await? {
                return self.drop_left_gallery(key).await;
            }
        }
        Err(Error::Internal("a file changes faster than it can be followed".into()))
    }

    /// Somebody says that something has become of a file: what lies there now is followed. Of what lies in no folder,
    /// such as each upload of the site, the store is not asked.
    pub async fn file_told(&self, key: &Key) -> Result<()> {
        if self.home_of(key).await?.is_none() {
            return Ok(());
        }
        match self.0.store.head(key).await {
            Ok(object) => self.file_stored(&object).await,
            Err(storage::Error::NotFound) => self.file_removed(key).await,
            Err(error) => Err(error.into()),
        }
    }

    async fn file_row(&self, key: &Key) -> Result<Option<FileRow>> {
        let query = sql!("SELECT object_key, etag, bytes, image_id FROM bucket_files WHERE object_key = ?1");
        self.0.database.one(query.bind(key.as_str())).await
    }

    /// Knows nothing more of a file that is gone.
    pub(crate) async fn forget_file(&self, key: &Key) -> Result<()> {
        self.0.database.write(forgotten(key)).await?;
        Ok(())
    }

    /// A file with the very bytes of one that is gone, of the same owner, that came not long ago.
    async fn renamed_to(&self, gone: &FileRow, image: &ImageId) -> Result<Option<FileRow>> {
        let query = sql!(
            "SELECT b.object_key, b.etag, b.bytes, b.image_id
             FROM bucket_files b CROSS JOIN folders f ON f.path = b.folder CROSS JOIN images i ON i.id = ?3
             WHERE b.etag = ?1 AND b.bytes = ?2 AND b.object_key <> ?5 AND f.user_id = i.user_id AND b.created_at > ?4
             ORDER BY b.created_at DESC LIMIT 1"
        );
        let query = query
            .bind(gone.etag.as_str())
            .bind(gone.bytes)
            .bind(image.as_str())
            .bind(now() - RENAMED_WITHIN)
            .bind(&*gone.object_key);
        self.0.database.one(query).await
    }

    /// The picture of a file goes on as that of another, with likes, comments and all. What the other had become until
    /// then goes; false if it became something else just now.
    async fn follow(&self, image: &ImageId, from: &Key, other: &FileRow) -> Result<bool> {
        let to = Key::parse(&other.object_key)?;
        if let Some(copy) = other.image() {
            self.drop_rows(&copy).await?;
        }
        let (old, new) = (title_of(name_of(from)), title_of(name_of(&to)));
        let moved = sql!(
            "UPDATE images SET object_key = ?2, filename = ?3, title = iif(title = ?4, ?5, title), updated_at = ?6
             WHERE id = ?1"
        );
        let moved = moved.bind(image.as_str()).bind(to.as_str()).bind(name_of(&to)).bind(old).bind(new).bind(now());
        let file = sql!(
            "INSERT INTO bucket_files (object_key, folder, etag, bytes, image_id, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
             ON CONFLICT (object_key) DO UPDATE SET image_id = ?5, refusal = NULL, look_at = NULL, updated_at = ?6"
        );
        let Some(home) = self.home_of(&to).await? else { return Ok(false) };
        let gone = forgotten(from);
        let file = file
            .bind(to.as_str())
            .bind(home.path.as_str())
            .bind(other.etag.as_str())
            .bind(other.bytes)
            .bind(image.as_str())
            .bind(now());
        let left = sql!(
            "DELETE FROM image_galleries WHERE image_id = ?1
             AND gallery_id IN (SELECT gallery_id FROM folder_galleries WHERE path = ?2)"
        );
        let old_home = self.home_of(from).await?;
        let (left_for, hung_for) =
            (old_home.as_ref().and_then(|home| home.hung_for(from.as_str())), home.hung_for(to.as_str()));
        let mut queries = vec![gone, moved, file];
        if let Some(folder) = left_for.filter(|folder| Some(*folder) != hung_for) {
            queries.push(left.bind(image.as_str()).bind(folder));
        }
        match self.0.database.batch(queries).await {
            Ok(_) => {}
            Err(error) if is_taken(&error, "images.object_key") => return Ok(false),
            Err(error) => return Err(error),
        }
        self.hang_for(&home, &to, image).await?;
        self.changed(&[Changed::Pictures, Changed::Picture(image.clone())]).await;
        Ok(true)
    }

    /// Takes a picture whose file is gone out of the library.
    async fn drop_rows(&self, image: &ImageId) -> Result<()> {
        let ids = IdList::one(image)?;
        let hidden = sql!("UPDATE images SET upload_status = 'failed', updated_at = ?2 WHERE id = ?1");
        self.0.database.write(hidden.bind(image.as_str()).bind(now())).await?;
        self.changed(&[Changed::Picture(image.clone())]).await;
        self.forget_variants(image).await;
        self.delete_rows(&ids).await
    }

    /// Looks at new files until the task is dropped.
    pub async fn look_at_files(&self) {
        loop {
            match self.look_at_some().await {
                Ok(0) => {
                    let _ = tokio::time::timeout(IDLE, self.0.new_files.notified()).await;
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::error!(?error, "new files of the bucket could not be looked at");
                    tokio::time::sleep(IDLE).await;
                }
            }
        }
    }

    /// Looks at the files that wait longest; answers how many there were.
    async fn look_at_some(&self) -> Result<usize> {
        let query = sql!("SELECT object_key FROM bucket_files WHERE look_at <= ?1 ORDER BY look_at LIMIT ?2");
        let waiting: Vec<(String,)> = self.0.database.all(query.bind(now()).bind(BATCH)).await?;
        let count = waiting.len();
        stream::iter(waiting)
            .for_each_concurrent(self.0.limits.imaging_jobs.max(1), async |(key,)| {
                let Ok(key) = Key::parse(key) else { return };
                if let Err(error) = self.look_at_file(&key).await {
                    tracing::warn!(%key, ?error, "a file of the bucket could not be looked at: it is again, later");
                    let later = sql!("UPDATE bucket_files SET look_at = ?2 WHERE object_key = ?1");
                    let later = later.bind(key.as_str()).bind(now() + AGAIN_AFTER);
                    if let Err(error) = self.0.database.write(later).await {
                        tracing::error!(?error, "a file of the bucket could not be put off");
                    }
                }
            })
            .await;
        Ok(count)
    }

    /// Looks at what lies there now, whatever was noted.
    async fn look_at_file(&self, key: &Key) -> Result<()> {
        let info = match self.0.store.head(key).await {
            Ok(info) => info,
            Err(storage::Error::NotFound) => return self.file_removed(key).await,
            Err(error) => return Err(error.into()),
        };
        let Some(row) = self.file_row(key).await? else { return Ok(()) };
        let Some(home) = self.home_of(key).await? else { return Ok(()) };
        if row.etag != info.etag {
            // Others than were told of: nobody else may tell.
            self.file_stored(&info).await?;
        }
        match (self.look_into(0, key, &info).await?, row.image()) {
            (Ok((found, _)), Some(image)) => self.replaced(&image, &info, found).await,
            (Ok((found, _)), None) => self.taken(&home, &info, found).await,
            (Err(reason), image) => {
                if let Some(image) = image {
                    let alone = sql!("UPDATE bucket_files SET image_id = NULL WHERE object_key = ?1");
                    self.0.database.write(alone.bind(key.as_str())).await?;
                    self.drop_rows(&image).await?;
                }
                self.0.database.write(looked_at(&info, None, Some(&reason))).await?;
                Ok(())
            }
        }
    }

    /// A new picture, where the owner's storage has room for it. The file counted towards that already.
    async fn taken(&self, home: &Home, info: &ObjectInfo, found: Found) -> Result<()> {
        let id: ImageId = new_id();
        let (filename, quota) = (name_of(&info.key), self.usage_of(&home.user_id).await?.quota);
        let title = title_of(filename);
        let insert = sql!(concat!(
            "INSERT INTO images (id, user_id, title, object_key, upload_status, filename, content_type, short,
                                 created_at, updated_at)
             SELECT ?1, ?2, ?3, ?4, 'pending', ?5, ?6, ?7, ?8, ?8
             WHERE EXISTS (SELECT 1 FROM bucket_files WHERE object_key = ?4) AND (?9 IS NULL OR ?9 >= ",
            used_bytes!("?2"),
            ") ON CONFLICT (object_key) DO NOTHING"
        ));
        let insert = insert
            .bind(id.as_str())
            .bind(home.user_id.as_str())
            .bind(title.as_str())
            .bind(info.key.as_str())
            .bind(filename)
            .bind(info.content_type.as_str())
            .bind(new_short())
            .bind(now())
            .bind(quota);
        let update =
            sql!(concat!("UPDATE images SET upload_status = 'completed', ", found_columns!(), " WHERE id = ?1"));
        let update = found.bind(update, &id)?;
        let [place, words] = index(&id, &title);
        let seen = looked_at(info, Some(&id), None);
        if self.0.database.batch(vec![insert, update, place, words, seen]).await?.first() == Some(&0) {
            let query = sql!("SELECT 1 FROM images WHERE object_key = ?1").bind(info.key.as_str());
            if self.0.database.count(query).await? == 1 {
                // Another server was faster.
                return Ok(());
            }
            let reason = "This file does not fit into your storage. Delete pictures to make room, and store it again.";
            self.0.database.write(looked_at(info, None, Some(reason))).await?;
            return Ok(());
        }
        self.hang_for(home, &info.key, &id).await?;
        self.changed(&[Changed::Picture(id.clone())]).await;
        self.0.new_pictures.add(&id);
        Ok(())
    }

    /// Other bytes of a picture.
    async fn replaced(&self, image: &ImageId, info: &ObjectInfo, found: Found) -> Result<()> {
        let query = sql!(concat!(
            "UPDATE images SET version = version + iif(checksum = ?3, 0, 1), ",
            found_columns!(),
            " WHERE id = ?1"
        ));
        let query = found.bind(query, image)?;
        self.0.database.batch(vec![query, looked_at(info, Some(image), None)]).await?;
        self.changed(&[Changed::Picture(image.clone())]).await;
        self.forget_variants(image).await;
        self.0.new_pictures.add(image);
        Ok(())
    }

    /// Hangs a picture at the end of the gallery of its file's folder, which is made if need be.
    async fn hang_for(&self, home: &Home, key: &Key, image: &ImageId) -> Result<()> {
        let Some(folder) = home.hung_for(key.as_str()) else { return Ok(()) };
        let gallery = self.gallery_of_folder(home, folder).await?;
        self.hang(&gallery, &IdList::one(image)?).await?;
        Ok(())
    }

    /// Deletes the gallery that was made for the folder of a file that is gone, if nothing else lies there, no picture
    /// hangs in it, and nobody has made it their own: named or described it, shared it, or said where it may be shown.
    async fn drop_left_gallery(&self, key: &Key) -> Result<()> {
        let Some(home) = self.home_of(key).await? else { return Ok(()) };
        let Some(folder) = home.hung_for(key.as_str()) else { return Ok(()) };
        let query = sql!(
            "SELECT g.id FROM folder_galleries o CROSS JOIN galleries g ON g.id = o.gallery_id
             WHERE o.path = ?1 AND g.name = ?2 AND g.description = '' AND g.hotlinks IS NULL
                 AND NOT EXISTS (SELECT 1 FROM image_galleries ig WHERE ig.gallery_id = g.id)
                 AND NOT EXISTS (SELECT 1 FROM share_links s WHERE s.gallery_id = g.id)
                 AND NOT EXISTS (SELECT 1 FROM bucket_files b
                                 WHERE b.object_key > ?1 AND b.object_key < ?1 || char(1114111))"
        );
        let left: Option<(String,)> = self.0.database.one(query.bind(folder).bind(home.gallery_name(folder))).await?;
        let Some(id) = left.and_then(|(id,)| GalleryId::parse(&id)) else { return Ok(()) };
        // What hangs there by now keeps it.
        let drop = sql!(
            "DELETE FROM galleries
             WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM image_galleries ig WHERE ig.gallery_id = ?1)"
        );
        self.0.database.write(drop.bind(id.as_str())).await?;
        self.changed(&[Changed::Gallery(id)]).await;
        Ok(())
    }

    async fn gallery_of_folder(&self, home: &Home, folder: &str) -> Result<GalleryId> {
        let known = || sql!("SELECT gallery_id FROM folder_galleries WHERE path = ?1").bind(folder);
        let found: Option<(String,)> = self.0.database.one(known()).await?;
        if let Some(id) = found.and_then(|(id,)| GalleryId::parse(&id)) {
            return Ok(id);
        }
        let draft = GalleryDraft::parse(&home.gallery_name(folder), "", home.is_public)?;
        let made = self.insert_gallery(&home.user_id, draft).await?.gallery_id;
        let note = sql!("INSERT INTO folder_galleries (path, gallery_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
        if self.0.database.write(note.bind(folder).bind(made.as_str())).await? == 1 {
            return Ok(made);
        }
        // Two files of a new folder at once: the other's gallery is the folder's.
        let undone = sql!("DELETE FROM galleries WHERE id = ?1");
        self.0.database.write(undone.bind(made.as_str())).await?;
        self.changed(&[Changed::Gallery(made)]).await;
        let found: Option<(String,)> = self.0.database.one(known()).await?;
        found.and_then(|(id,)| GalleryId::parse(&id)).ok_or(Error::NotFound)
    }
}

fn forgotten(key: &Key) -> Query {
    sql!("DELETE FROM bucket_files WHERE object_key = ?1").bind(key.as_str())
}

/// The statement that notes what became of a file, unless it is another one by now.
fn looked_at(info: &ObjectInfo, image: Option<&ImageId>, refusal: Option<&str>) -> Query {
    sql!(
        "UPDATE bucket_files SET image_id = coalesce((SELECT id FROM images WHERE id = ?3), image_id), refusal = ?4,
                                 bytes = ?5, look_at = NULL, updated_at = ?6
         WHERE object_key = ?1 AND etag = ?2"
    )
    .bind(info.key.as_str())
    .bind(info.etag.as_str())
    .bind(image.map(ImageId::as_str))
    .bind(refusal)
    .bind(info.size)
    .bind(now())
}
