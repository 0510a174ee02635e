//! Access keys: what S3 clients sign with to reach a member's folder of the built-in store.

use crate::database::sql;
use crate::signing_keys::mac;
use crate::{Error, Library, Result, Viewer, clock::now, ids::new_access_key};
use async_trait::async_trait;
use jsonwebtoken::EncodingKey;
use model::{AccessKey, AccessKeyDraft, AccessKeyId, AccessKeys, CreatedAccessKey, Right};
use storage::{Grant, Key, Keyring, ObjectInfo};
use url::Url;

/// The most access keys one account may have.
const MOST: u64 = 50;

/// Seconds between two notes of a key's use, so that a busy client does not write with every request.
const NOTED_EVERY: i64 = 60;

/// What the secrets of access keys are derived from, so that none is kept.
pub(crate) struct AccessKeySecret(EncodingKey);

impl AccessKeySecret {
    pub(crate) fn new(secret: &str) -> Self {
        Self(EncodingKey::from_secret(secret.as_bytes()))
    }

    fn of(&self, access_key: &AccessKeyId) -> Result<String> {
        mac(&self.0, &format!("secret of access key {access_key}"))
    }
}

#[derive(sqlx::FromRow)]
struct KeyRow {
    id: String,
    name: String,
    folder: String,
    rights: String,
    created_at: i64,
    last_used_at: Option<i64>,
}

impl KeyRow {
    fn access_key(self) -> Option<AccessKey> {
        let Self { id, name, folder, rights, created_at, last_used_at } = self;
        let access_key = AccessKeyId::parse(&id)?;
        Some(AccessKey { access_key, name, folder, rights: rights_of(&rights), created_at, last_used_at })
    }
}

#[derive(sqlx::FromRow)]
struct HolderRow {
    folder: String,
    rights: String,
    last_used_at: Option<i64>,
}

/// Reads rights as the database keeps them. One this program does not know counts for nothing.
fn rights_of(json: &str) -> Vec<Right> {
    let names: Vec<String> = serde_json::from_str(json).unwrap_or_default();
    Right::ALL.into_iter().filter(|right| names.iter().any(|name| name == right.as_str())).collect()
}

impl Library {
    /// Whether S3 clients reach the store by this site.
    pub fn takes_access_keys(&self) -> bool {
        self.0.access_key_secret.is_some()
    }

    /// Makes an access key of the viewer's, for a folder of theirs; only this answer tells its secret. `origin` is the
    /// site's own address as the client reaches it.
    pub async fn create_access_key(
        &self,
        viewer: &Viewer,
        draft: AccessKeyDraft,
        origin: &Url,
    ) -> Result<CreatedAccessKey> {
        let (member, _) = viewer.session()?;
        let Some(secret) = &self.0.access_key_secret else {
            return Err(Error::Forbidden("The pictures of this site are in a bucket elsewhere: keys are made there."));
        };
        let own = self.own_folder(member).await?;
        let folder = match draft.folder {
            None => own,
            Some(folder) => self.within_own_folders(member, &folder).await?,
        };
        let id = new_access_key();
        let insert = sql!(
            "INSERT INTO access_keys (id, user_id, name, folder, rights, created_at, updated_at)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?6
             WHERE (SELECT count(*) FROM access_keys WHERE user_id = ?2) < ?7"
        );
        let insert = insert
            .bind(id.as_str())
            .bind(member.id.as_str())
            .bind(draft.name.as_str())
            .bind(folder.as_str())
            .bind(serde_json::to_string(&draft.rights)?)
            .bind(now())
            .bind(MOST);
        if self.0.database.write(insert).await? == 0 {
            return Err(Error::field("name", format!("You have {MOST} access keys. Revoke one you no longer need.")));
        }
        Ok(CreatedAccessKey {
            secret_key: secret.of(&id)?,
            access_key: id,
            endpoint: origin.origin().ascii_serialization(),
            bucket: storage::BUCKET.to_owned(),
            folder,
        })
    }

    /// The viewer's access keys, the newest first; not their secrets.
    pub async fn access_keys(&self, viewer: &Viewer) -> Result<AccessKeys> {
        let (member, _) = viewer.session()?;
        let query = sql!(
            "SELECT id, name, folder, rights, created_at, last_used_at FROM access_keys
             WHERE user_id = ?1 ORDER BY created_at DESC, id DESC"
        );
        let rows: Vec<KeyRow> = self.0.database.all(query.bind(member.id.as_str())).await?;
        Ok(AccessKeys { access_keys: rows.into_iter().filter_map(KeyRow::access_key).collect() })
    }

