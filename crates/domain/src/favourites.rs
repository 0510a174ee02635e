//! Favourites: pictures a member keeps for themselves to find again. Nobody else sees them, so that nothing shown to
//! others changes with them.

use crate::database::sql;
use crate::pictures::{ThumbRow, seen, shared};
use crate::search::PAGE;
use crate::{Library, Result, Viewer, clock::now, cursors};
use model::{Favourite, ImageId, PicturePage};

#[derive(sqlx::FromRow)]
struct FavouriteRow {
    #[sqlx(flatten)]
    thumb: ThumbRow,
    favourite_at: i64,
}

impl Library {
    /// Makes a picture a favourite of the viewer's, or no longer. Saying the same twice changes nothing.
    pub async fn favourite(&self, viewer: &Viewer, image: &ImageId, favourite: bool) -> Result<Favourite> {
        let member = viewer.signed_in()?;
        self.visible_picture(viewer, image).await?;
        let query = if favourite {
            sql!("INSERT INTO favourites (user_id, image_id, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
                .bind(member.id.as_str())
                .bind(image.as_str())
                .bind(now())
        } else {
            sql!("DELETE FROM favourites WHERE user_id = ?1 AND image_id = ?2")
                .bind(member.id.as_str())
                .bind(image.as_str())
        };
        self.0.database.write(query).await?;
        Ok(Favourite { favourite })
    }

    /// The viewer's favourites that they may still see, the last chosen first, from the cursor on.
    pub async fn favourites(&self, viewer: &Viewer, cursor: Option<&str>) -> Result<PicturePage> {
        let member = viewer.signed_in()?;
        let (time, id) = cursor.filter(|cursor| !cursor.is_empty()).map_or(Ok((i64::MAX, "")), cursors::place)?;
        let rows: Vec<FavouriteRow> = self
            .0
            .database
            .all(
                sql!(concat!(
                    "SELECT i.id, i.title, i.width, i.height, i.placeholder, i.version, f.created_at AS favourite_at
                     FROM favourites f CROSS JOIN images i ON i.id = f.image_id
                     WHERE f.user_id = ?1 AND (f.created_at, f.image_id) < (?3, ?4)
                     AND i.upload_status = 'completed' AND (",
                    seen!("i"),
                    " OR ",
                    shared!("i", "?5", "?6"),
                    ") ORDER BY f.created_at DESC, f.image_id DESC LIMIT ?7"
                ))
                .bind(member.id.as_str())
                .bind(viewer.is_admin())
                .bind(time)
                .bind(id)
                .bind(serde_json::to_string(&viewer.shared().images)?)
                .bind(serde_json::to_string(&viewer.shared().galleries)?)
                .bind(PAGE as u64 + 1),
            )
            .await?;
        let (rows, next_cursor) = cursors::cut(rows, PAGE, |last| cursors::at(last.favourite_at, &last.thumb.id));
        Ok(PicturePage { pictures: rows.into_iter().filter_map(|row| row.thumb.thumb()).collect(), next_cursor })
    }
}
