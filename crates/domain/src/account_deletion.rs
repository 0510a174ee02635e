//! Deleting an account: marked and out of sight first, then its originals, then its rows. Every step may be run
//! again, so that whatever breaks off is ended by the sweeper.

use crate::database::sql;
use crate::deletion::MOST;
use crate::id_lists::IdList;
use crate::uploads::INCOMING;
use crate::{Changed, Error, Library, Result, Viewer, clock::now};
use model::{ImageId, Password, UserId};
use std::time::Duration;
use storage::Key;

/// How long it keeps its member waiting. What is left then, the sweeper removes.
const PATIENCE: Duration = Duration::from_secs(10);

/// For how many seconds after it was begun an upload may have left something at its own address. The sweeper of
/// uploads has cleared what is older.
const FRESH: i64 = 24 * 60 * 60;

/// The most objects that may lie in one place of an upload.
const MOST_LEFT: usize = 100;

#[derive(sqlx::FromRow)]
struct StoredRow {
    id: String,
    object_key: String,
    created_at: i64,
}

impl StoredRow {
    /// Where something may lie that the row does not name.
    fn other_places(&self) -> Vec<String> {
        let mut places = Vec::new();
        // The bytes of an upload are put there before the row says so.
        if self.object_key.starts_with(INCOMING) {
            places.push(format!("originals/{}/", self.id));
        }
        // An upload's address takes bytes for a while after they were looked at.
        if self.created_at > now() - FRESH {
            places.push(format!("{INCOMING}{}.", self.id));
        }
        places
    }
}

impl Library {
    /// Deletes the viewer's account with everything in it. It is out of sight and its name free at once; what takes
    /// longer goes on behind, also after a crash. The last admin is kept: nobody could make another.
    pub async fn delete_account(&self, viewer: &Viewer, password: Password) -> Result<()> {
        let (member, _) = viewer.session()?;
        let kept = self.kept_password(&member.id).await?;
        self.confirm_password(viewer, &kept, password, "password").await?;
        // No name that is given holds a space, so these are nobody's.
        let mark = sql!(
            "UPDATE users SET suspended_at = ?2, deleting_at = ?2, updated_at = ?2, role = 'member',
                              username = 'deleted ' || id, email = 'deleted ' || id
             WHERE id = ?1 AND deleting_at IS NULL AND (role <> 'admin' OR EXISTS (
                 SELECT 1 FROM users o WHERE o.role = 'admin' AND o.suspended_at IS NULL AND o.id <> ?1))"
        );
        if self.0.database.write(mark.bind(member.id.as_str()).bind(now())).await? == 0 {
            return Err(Error::Forbidden("You are the only admin. Make another member an admin first."));
        }
        match tokio::time::timeout(PATIENCE, self.remove_account(&member.id)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::error!(?error, user = %member.id, "an account is not removed to the end yet"),
            Err(_) => tracing::info!(user = %member.id, "an account takes longer to remove"),
        }
        Ok(())
    }

    /// Removes what is left of deleted accounts. Safe to run twice at once. Answers how many are gone now.
    pub async fn sweep_deleted_accounts(&self) -> Result<usize> {
        let query = sql!("SELECT id FROM users WHERE deleting_at IS NOT NULL ORDER BY deleting_at LIMIT 100");
        let rows: Vec<(String,)> = self.0.database.all(query).await?;
        let mut gone = 0;
        for (id,) in &rows {
            let Some(id) = UserId::parse(id) else { continue };
            match self.remove_account(&id).await {
                Ok(()) => gone += 1,
                // One that cannot be removed keeps none of the others waiting.
                Err(error) => tracing::error!(user = %id, ?error, "an account could not be removed"),
            }
        }
        Ok(gone)
    }

    async fn remove_account(&self, user: &UserId) -> Result<()> {
        self.conceal(user).await?;
        self.remove_pictures_of(user).await?;
        self.remove_files_of(user).await?;
        let remove = sql!("DELETE FROM users WHERE id = ?1 AND deleting_at IS NOT NULL");
        self.0.database.write(remove.bind(user.as_str())).await?;
        Ok(())
    }

    /// Takes an account that is being deleted out of everyone's sight, and ends its sessions, tokens and links.
    async fn conceal(&self, user: &UserId) -> Result<()> {
        let mut queries = vec![
            sql!(
                "UPDATE images SET upload_status = 'failed', failure = 'This account was deleted.', updated_at = ?2
                 WHERE user_id = ?1 AND upload_status <> 'failed'"
            )
            .bind(user.as_str())
            .bind(now()),
            sql!("UPDATE galleries SET is_public = 0, updated_at = ?2 WHERE user_id = ?1 AND is_public = 1")
                .bind(user.as_str())
                .bind(now()),
        ];
        let deletions = [
            sql!("DELETE FROM share_links WHERE user_id = ?1"),
            sql!("DELETE FROM api_tokens WHERE user_id = ?1"),
            sql!("DELETE FROM access_keys WHERE user_id = ?1"),
            sql!("DELETE FROM comments WHERE user_id = ?1"),
            sql!("DELETE FROM likes WHERE user_id = ?1"),
            sql!("DELETE FROM favourites WHERE user_id = ?1"),
        ];
        queries.extend(deletions.map(|deletion| deletion.bind(user.as_str())));
        self.end_sessions_after(queries, user, None).await?;
        self.changed(&[Changed::User(user.clone())]).await;
        Ok(())
    }

    /// What lies in the account's folders and is no picture.
    async fn remove_files_of(&self, user: &UserId) -> Result<()> {
        loop {
            let query = sql!(
                "SELECT b.object_key FROM folders f CROSS JOIN bucket_files b ON b.folder = f.path
                 WHERE f.user_id = ?1 LIMIT 100"
            );
            let left: Vec<(String,)> = self.0.database.all(query.bind(user.as_str())).await?;
            if left.is_empty() {
                return Ok(());
            }
            for (key,) in left {
                let key = Key::parse(key)?;
                self.0.store.delete(&key).await?;
                self.forget_file(&key).await?;
            }
        }
    }

    /// Page by page, each gone for good. A picture that cannot be removed keeps none of the others waiting.
    async fn remove_pictures_of(&self, user: &UserId) -> Result<()> {
        let (mut after, mut failure) = (String::new(), None);
        loop {
            let query = sql!(
                "SELECT id, object_key, created_at FROM images WHERE user_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3"
            );
            let query = query.bind(user.as_str()).bind(after.as_str()).bind(MOST as u64);
            let rows: Vec<StoredRow> = self.0.database.all(query).await?;
            let Some(last) = rows.last() else { break };
            after = last.id.clone();
            if let Err(error) = self.remove_stored(&rows).await {
                failure = Some(error);
            }
        }
        failure.map_or(Ok(()), Err)
    }

    async fn remove_stored(&self, rows: &[StoredRow]) -> Result<()> {
        let places: Vec<_> = rows.iter().flat_map(StoredRow::other_places).collect();
        for place in places {
            for object in self.0.store.list(&place, None, MOST_LEFT).await?.objects {
                self.0.store.delete(&object.key).await?;
            }
        }
        let ids: Vec<_> = rows.iter().filter_map(|row| ImageId::parse(&row.id)).collect();
        self.erase(&IdList::pictures(&ids, MOST)?).await?;
        Ok(())
    }
}