    /// Ends one of the viewer's access keys at once.
    pub async fn revoke_access_key(&self, viewer: &Viewer, id: &AccessKeyId) -> Result<()> {
        let (member, _) = viewer.session()?;
        let query = sql!("DELETE FROM access_keys WHERE id = ?1 AND user_id = ?2");
        let ended = self.0.database.write(query.bind(id.as_str()).bind(member.id.as_str())).await?;
        if ended == 0 { Err(Error::NotFound) } else { Ok(()) }
    }

    /// A folder counts for as long as it is the holder's.
    async fn granted(&self, access_key: &str) -> Result<Option<Grant>> {
        let (Some(id), Some(secret)) = (AccessKeyId::parse(access_key), &self.0.access_key_secret) else {
            return Ok(None);
        };
        let query = sql!(
            "SELECT k.folder, k.rights, k.last_used_at
             FROM access_keys k CROSS JOIN users u ON u.id = k.user_id
             WHERE k.id = ?1 AND u.suspended_at IS NULL
             AND EXISTS (SELECT 1 FROM folders f WHERE f.user_id = k.user_id
                         AND substr(k.folder, 1, length(f.path)) = f.path)"
        );
        let holder: Option<HolderRow> = self.0.database.one(query.bind(id.as_str())).await?;
        let Some(HolderRow { folder, rights, last_used_at }) = holder else { return Ok(None) };
        let now = now();
        if last_used_at.is_none_or(|used| used <= now - NOTED_EVERY) {
            let note = sql!("UPDATE access_keys SET last_used_at = ?2 WHERE id = ?1");
            // For the list of keys. Nobody is kept out because it fails.
            if let Err(error) = self.0.database.write(note.bind(id.as_str()).bind(now)).await {
                tracing::error!(?error, "an access key's use could not be noted");
            }
        }
        let rights = rights_of(&rights);
        Ok(Some(Grant {
            secret_key: secret.of(&id)?,
            access_key: id.into(),
            prefix: folder,
            reads: rights.contains(&Right::Read),
            writes: rights.contains(&Right::Write),
        }))
    }

    /// What the holder of an access key may still store, in bytes.
    async fn room_of(&self, access_key: &str) -> Result<u64> {
        let query = sql!("SELECT user_id FROM access_keys WHERE id = ?1");
        let holder: Option<(String,)> = self.0.database.one(query.bind(access_key)).await?;
        match holder {
            Some((user,)) => Ok(self.usage_of(&user).await?.left()),
            None => Ok(0),
        }
    }
}

fn unavailable(error: Error) -> storage::Error {
    storage::Error::Unavailable(Box::new(error))
}

#[async_trait]
impl Keyring for Library {
    async fn grant(&self, access_key: &str) -> storage::Result<Option<Grant>> {
        self.granted(access_key).await.map_err(unavailable)
    }

    async fn room(&self, access_key: &str) -> storage::Result<u64> {
        self.room_of(access_key).await.map_err(unavailable)
    }

    async fn stored(&self, object: &ObjectInfo) -> storage::Result<()> {
        self.file_stored(object).await.map_err(unavailable)
    }

    async fn removed(&self, key: &Key) -> storage::Result<()> {
        self.file_removed(key).await.map_err(unavailable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_always_the_same_and_no_two_keys_share_one() {
        let (one, other) = (AccessKeyId::parse("TKONE").unwrap(), AccessKeyId::parse("TKOTHER").unwrap());
        let secret = AccessKeySecret::new("the store's own");
        assert_eq!(secret.of(&one).unwrap(), AccessKeySecret::new("the store's own").of(&one).unwrap());
        assert_ne!(secret.of(&one).unwrap(), secret.of(&other).unwrap());
        assert_ne!(secret.of(&one).unwrap(), AccessKeySecret::new("another").of(&one).unwrap());
        assert_eq!(secret.of(&one).unwrap().len(), 43);
    }

    #[test]
    fn rights_are_read_as_they_were_written_and_unknown_ones_give_nothing() {
        let written = serde_json::to_string(&[Right::Write]).unwrap();
        assert_eq!(rights_of(&written), [Right::Write]);
        assert_eq!(rights_of(r#"["read","fly"]"#), [Right::Read]);
        assert!(rights_of("no list").is_empty());
    }
}
