//! What arrived, looked at: an upload's bytes become a picture of the library, or are refused with a reason.

use crate::database::{Query, sql};
use crate::pictures::{ThumbRow, state};
use crate::search::index;
use crate::uploads::used_bytes;
use crate::{Changed, Error, Library, Result, clock::now, ids::sha256};
use bytes::Bytes;
use imaging_workers::{Failure, Inspected};
use model::{Camera, Confirmed, ImageId, UploadState};
use storage::{Key, ObjectInfo};

/// An upload, as far as it is known before its bytes are looked at.
#[derive(sqlx::FromRow)]
pub(crate) struct UploadRow {
    pub(crate) user_id: String,
    object_key: String,
    pub(crate) upload_status: String,
    pub(crate) failure: Option<String>,
    pub(crate) filename: String,
    bytes: i64,
    #[sqlx(flatten)]
    pub(crate) thumb: ThumbRow,
}

impl UploadRow {
    /// What is told of it.
    pub(crate) fn confirmed(self) -> Confirmed {
        match state(&self.upload_status) {
            UploadState::Completed => {
                Confirmed { state: UploadState::Completed, reason: None, picture: self.thumb.thumb() }
            }
            state => Confirmed { state, reason: self.failure, picture: None },
        }
    }
}

/// What the bytes turned out to be.
pub(crate) struct Found {
    /// Its media type, whatever the upload called itself.
    content_type: &'static str,
    ending: &'static str,
    bytes: u64,
    checksum: String,
    width: u32,
    height: u32,
    orientation: u16,
    has_alpha: bool,
    frames: u32,
    camera: Camera,
    colour: String,
}

/// Sets the columns of what was found: the first parameters of the statement are [`Found::bind`]'s.
macro_rules! found_columns {
    () => {
        "bytes = ?2, checksum = ?3, width = ?4, height = ?5, orientation = ?6, exif = ?7, placeholder = ?8,
         content_type = ?9, has_alpha = ?10, frames = ?11, updated_at = ?12"
    };
}
pub(crate) use found_columns;

impl Found {
    /// Binds the picture's id and what [`found_columns`] sets.
    pub(crate) fn bind(self, query: Query, image: &ImageId) -> Result<Query> {
        Ok(query
            .bind(image.as_str())
            .bind(self.bytes)
            .bind(self.checksum)
            .bind(self.width)
            .bind(self.height)
            .bind(u32::from(self.orientation))
            .bind(serde_json::to_string(&self.camera)?)
            .bind(self.colour)
            .bind(self.content_type)
            .bind(self.has_alpha)
            .bind(self.frames)
            .bind(now()))
    }
}

impl Library {
    pub(crate) async fn upload_row(&self, id: &ImageId) -> Result<Option<UploadRow>> {
        self.0
            .database
            .one(
                sql!(
                    "SELECT id, title, width, height, placeholder, version, user_id, object_key, upload_status, failure,
                            filename, bytes FROM images WHERE id = ?1"
                )
                .bind(id.as_str()),
            )
            .await
    }

    /// A pending upload's bytes, looked at: completed, failed, or not there yet.
    pub(crate) async fn examine(&self, id: &ImageId, row: UploadRow) -> Result<Confirmed> {
        let key = Key::parse(&row.object_key)?;
        let info = match self.0.store.head(&key).await {
            Ok(info) => info,
            Err(storage::Error::NotFound) => {
                let reason = "The file has not arrived yet. PUT it to its upload address, then confirm again.";
                return Ok(Confirmed { state: UploadState::Pending, reason: Some(reason.into()), picture: None });
            }
            Err(error) => return Err(error.into()),
        };
        let looked = self.look_into(row.bytes.max(0) as u64, &key, &info).await;
        let confirmed = match looked {
            Ok(Ok((found, bytes))) => self.complete(id, &row, found, bytes).await?,
            Ok(Err(reason)) => self.fail(id, reason).await?,
            // Another look has ended it meanwhile, and the bytes are gone from here.
            Err(error) => match self.state_of(id).await? {
                Confirmed { state: UploadState::Pending, .. } => return Err(error),
                ended => return Ok(ended),
            },
        };
        self.0.store.delete(&key).await?;
        Ok(confirmed)
    }

