//! Folders of the bucket: a member's own, and those that admins give to members.

use crate::database::sql;
use crate::{Error, Library, Member, Result, Viewer, clock::now};
use model::{Folder, FolderDraft, FolderGalleries, FolderPath, Folders, RefusedFile};
use storage::Key;

/// The most files told of a folder that are no pictures.
const MOST_REFUSED: u64 = 20;

#[derive(sqlx::FromRow)]
struct FolderRow {
    path: String,
    owner: String,
    galleries: String,
    is_public: bool,
    pictures: i64,
    other_files: i64,
    refused: String,
}

impl FolderRow {
    fn folder(self) -> Result<Folder> {
        let Self { path, owner, galleries, is_public, pictures, other_files, refused } = self;
        let refused: Vec<(String, String)> = serde_json::from_str(&refused)?;
        Ok(Folder {
            path,
            owner,
            galleries: galleries_of(&galleries),
            is_public,
            pictures: pictures.max(0).unsigned_abs(),
            other_files: other_files.max(0).unsigned_abs(),
            refused: refused.into_iter().map(|(key, reason)| RefusedFile { key, reason }).collect(),
        })
    }
}

/// Reads what galleries a folder's pictures hang in as the database keeps it.
fn galleries_of(text: &str) -> FolderGalleries {
    FolderGalleries::ALL.into_iter().find(|known| known.as_str() == text).unwrap_or(FolderGalleries::None)
}

/// Where a file lies, and whose it is.
#[derive(sqlx::FromRow)]
pub(crate) struct Home {
    pub(crate) path: String,
    pub(crate) user_id: String,
    galleries: String,
    pub(crate) is_public: bool,
}

impl Home {
    /// The folder for which a file's picture hangs in a gallery, with its last slash, if it hangs in any.
    pub(crate) fn hung_for<'a>(&'a self, key: &'a str) -> Option<&'a str> {
        let folder = &key[..=key.rfind('/')?];
        match galleries_of(&self.galleries) {
            FolderGalleries::None => None,
            FolderGalleries::One => Some(&self.path),
            FolderGalleries::Each => (folder.len() > self.path.len()).then_some(folder),
        }
    }

    /// What the gallery of a folder is called: its names below this one, or this one's last name.
    pub(crate) fn gallery_name(&self, folder: &str) -> String {
        let below = folder.strip_prefix(&self.path).filter(|below| !below.is_empty());
        let last = || self.path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let name = below.map_or_else(|| last().to_owned(), |below| below.trim_end_matches('/').replace('/', " / "));
        name.chars().take(100).collect()
    }
}

impl Library {
    /// The folder that is the member's own, made of their name when there is none: not one that somebody gave them, unless
    /// it has their name.
    pub(crate) async fn own_folder(&self, member: &Member) -> Result<String> {
        for number in 1..100_u32 {
            let query = sql!(
                "SELECT path FROM folders WHERE user_id = ?1 AND (is_own OR path = ?2 || '/')
                 ORDER BY is_own DESC, created_at, path LIMIT 1"
            );
            let query = query.bind(member.id.as_str()).bind(member.username.as_str());
            let own: Option<(String,)> = self.0.database.one(query).await?;
            if let Some((path,)) = own {
                return Ok(path);
            }
            let name = match number {
                1 => member.username.clone(),
                _ => format!("{}-{number}", member.username),
            };
            // A name that is kept for the site takes a number as well.
            let Ok(path) = FolderPath::parse(&name) else { continue };
            if self.0.store.list(path.as_str(), None, 1).await?.objects.is_empty() {
                self.insert_folder(&path, member.id.as_str(), (FolderGalleries::Each, false), true).await?;
            }
        }
        Err(Error::Internal("no folder is free".into()))
    }

    /// A folder that is the member's, or lies in one of theirs.
    pub(crate) async fn within_own_folders(&self, member: &Member, folder: &FolderPath) -> Result<String> {
        let query = sql!("SELECT path FROM folders WHERE user_id = ?1 ORDER BY path");
        let own: Vec<(String,)> = self.0.database.all(query.bind(member.id.as_str())).await?;
        if own.iter().any(|(path,)| folder.is_within(path)) {
            return Ok(folder.as_str().to_owned());
        }
        let own: Vec<_> = own.into_iter().map(|(path,)| path).collect();
        Err(Error::field("folder", format!("This is not in a folder of yours, which are: {}", own.join(", "))))
    }

    /// Whether it was free: neither another's, nor in another, nor another in it.
    async fn insert_folder(
        &self,
        path: &FolderPath,
        user: &str,
        (galleries, is_public): (FolderGalleries, bool),
        is_own: bool,
    ) -> Result<bool> {
        let insert = sql!(
            "INSERT INTO folders (path, user_id, galleries, is_public, is_own, created_at, updated_at)
             SELECT ?1, ?2, ?3, ?4, ?6, ?5, ?5
             WHERE NOT EXISTS (SELECT 1 FROM folders f WHERE substr(?1, 1, length(f.path)) = f.path
                               OR substr(f.path, 1, length(?1)) = ?1)"
        );
        let insert =
            insert.bind(path.as_str()).bind(user).bind(galleries.as_str()).bind(is_public).bind(now()).bind(is_own);
        Ok(self.0.database.write(insert).await? == 1)
    }

