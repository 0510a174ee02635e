//! Uploads: a pending row and an address to PUT to, then a check of what arrived.

use crate::database::sql;
use crate::pictures::{ThumbRow, state};
use crate::{
    Error, Library, Result, Viewer,
    clock::now,
    ids::{new_id, sha256},
};
use futures::TryStreamExt;
use imaging::Refusal;
use model::{Camera, Confirmed, ImageId, UploadDraft, UploadState, UploadTicket, Usage};
use std::time::Duration;
use storage::{Body, Key, ObjectInfo, PresignPut};
use url::Url;

/// Seconds after its address has ended that an upload nobody confirmed is looked at.
const SWEEP_AFTER: i64 = 60;

#[derive(sqlx::FromRow)]
struct UploadRow {
    user_id: String,
    object_key: String,
    upload_status: String,
    failure: Option<String>,
    filename: String,
    content_type: String,
    bytes: i64,
    #[sqlx(flatten)]
    thumb: ThumbRow,
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

/// A title from a file's name, or none where a camera made the name: `2024-05-01_Winter_sea.jpg` says something,
/// `IMG_2041.jpg` does not.
fn title_of(filename: &str) -> String {
    let stem = filename.rsplit_once('.').map_or(filename, |(stem, _)| stem).replace('_', " ");
    let stem = stem.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters: String = stem.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    let camera = ["", "img", "dsc", "dscf", "dscn", "pxl", "mvimg", "image", "photo", "p", "r", "gopr", "wa", "imgwa"];
    if camera.contains(&letters.as_str()) { String::new() } else { stem }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1_000_000.0)
}

impl Library {
    /// What the viewer has stored and may store.
    pub async fn usage(&self, viewer: &Viewer) -> Result<Usage> {
        self.usage_of(viewer.signed_in()?.id.as_str()).await
    }

    async fn usage_of(&self, user: &str) -> Result<Usage> {
        let row: Option<(i64, Option<i64>)> = self
            .0
            .database
            .one(
                sql!(
                    "SELECT coalesce((SELECT sum(bytes) FROM images WHERE user_id = ?1 AND upload_status <> 'failed'), 0),
                            (SELECT quota_bytes FROM users WHERE id = ?1)"
                )
                .bind(user),
            )
            .await?;
        let (used, own_quota) = row.unwrap_or_default();
        let quota = own_quota.map(|quota| quota.max(0) as u64).or(self.0.limits.quota);
        Ok(Usage { used: used.max(0) as u64, quota, largest_file: self.0.limits.largest_file })
    }

    /// Makes a pending picture and an address to PUT its bytes to. `origin` is the site's own address as the
    /// client reaches it; the built-in store is served there.
    pub async fn begin_upload(&self, viewer: &Viewer, draft: &UploadDraft, origin: &Url) -> Result<UploadTicket> {
        let (id, key) = self.pending(viewer, draft).await?;
        let expires_in = self.0.limits.upload_seconds;
        let terms = PresignPut {
            content_type: draft.content_type,
            length: draft.size,
            expires: Duration::from_secs(expires_in),
            origin,
        };
        let url = self.0.store.presign_put(&key, &terms).await?;
        Ok(UploadTicket { upload_url: url.into(), asset_id: id, expires_in })
    }

    /// Stores a file that came through the program, as a form without script sends it, and checks it at once.
    pub async fn upload(&self, viewer: &Viewer, draft: &UploadDraft, body: Body) -> Result<Confirmed> {
        let (id, key) = self.pending(viewer, draft).await?;
        match self.0.store.put(&key, draft.content_type, draft.size, body).await {
            Ok(_) => self.confirm_upload(viewer, &id).await,
            Err(storage::Error::TooLarge) => self.fail(&id, self.too_large()).await,
            Err(storage::Error::Incomplete { .. }) => {
                self.fail(&id, "The connection broke before the whole file had arrived. Upload it again.".into()).await
            }
            Err(error) => Err(error.into()),
        }
    }

    fn too_large(&self) -> String {
        format!("This file is too large: the most is {}.", megabytes(self.0.limits.largest_file))
    }

