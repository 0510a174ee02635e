//! Likes.

use crate::database::sql;
use crate::{Changed, Library, Result, Viewer, clock::now};
use model::{ImageId, Likes};

impl Library {
    /// Likes a picture, or no longer. Saying the same twice changes nothing.
    pub async fn like(&self, viewer: &Viewer, image: &ImageId, liked: bool) -> Result<Likes> {
        let member = viewer.signed_in()?;
        self.visible_picture(viewer, image).await?;
        let query = if liked {
            sql!("INSERT INTO likes (image_id, user_id, created_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
                .bind(image.as_str())
                .bind(member.id.as_str())
                .bind(now())
        } else {
            sql!("DELETE FROM likes WHERE image_id = ?1 AND user_id = ?2").bind(image.as_str()).bind(member.id.as_str())
        };
        if self.0.database.write(query).await? > 0 {
            self.changed(&[Changed::Reactions(image.clone())]).await;
        }
        Ok(Likes { liked, likes: self.likes_of(image).await? })
    }

    pub(crate) async fn likes_of(&self, image: &ImageId) -> Result<u64> {
        self.0.database.count(sql!("SELECT count(*) FROM likes WHERE image_id = ?1").bind(image.as_str())).await
    }
}
