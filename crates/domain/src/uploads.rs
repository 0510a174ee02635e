//! Uploads: a pending row and an address to PUT to, then a check of what arrived.

use crate::database::sql;
use crate::pictures::state;
use crate::{
    Error, Library, Result, Viewer,
    clock::now,
    ids::{new_id, new_short},
};
use model::{Confirmed, ImageId, UploadDraft, UploadState, UploadTicket, Usage};
use std::time::Duration;
use storage::{Body, Key, PresignPut};
use url::Url;

/// Where uploads arrive. Their addresses work for a while; what was looked at moves out of their reach.
pub(crate) const INCOMING: &str = "incoming/";

/// Seconds after its address has ended that whatever still lies there is removed: the slowest PUT has ended by then.
const CLEAR_AFTER: i64 = 6 * 60 * 60;

/// Seconds after its address has ended that an upload nobody confirmed is looked at.
const SWEEP_AFTER: i64 = 60;

/// The most uploads a member may have under way that did not tell their size: nobody knows yet what room they take.
const MOST_UNTOLD: u64 = 20;

/// An expression: how many bytes an account has stored, by its id. Files of its folders count whether they are pictures or
/// not.
macro_rules! used_bytes {
    ($user:literal) => {
        concat!(
            "(SELECT coalesce((SELECT sum(o.bytes) FROM images o
                               WHERE o.user_id = ",
            $user,
            " AND o.upload_status <> 'failed'), 0)
                  + coalesce((SELECT sum(b.bytes) FROM folders f CROSS JOIN bucket_files b ON b.folder = f.path
                              WHERE f.user_id = ",
            $user,
            " AND b.image_id IS NULL), 0))"
        )
    };
}
pub(crate) use used_bytes;

/// A title from a file's name, or none where a camera made the name: `2024-05-01_Winter_sea.jpg` says something,
/// `IMG_2041.jpg` does not.
pub(crate) fn title_of(filename: &str) -> String {
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

    pub(crate) async fn usage_of(&self, user: &str) -> Result<Usage> {
        let row: Option<(i64, Option<i64>)> = self
            .0
            .database
            .one(
                sql!(concat!("SELECT ", used_bytes!("?1"), ", (SELECT quota_bytes FROM users WHERE id = ?1)"))
                    .bind(user),
            )
            .await?;
        let (used, own_quota) = row.unwrap_or_default();
        let settings = self.settings();
        let quota = own_quota.map(|quota| quota.max(0) as u64).or(settings.quota);
        Ok(Usage { used: used.max(0) as u64, quota, largest_file: settings.largest_file })
    }

    /// Makes a pending picture and an address to PUT its bytes to. `origin` is the site's own address as the
    /// client reaches it; the built-in store is served there.
    pub async fn begin_upload(&self, viewer: &Viewer, draft: &UploadDraft, origin: &Url) -> Result<UploadTicket> {
        let (id, key) = self.pending(viewer, draft).await?;
        let expires_in = self.0.limits.upload_seconds;
        let terms = PresignPut {
            content_type: &draft.sent_as,
            length: draft.size,
            expires: Duration::from_secs(expires_in),
            origin,
        };
        let url = self.0.store.presign_put(&key, &terms).await?;
        Ok(UploadTicket { upload_url: url.into(), content_type: draft.sent_as.clone(), asset_id: id, expires_in })
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

    pub(crate) fn too_large(&self) -> String {
        format!("This file is too large: the most is {}.", megabytes(self.settings().largest_file))
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
        let key = Key::parse(format!("{INCOMING}{id}.{}", draft.ending))?;
        // Looked at once more as it is written, so that many begun at once do not pass the quota together.
        let insert = sql!(concat!(
            "INSERT INTO images (id, user_id, title, object_key, upload_status, filename, content_type, bytes,
                                 short, created_at, updated_at)
             SELECT ?1, ?2, ?3, ?4, 'pending', ?5, ?6, ?7, ?11, ?8, ?8
             WHERE (?9 IS NULL OR ?9 >= ?7 + ",
            used_bytes!("?2"),
            ")
             AND (?7 > 0 OR ?10 > (
                 SELECT count(*) FROM images o WHERE o.user_id = ?2 AND o.upload_status = 'pending' AND o.bytes = 0))"
        ));
        let insert = insert
            .bind(id.as_str())
            .bind(member.id.as_str())
            .bind(title_of(&draft.filename))
            .bind(key.as_str())
            .bind(draft.filename.as_str())
            .bind(draft.content_type)
            .bind(draft.size.unwrap_or(0))
            .bind(now())
            .bind(usage.quota)
            .bind(MOST_UNTOLD)
            .bind(new_short());
        if self.0.database.write(insert).await? == 0 {
            let reason = "Too much is under way at once. Let other uploads end first, or tell how large the file is.";
            return Err(Error::field("size", reason));
        }
        Ok((id, key))
    }

    /// Looks at what arrived and makes it a picture, or says why not. Asking again answers the same.
    pub async fn confirm_upload(&self, viewer: &Viewer, id: &ImageId) -> Result<Confirmed> {
        viewer.signed_in()?;
        let row = self.upload_row(id).await?.filter(|row| viewer.may_change(&row.user_id)).ok_or(Error::NotFound)?;
        if state(&row.upload_status) == UploadState::Pending {
            self.examine(id, row).await
        } else {
            Ok(row.confirmed())
        }
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
            // One that cannot be looked at keeps none of the others waiting.
            if let Err(error) = self.sweep_upload(&id).await {
                tracing::error!(%id, ?error, "an upload could not be looked at");
            }
        }
        self.clear_incoming().await?;
        Ok(rows.len())
    }

    async fn sweep_upload(&self, id: &ImageId) -> Result<()> {
        let Some(row) = self.upload_row(id).await? else { return Ok(()) };
        let name = row.filename.clone();
        if self.examine(id, row).await?.state == UploadState::Pending {
            self.fail(id, format!("{name} never arrived. Upload it again.")).await?;
        }
        Ok(())
    }

    /// Removes what was PUT to an address after its upload had ended.
    async fn clear_incoming(&self) -> Result<()> {
        let before = now() - CLEAR_AFTER - self.0.limits.upload_seconds as i64;
        let listing = self.0.store.list(INCOMING, None, 1_000).await?;
        for object in listing.objects.into_iter().filter(|object| object.modified < before) {
            self.0.store.delete(&object.key).await?;
        }
        Ok(())
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