    /// The inner error is a sentence for the uploader. Cheap checks come first. `declared`: how many bytes it was said
    /// to have, 0 if nobody said.
    pub(crate) async fn look_into(
        &self,
        declared: u64,
        key: &Key,
        info: &ObjectInfo,
    ) -> Result<Result<(Found, Bytes), String>> {
        if info.size > self.settings().largest_file {
            return Ok(Err(self.too_large()));
        }
        if info.size == 0 && declared == 0 {
            return Ok(Err("This file is empty.".into()));
        }
        if declared > 0 && info.size != declared {
            return Ok(Err(format!("Only {} of {declared} bytes arrived. Upload the file again.", info.size)));
        }
        let bytes = self.original(key, info.size).await?;
        let hashed = bytes.clone();
        let hashing = tokio::task::spawn_blocking(move || sha256(&hashed));
        let (looked, checksum) = tokio::join!(self.0.pool.inspect(bytes.clone()), hashing);
        let checksum = checksum?;
        let Inspected { probe, colour: [red, green, blue] } = match looked {
            Ok(inspected) => inspected,
            Err(Failure::Refused(refusal)) => return Ok(Err(refusal.to_string())),
            // Not the picture's fault: it stays pending, and is looked at again.
            Err(Failure::Broken(error)) => return Err(Error::Internal(Box::new(error))),
        };
        let facts = probe.facts;
        let found = Found {
            content_type: probe.format.content_type(),
            ending: probe.format.extension(),
            bytes: bytes.len() as u64,
            checksum,
            width: probe.width,
            height: probe.height,
            orientation: probe.orientation.as_u16(),
            has_alpha: probe.has_alpha,
            frames: probe.frames,
            camera: Camera {
                model: facts.model,
                lens: facts.lens,
                aperture: facts.aperture,
                exposure: facts.exposure,
                iso: facts.iso,
                focal_length: facts.focal_length,
                taken: facts.taken,
            },
            colour: format!("#{red:02x}{green:02x}{blue:02x}"),
        };
        Ok(Ok((found, bytes)))
    }

    /// A whole original of this size in memory, for decoding, as soon as there is room for it. The bytes keep the room
    /// for as long as anyone has them.
    pub(crate) async fn original(&self, key: &Key, size: u64) -> Result<Bytes> {
        let places = self.0.sources.take(size).await?;
        let object = self.0.store.get(key, None).await?;
        let most = usize::try_from(self.largest_object()).unwrap_or(usize::MAX);
        Ok(places.hold(object.into_bytes(most).await?))
    }

    /// Puts the very bytes that were looked at where no upload address reaches, completes the row, and makes it
    /// findable. The quota is held in the same statement, so that uploads confirmed at once cannot pass it together.
    async fn complete(&self, id: &ImageId, row: &UploadRow, found: Found, bytes: Bytes) -> Result<Confirmed> {
        // Named by what is in it: two looks at the same bytes mean the same object, at others another one.
        let key = Key::parse(format!("originals/{id}/{}.{}", &found.checksum[..16], found.ending))?;
        self.0.store.put(&key, found.content_type, Some(found.bytes), storage::once(bytes)).await?;
        let quota = self.usage_of(&row.user_id).await?.quota;
        let query = sql!(concat!(
            "UPDATE images SET upload_status = 'completed', object_key = ?13, ",
            found_columns!(),
            " WHERE id = ?1 AND upload_status = 'pending' AND (?14 IS NULL OR ?14 >= ?2 - images.bytes + ",
            used_bytes!("images.user_id"),
            ")"
        ));
        let query = found.bind(query, id)?.bind(key.as_str()).bind(quota);
        let [place, words] = index(id, &row.thumb.title);
        if self.0.database.batch(vec![query, place, words]).await?.first() == Some(&0) {
            // Still pending: it did not fit. Else someone ended or deleted it meanwhile.
            let row = self.upload_row(id).await?;
            if row.is_none_or(|row| row.object_key != key.as_str()) {
                self.0.store.delete(&key).await?;
            }
            let why = "This file does not fit into your storage any more. Delete pictures to make room.";
            return self.fail(id, why.into()).await;
        }
        self.changed(&[Changed::Picture(id.clone())]).await;
        self.0.new_pictures.add(id);
        self.state_of(id).await
    }

    /// Marks a pending upload as refused. One that ended meanwhile stays as it is: its real state is answered.
    pub(crate) async fn fail(&self, id: &ImageId, reason: String) -> Result<Confirmed> {
        let query = sql!(
            "UPDATE images SET upload_status = 'failed', failure = ?2, updated_at = ?3
             WHERE id = ?1 AND upload_status = 'pending'"
        );
        self.0.database.write(query.bind(id.as_str()).bind(reason.as_str()).bind(now())).await?;
        self.state_of(id).await
    }

    async fn state_of(&self, id: &ImageId) -> Result<Confirmed> {
        Ok(self.upload_row(id).await?.ok_or(Error::NotFound)?.confirmed())
    }
}