    async fn pending(&self, viewer: &Viewer, draft: &UploadDraft) -> Result<(ImageId, Key)> {
        let member = viewer.signed_in()?;
        let usage = self.usage_of(member.id.as_str()).await?;
        if draft.size.is_some_and(|size| size > usage.largest_file) {
            return Err(Error::field("size", self.too_large()));
        }
        if draft.size == Some(0) {
            return Err(Error::field("size", "This file is empty."));
        }
        if usage.left() < draft.size.unwrap_or(1) {
            let left = megabytes(usage.left());
            return Err(Error::field("size", format!("Your storage has {left} left. Delete pictures to make room.")));
        }
        let id: ImageId = new_id();
        let extension = draft.content_type.strip_prefix("image/").unwrap_or("bin");
        let key = Key::parse(format!("originals/{id}.{extension}"))?;
        self.0
            .database
            .write(
                sql!(
                    "INSERT INTO images (id, user_id, title, object_key, upload_status, filename, content_type, bytes,
                                         created_at, updated_at)
                     VALUES (?1, ?2, ?3, ?4, 'pending', ?5, ?6, ?7, ?8, ?8)"
                )
                .bind(id.as_str())
                .bind(member.id.as_str())
                .bind(title_of(&draft.filename))
                .bind(key.as_str())
                .bind(draft.filename.as_str())
                .bind(draft.content_type)
                .bind(draft.size.unwrap_or(0))
                .bind(now()),
            )
            .await?;
        Ok((id, key))
    }

    /// Looks at what arrived and makes it a picture, or says why not. Asking again answers the same.
    pub async fn confirm_upload(&self, viewer: &Viewer, id: &ImageId) -> Result<Confirmed> {
        viewer.signed_in()?;
        let row = self.upload_row(id).await?.filter(|row| viewer.may_change(&row.user_id)).ok_or(Error::NotFound)?;
        match state(&row.upload_status) {
            UploadState::Pending => self.examine(id, row).await,
            UploadState::Failed => Ok(Confirmed { state: UploadState::Failed, reason: row.failure, picture: None }),
            UploadState::Completed => {
                Ok(Confirmed { state: UploadState::Completed, reason: None, picture: row.thumb.thumb() })
            }
        }
    }

    async fn upload_row(&self, id: &ImageId) -> Result<Option<UploadRow>> {
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
    async fn examine(&self, id: &ImageId, row: UploadRow) -> Result<Confirmed> {
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

    async fn fail(&self, id: &ImageId, reason: String) -> Result<Confirmed> {
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

    /// Looks at uploads whose address has ended and that nobody confirmed: what arrived becomes a picture, what did
    /// not is marked failed. Safe to run twice at once. Answers how many were looked at.
    pub async fn sweep_uploads(&self) -> Result<usize> {
        let before = now() - SWEEP_AFTER - self.0.limits.upload_seconds as i64;
        let rows: Vec<(String,)> = self
            .0
            .database
            .all(
                sql!(
                    "SELECT id FROM images WHERE upload_status = 'pending' AND created_at < ?1
                     ORDER BY created_at LIMIT 100"
                )
                .bind(before),
            )
            .await?;
        for (id,) in &rows {
            let Some(id) = ImageId::parse(id) else { continue };
            let Some(row) = self.upload_row(&id).await? else { continue };
            let name = row.filename.clone();
            if self.examine(&id, row).await?.state == UploadState::Pending {
                self.fail(&id, format!("{name} never arrived. Upload it again.")).await?;
            }
        }
        Ok(rows.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_s_own_name_is_no_title() {
        for (filename, title) in [
            ("Winter_sea.jpg", "Winter sea"),
            ("冬 海.png", "冬 海"),
            ("IMG_2041.JPG", ""),
            ("20240501_123000.jpg", ""),
            ("PXL_20240501.jpg", ""),
            ("Landscape_1.jpg", "Landscape 1"),
        ] {
            assert_eq!(title_of(filename), title, "{filename}");
        }
    }
}
