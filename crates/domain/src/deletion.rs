//! Deleting pictures: out of sight first, then the variants and originals, then the rows.

use crate::database::{Query, sql};
use crate::id_lists::IdList;
use crate::search::forget;
use crate::tags::end_tags;
use crate::{Changed, Error, Library, Result, Viewer, clock::now};
use futures::future::join_all;
use model::{DeletedPictures, ImageId, Tags};
use storage::Key;

/// The most pictures a call deletes.
pub(crate) const MOST: usize = 100;

/// How many originals are deleted at once.
const AT_ONCE: usize = 10;

impl Library {
    /// Deletes a picture: its original, then its row with likes, comments and places in galleries. Should the store
    /// not answer, the row stays out of sight for trying again, and no original is forgotten.
    pub async fn delete_picture(&self, viewer: &Viewer, id: &ImageId) -> Result<()> {
        self.changeable_picture(viewer, id).await?;
        self.erase(&IdList::one(id)?).await?;
        Ok(())
    }

    /// Deletes 1 to 100 pictures, whatever became of their upload: all of them, or none if one is not the viewer's to
    /// change.
    pub async fn delete_pictures(&self, viewer: &Viewer, images: &[ImageId]) -> Result<DeletedPictures> {
        viewer.signed_in()?;
        let ids = IdList::pictures(images, MOST)?;
        self.all_changeable(viewer, &ids, false).await?;
        Ok(DeletedPictures { deleted: self.erase(&ids).await? })
    }

    /// At most [`MOST`], of the viewer's own or of an account that is being deleted. Answers how many there were.
    pub(crate) async fn erase(&self, images: &IdList) -> Result<u64> {
        // Where the originals are is read as the rows are hidden: an upload that is looked at meanwhile moves its own.
        let rows: Vec<(String, String)> = self.0.database.batch_returning(vec![hide(images)]).await?;
        let mut doomed = Vec::with_capacity(rows.len());
        for (id, original) in &rows {
            let Some(id) = ImageId::parse(id) else { continue };
            doomed.push((id, Key::parse(original.as_str())?));
        }
        if doomed.is_empty() {
            return Ok(0);
        }
        // From here on nobody sees them; what follows changes nothing that is shown.
        self.changed(&match doomed.as_slice() {
            [(one, _)] => [Changed::Picture(one.clone())],
            _ => [Changed::Pictures],
        })
        .await;
        for (id, _) in &doomed {
            self.forget_variants(id).await;
        }
        let (mut gone, mut failure) = (Vec::new(), None);
        for some in doomed.chunks(AT_ONCE) {
            let outcomes = join_all(some.iter().map(|(_, original)| self.0.store.delete(original))).await;
            for ((id, _), outcome) in some.iter().zip(outcomes) {
                match outcome {
                    Ok(()) => gone.push(id.clone()),
                    Err(error) => failure = Some(error),
                }
            }
        }
        if !gone.is_empty() {
            let gone = IdList::pictures(&gone, MOST)?;
            self.delete_rows(&gone).await?;
        }
        failure.map_or(Ok(doomed.len() as u64), |error| Err(Error::from(error)))
    }

    /// The rows of pictures that are out of sight and whose files are gone.
    pub(crate) async fn delete_rows(&self, images: &IdList) -> Result<()> {
        let rows = sql!("DELETE FROM images WHERE id IN (SELECT value FROM json_each(?1))").bind(images.json());
        self.0.database.batch(vec![forget(images), end_tags(images, &Tags::default())?, rows]).await?;
        Ok(())
    }
}

fn hide(images: &IdList) -> Query {
    sql!(
        "UPDATE images SET upload_status = 'failed', failure = ?2, updated_at = ?3
         WHERE id IN (SELECT value FROM json_each(?1)) RETURNING id, object_key"
    )
    .bind(images.json())
    .bind("This picture was not deleted to the end. Delete it again.")
    .bind(now())
}
