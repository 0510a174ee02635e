//! What arrived, looked at: an upload's bytes become a picture of the library, or are refused with a reason.

use crate::database::sql;
use crate::pictures::ThumbRow;
use crate::{Error, Library, Result, clock::now, ids::sha256};
use futures::TryStreamExt;
use imaging::Refusal;
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
    content_type: String,
    bytes: i64,
    #[sqlx(flatten)]
    pub(crate) thumb: ThumbRow,
}

/// What the bytes turned out to be.
struct Found {
    bytes: u64,
    checksum: String,
    width: u32,
    height: u32,
    orientation: u16,
    camera: Camera,
    colour: String,
}

impl Library {
    pub(crate) async fn upload_row(&self, id: &ImageId) -> Result<Option<UploadRow>> {
        self.0
            .database
            .one(
                sql!(
                    "SELECT id, title, width, height, placeholder, version, user_id, object_key, upload_status, failure,
                            filename, content_type, bytes FROM images WHERE id = ?1"
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
        match self.look_into(&row, &key, &info).await? {
            Ok(found) => self.complete(id, found).await,
            Err(reason) => {
                let confirmed = self.fail(id, reason).await?;
                self.0.store.delete(&key).await?;
                Ok(confirmed)
            }
        }
    }

    /// The inner error is a sentence for the uploader. Cheap checks come first.
    async fn look_into(&self, row: &UploadRow, key: &Key, info: &ObjectInfo) -> Result<Result<Found, String>> {
        let declared = row.bytes.max(0) as u64;
        if info.size > self.0.limits.largest_file {
            return Ok(Err(self.too_large()));
        }
        if info.size == 0 || (declared > 0 && info.size != declared) {
            let (came, all) = (info.size, declared.max(1));
            return Ok(Err(format!("Only {came} of {all} bytes arrived. Upload the file again.")));
        }
        let usage = self.usage_of(&row.user_id).await?;
        if usage.quota.is_some_and(|quota| usage.used - declared.min(usage.used) + info.size > quota) {
            return Ok(Err("This file does not fit into your storage any more. Delete pictures to make room.".into()));
        }
        let bytes = self.original(key, info.size).await?;
        let limits = self.picture_limits();
        let _turn = self.0.imaging.acquire().await;
        let declared = row.content_type.clone();
        let looked = tokio::task::spawn_blocking(move || {
            let probe = imaging::probe(&bytes, &limits)?;
            let colour = imaging::mean_colour(&bytes, &probe)?;
            Ok::<_, Refusal>((probe, colour, bytes.len() as u64, sha256(&bytes)))
        })
        .await?;
        let (probe, [red, green, blue], bytes, checksum) = match looked {
            Ok(looked) => looked,
            Err(refusal) => return Ok(Err(refusal.to_string())),
        };
        if probe.format.content_type() != declared {
            let (is, said) = (probe.format.content_type(), declared);
            return Ok(Err(format!(
                "This file was sent as {said} but is {is}. Give it the right ending and try again."
            )));
        }
        let facts = probe.facts;
        Ok(Ok(Found {
            bytes,
            checksum,
            width: probe.width,
            height: probe.height,
            orientation: probe.orientation.as_u16(),
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
        }))
    }

    /// A whole original in memory, for decoding; its size was checked.
    pub(crate) async fn original(&self, key: &Key, size: u64) -> Result<Vec<u8>> {
        let object = self.0.store.get(key, None).await?;
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        let mut body = object.body;
        while let Some(chunk) = body.try_next().await.map_err(|error| Error::Internal(Box::new(error)))? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    async fn complete(&self, id: &ImageId, found: Found) -> Result<Confirmed> {
        self.0
            .database
            .write(
                sql!(
                    "UPDATE images SET upload_status = 'completed', bytes = ?2, checksum = ?3, width = ?4, height = ?5,
                                       orientation = ?6, exif = ?7, placeholder = ?8, updated_at = ?9
                     WHERE id = ?1 AND upload_status = 'pending'"
                )
                .bind(id.as_str())
                .bind(found.bytes)
                .bind(found.checksum)
                .bind(found.width)
                .bind(found.height)
                .bind(u32::from(found.orientation))
                .bind(serde_json::to_string(&found.camera)?)
                .bind(found.colour)
                .bind(now()),
            )
            .await?;
        let picture = self.upload_row(id).await?.and_then(|row| row.thumb.thumb());
        Ok(Confirmed { state: UploadState::Completed, reason: None, picture })
    }

    pub(crate) async fn fail(&self, id: &ImageId, reason: String) -> Result<Confirmed> {
        self.0
            .database
            .write(
                sql!(
                    "UPDATE images SET upload_status = 'failed', failure = ?2, updated_at = ?3
                     WHERE id = ?1 AND upload_status = 'pending'"
                )
                .bind(id.as_str())
                .bind(reason.as_str())
                .bind(now()),
            )
            .await?;
        Ok(Confirmed { state: UploadState::Failed, reason: Some(reason), picture: None })
    }
}
