//! Share links: whoever holds one sees a picture or a gallery that is not public.
//!
//! Opened links are kept by the browser, in a signed list of their ids. Each request looks the ids up, so that revoking
//! a link counts at once.

use crate::cursors::{below, cut};
use crate::database::sql;
use crate::rates::{Rate, counted};
use crate::{
    Error, Library, Result, Shared, Viewer,
    clock::now,
    ids::{new_id, new_token, sha256},
};
use model::{CreatedShare, GalleryId, ImageId, Password, Share, ShareDraft, ShareId, ShareTarget, Shares};
use serde::{Deserialize, Serialize};
use url::Url;

/// How long a browser keeps the links it has opened, in seconds: 30 days.
pub const LINKS_LIFETIME: i64 = 30 * 24 * 60 * 60;

/// How many opened links a browser keeps: the last ones.
const MOST_OPENED: usize = 20;

/// What the signed list of opened links is for, so that it is never taken for a session.
const AUDIENCE: &str = "links";

/// How many a page of links holds.
const PAGE: usize = 100;

/// What the signed list says (RFC 7519 names, plus `ids`).
#[derive(Serialize, Deserialize)]
struct Claims {
    aud: String,
    ids: Vec<ShareId>,
    exp: i64,
}

/// A link that was opened.
#[derive(Clone, Debug)]
pub struct OpenedShare {
    /// For the cookie: every link this browser has opened, this one first.
    pub cookie: String,
    /// The page that can be seen now.
    pub path: String,
}

/// A link that works, by its token.
#[derive(sqlx::FromRow)]
struct LinkRow {
    id: String,
    password_hash: Option<String>,
    image_id: Option<String>,
    slug: Option<String>,
}

#[derive(sqlx::FromRow)]
struct ShareRow {
    id: String,
    image_id: Option<String>,
    gallery_id: Option<String>,
    name: String,
    has_password: bool,
    created_at: i64,
    expires_at: Option<i64>,
}

impl ShareRow {
    fn share(self) -> Option<Share> {
        Some(Share {
            id: ShareId::parse(&self.id)?,
            image_id: self.image_id.as_deref().and_then(ImageId::parse),
            gallery_id: self.gallery_id.as_deref().and_then(GalleryId::parse),
            name: self.name,
            has_password: self.has_password,
            created_at: self.created_at,
            expires_at: self.expires_at,
        })
    }
}

/// The links a browser has opened once it opens this one: this one first, the oldest dropped.
fn with(id: ShareId, opened: &[ShareId]) -> Vec<ShareId> {
    let others = opened.iter().filter(|other| **other != id).take(MOST_OPENED - 1).cloned().collect::<Vec<_>>();
    std::iter::once(id).chain(others).collect()
}