    /// The viewer's folders, for admins all of them, by path.
    pub async fn folders(&self, viewer: &Viewer) -> Result<Folders> {
        let member = viewer.signed_in()?;
        let query = sql!(
            "SELECT f.path, u.username AS owner, f.galleries, f.is_public,
                 (SELECT count(*) FROM bucket_files b WHERE b.folder = f.path AND b.image_id IS NOT NULL) AS pictures,
                 (SELECT count(*) FROM bucket_files b WHERE b.folder = f.path AND b.image_id IS NULL) AS other_files,
                 (SELECT json_group_array(json_array(r.object_key, r.refusal)) FROM (
                     SELECT b.object_key, b.refusal FROM bucket_files b
                     WHERE b.folder = f.path AND b.image_id IS NULL AND b.refusal IS NOT NULL
                     ORDER BY b.updated_at DESC LIMIT ?3) r) AS refused
             FROM folders f CROSS JOIN users u ON u.id = f.user_id
             WHERE f.user_id = ?1 OR ?2 ORDER BY f.path LIMIT 500"
        );
        let query = query.bind(member.id.as_str()).bind(viewer.is_admin()).bind(MOST_REFUSED);
        let rows: Vec<FolderRow> = self.0.database.all(query).await?;
        Ok(Folders { folders: rows.into_iter().map(FolderRow::folder).collect::<Result<_>>()? })
    }

    /// Gives a member a folder, with all that lies in it. For admins.
    pub async fn create_folder(&self, viewer: &Viewer, draft: FolderDraft) -> Result<()> {
        viewer.admin()?;
        let query = sql!("SELECT id FROM users WHERE username = ?1 AND deleting_at IS NULL");
        let owner: Option<(String,)> = self.0.database.one(query.bind(draft.owner.as_str())).await?;
        let Some((owner,)) = owner else {
            return Err(Error::field("owner", "There is no member of this name."));
        };
        if !self.insert_folder(&draft.path, &owner, (draft.galleries, draft.is_public), false).await? {
            let reason = "This is a folder already, or lies in one, or one lies in it.";
            return Err(Error::Conflict(model::Invalid::field("path", reason)));
        }
        Ok(())
    }

    /// Changes what becomes of new pictures in a folder of the viewer's, or for admins in any. Those that are there stay
    /// where they hang.
    pub async fn update_folder(
        &self,
        viewer: &Viewer,
        path: &FolderPath,
        galleries: Option<FolderGalleries>,
        is_public: Option<bool>,
    ) -> Result<()> {
        let member = viewer.signed_in()?;
        let query = sql!(
            "UPDATE folders SET galleries = coalesce(?3, galleries), is_public = coalesce(?4, is_public), updated_at = ?5
             WHERE path = ?1 AND (user_id = ?2 OR ?6)"
        );
        let query = query
            .bind(path.as_str())
            .bind(member.id.as_str())
            .bind(galleries.map(FolderGalleries::as_str))
            .bind(is_public)
            .bind(now())
            .bind(viewer.is_admin());
        if self.0.database.write(query).await? == 0 { Err(Error::NotFound) } else { Ok(()) }
    }

    /// Takes a folder from its owner, whose access keys to it end. Its files stay in the bucket, and what has become a
    /// picture stays one. For admins.
    pub async fn delete_folder(&self, viewer: &Viewer, path: &FolderPath) -> Result<()> {
        viewer.admin()?;
        let keys = sql!(
            "DELETE FROM access_keys WHERE substr(folder, 1, length(?1)) = ?1
             AND user_id = (SELECT user_id FROM folders WHERE path = ?1)"
        );
        let folder = sql!("DELETE FROM folders WHERE path = ?1");
        let taken = self.0.database.batch(vec![keys.bind(path.as_str()), folder.bind(path.as_str())]).await?;
        if taken.last() == Some(&0) { Err(Error::NotFound) } else { Ok(()) }
    }

    /// The folder in which a file lies, if it is anyone's.
    pub(crate) async fn home_of(&self, key: &Key) -> Result<Option<Home>> {
        let query = sql!(
            "SELECT path, user_id, galleries, is_public FROM folders
             WHERE path <= ?1 AND substr(?1, 1, length(path)) = path ORDER BY path DESC LIMIT 1"
        );
        self.0.database.one(query.bind(key.as_str())).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(galleries: FolderGalleries) -> Home {
        Home { path: "ann/".into(), user_id: "ann".into(), galleries: galleries.as_str().into(), is_public: false }
    }

    #[test]
    fn a_file_hangs_where_its_folder_says() {
        for (galleries, key, hung) in [
            (FolderGalleries::None, "ann/sea/a.jpg", None),
            (FolderGalleries::One, "ann/sea/a.jpg", Some("ann/")),
            (FolderGalleries::One, "ann/a.jpg", Some("ann/")),
            (FolderGalleries::Each, "ann/a.jpg", None),
            (FolderGalleries::Each, "ann/sea/day 1/a.jpg", Some("ann/sea/day 1/")),
        ] {
            assert_eq!(home(galleries).hung_for(key), hung, "{galleries:?} {key}");
        }
    }

    #[test]
    fn a_gallery_is_called_as_its_folder() {
        let home = home(FolderGalleries::Each);
        assert_eq!(home.gallery_name("ann/sea/day 1/"), "sea / day 1");
        assert_eq!(home.gallery_name("ann/"), "ann");
        assert_eq!(home.gallery_name(&format!("ann/{}/", "山".repeat(200))).chars().count(), 100);
    }
}
