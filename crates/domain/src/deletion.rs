//! Deleting pictures: out of sight first, then the originals, then the rows.

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

/// A picture about to go.
pub(crate) struct Doomed {
    pub(crate) id: ImageId,
    pub(crate) original: Key,
}

impl Library {
    /// Deletes a picture: its original, then its row with likes, comments and places in galleries. Should the store
    /// not answer, the row stays out of sight for trying again, and no original is forgotten.
    pub async fn delete_picture(&self, viewer: &Viewer, id: &ImageId) -> Result<()> {
        let original = self.changeable_picture(viewer, id).await?.key()?;
        self.erase(&[Doomed { id: id.clone(), original }]).await
    }

    /// Deletes 1 to 100 pictures, whatever became of their upload: all of them, or none if one is not the viewer's to
    /// change.
    pub async fn delete_pictures(&self, viewer: &Viewer, images: &[ImageId]) -> Result<DeletedPictures> {
        viewer.signed_in()?;
        let ids = IdList::pictures(images, MOST)?;
        self.all_changeable(viewer, &ids, false).await?;
        let query = sql!("SELECT i.id, i.object_key FROM json_each(?1) j JOIN images i ON i.id = j.value");
        let rows: Vec<(String, String)> = self.0.database.all(query.bind(ids.json())).await?;
        let mut doomed = Vec::with_capacity(rows.len());
        for (id, original) in rows {
            let Some(id) = ImageId::parse(&id) else { continue };
            doomed.push(Doomed { id, original: Key::parse(original)? });
        }
        let deleted = doomed.len() as u64;
        if !doomed.is_empty() {
            self.erase(&doomed).await?;
        }
        Ok(DeletedPictures { deleted })
    }

    /// At most [`MOST`], of the viewer's own or of an account that is being deleted.
    pub(crate) async fn erase(&self, doomed: &[Doomed]) -> Result<()> {
        let all: Vec<_> = doomed.iter().map(|picture| picture.id.clone()).collect();
        self.0.database.write(hide(&IdList::pictures(&all, MOST)?)).await?;
        // From here on nobody sees them; what follows changes nothing that is shown.
        self.changed(&match all.as_slice() {
            [one] => [Changed::Picture(one.clone())],
            _ => [Changed::Pictures],
        })
        .await;
        let (mut gone, mut failure) = (Vec::new(), None);
        for some in doomed.chunks(AT_ONCE) {
            let outcomes = join_all(some.iter().map(|picture| self.0.store.delete(&picture.original))).await;
            for (picture, outcome) in some.iter().zip(outcomes) {
                match outcome {
                    Ok(()) => gone.push(picture.id.clone()),
                    Err(error) => failure = Some(error),
                }
            }
        }
        if !gone.is_empty() {
            let gone = IdList::pictures(&gone, MOST)?;
            let rows = sql!("DELETE FROM images WHERE id IN (SELECT value FROM json_each(?1))").bind(gone.json());
            self.0.database.batch(vec![forget(&gone), end_tags(&gone, &Tags::default())?, rows]).await?;
        }
        failure.map_or(Ok(()), |error| Err(Error::from(error)))
    }
}

fn hide(images: &IdList) -> Query {
    sql!(
        "UPDATE images SET upload_status = 'failed', failure = ?2, updated_at = ?3
         WHERE id IN (SELECT value FROM json_each(?1))"
    )
    .bind(images.json())
    .bind("This picture was not deleted to the end. Delete it again.")
    .bind(now())
}