impl Library {
    /// Makes a link to a picture or gallery that the viewer may change. It is its owner's, whoever made it, so that
    /// they find it in their list.
    pub async fn create_share(&self, viewer: &Viewer, draft: ShareDraft, origin: &Url) -> Result<CreatedShare> {
        let (image, gallery, owner) = match &draft.target {
            ShareTarget::Image(id) => (Some(id.as_str()), None, self.changeable_picture(viewer, id).await?.user_id),
            ShareTarget::Gallery(id) => (None, Some(id.as_str()), self.changeable_gallery(viewer, id).await?.user_id),
        };
        let hash = match draft.password {
            Some(password) => Some(self.hash(password).await?),
            None => None,
        };
        let (id, token, now) = (new_id::<ShareId>(), new_token(), now());
        self.0
            .database
            .write(
                sql!(
                    "INSERT INTO share_links (id, user_id, token_hash, image_id, gallery_id, password_hash, expires_at,
                                              created_at, updated_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)"
                )
                .bind(id.as_str())
                .bind(owner)
                .bind(sha256(&token))
                .bind(image)
                .bind(gallery)
                .bind(hash)
                .bind(draft.expires_in.map(|seconds| now.saturating_add_unsigned(seconds)))
                .bind(now),
            )
            .await?;
        let url = origin.join(&format!("/s/{token}")).map_err(|error| Error::Internal(Box::new(error)))?;
        Ok(CreatedShare { share_id: id, url: url.into() })
    }

    /// Links to the viewer's pictures and galleries, the newest first, from the cursor on.
    pub async fn shares(&self, viewer: &Viewer, cursor: Option<&str>) -> Result<Shares> {
        let member = viewer.signed_in()?;
        let rows: Vec<ShareRow> = self
            .0
            .database
            .all(
                sql!(
                    "SELECT s.id, s.image_id, s.gallery_id, coalesce(i.title, g.name, '') AS name,
                            s.password_hash IS NOT NULL AS has_password, s.created_at, s.expires_at
                     FROM share_links s LEFT JOIN images i ON i.id = s.image_id
                                        LEFT JOIN galleries g ON g.id = s.gallery_id
                     WHERE s.user_id = ?1 AND s.id < ?2 ORDER BY s.id DESC LIMIT ?3"
                )
                .bind(member.id.as_str())
                .bind(below(cursor)?)
                .bind(PAGE as u64 + 1),
            )
            .await?;
        let (rows, next_cursor) = cut(rows, PAGE, |row| row.id.clone());
        Ok(Shares { shares: rows.into_iter().filter_map(ShareRow::share).collect(), next_cursor })
    }

    /// Ends a link, at once and for everyone who opened it: the viewer's own, or any for admins.
    pub async fn revoke_share(&self, viewer: &Viewer, id: &ShareId) -> Result<()> {
        let member = viewer.signed_in()?;
        let query = sql!("DELETE FROM share_links WHERE id = ?1 AND (user_id = ?2 OR ?3)");
        let query = query.bind(id.as_str()).bind(member.id.as_str()).bind(viewer.is_admin());
        if self.0.database.write(query).await? == 0 { Err(Error::NotFound) } else { Ok(()) }
    }

    /// Whether a link asks for its password. [`Error::NotFound`] for one that is unknown, revoked or expired.
    pub async fn share_asks(&self, opened: &[ShareId], token: &str) -> Result<bool> {
        let link = self.link(token).await?;
        Ok(link.password_hash.is_some() && !opened.iter().any(|id| id.as_str() == link.id))
    }

    /// Opens a link, beside those this browser has opened before.
    pub async fn open_share(
        &self,
        viewer: &Viewer,
        opened: &[ShareId],
        token: &str,
        password: Option<Password>,
    ) -> Result<OpenedShare> {
        let link = self.link(token).await?;
        let id = ShareId::parse(&link.id).ok_or(Error::NotFound)?;
        if let Some(hash) = link.password_hash
            && !opened.contains(&id)
        {
            let typed = password.ok_or_else(|| Error::field("password", "Enter the password of this link."))?;
            self.attempt(Rate::Unlock, &counted(viewer.address())).await?;
            self.attempt(Rate::UnlockAnywhere, id.as_str()).await?;
            if !self.verify(typed, hash).await? {
                let reason = "This is not the password of this link. Check it and try again.";
                return Err(Error::field("password", reason));
            }
        }
        let path = match (link.slug, link.image_id) {
            (Some(slug), _) => format!("/gallery/{slug}"),
            (None, Some(image)) => format!("/photos/{image}"),
            (None, None) => return Err(Error::NotFound),
        };
        let claims = Claims { aud: AUDIENCE.into(), ids: with(id, opened), exp: now() + LINKS_LIFETIME };
        Ok(OpenedShare { cookie: self.0.signing_keys.sign(&claims)?, path })
    }

    async fn link(&self, token: &str) -> Result<LinkRow> {
        let query = sql!(
            "SELECT s.id, s.password_hash, s.image_id, g.slug
             FROM share_links s LEFT JOIN images i ON i.id = s.image_id LEFT JOIN galleries g ON g.id = s.gallery_id
             WHERE s.token_hash = ?1 AND (s.expires_at IS NULL OR s.expires_at > ?2)
             AND (g.id IS NOT NULL OR i.upload_status = 'completed')"
        );
        self.0.database.one(query.bind(sha256(token)).bind(now())).await?.ok_or(Error::NotFound)
    }

    /// The links a browser has opened, the last one first, as its cookie says; none if it is forged or expired.
    pub fn opened_links(&self, cookie: &str) -> Vec<ShareId> {
        self.0.signing_keys.verify::<Claims>(cookie, Some(AUDIENCE)).map(|claims| claims.ids).unwrap_or_default()
    }

    /// What opened links show: revoked and expired ones nothing.
    pub async fn shared_by(&self, opened: &[ShareId]) -> Result<Shared> {
        if opened.is_empty() {
            return Ok(Shared::default());
        }
        let rows: Vec<(Option<String>, Option<String>)> = self
            .0
            .database
            .all(
                sql!(
                    "SELECT image_id, gallery_id FROM share_links
                     WHERE id IN (SELECT value FROM json_each(?1)) AND (expires_at IS NULL OR expires_at > ?2)"
                )
                .bind(serde_json::to_string(opened)?)
                .bind(now()),
            )
            .await?;
        let (images, galleries): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        Ok(Shared {
            images: images.into_iter().flatten().filter_map(|id| ImageId::parse(&id)).collect(),
            galleries: galleries.into_iter().flatten().filter_map(|id| GalleryId::parse(&id)).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_keeps_the_last_links_it_opened_each_once() {
        let id = |n: usize| ShareId::parse(&format!("link{n}")).unwrap();
        let opened: Vec<_> = (1..=MOST_OPENED).map(id).collect();
        assert_eq!(with(id(0), &opened), (0..MOST_OPENED).map(id).collect::<Vec<_>>());
        assert_eq!(with(id(2), &opened[..3]), [id(2), id(1), id(3)]);
    }
}
