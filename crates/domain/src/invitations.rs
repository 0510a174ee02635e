//! Invitations: links that make one account each, while registration is by invitation.

use crate::cursors::{below, cut};
use crate::database::{Query, sql};
use crate::{
    Error, Library, Result, Viewer,
    clock::now,
    ids::{new_id, new_token, sha256},
};
use model::{CreatedInvitation, Invitation, InvitationId, Invitations, LONGEST_INVITATION, UserId};
use url::Url;

/// How long an invitation is good for where nobody says, in seconds: a week.
const LIFETIME: u64 = 7 * 24 * 60 * 60;

/// How many a page of invitations holds.
const PAGE: usize = 100;

#[derive(sqlx::FromRow)]
struct InvitationRow {
    id: String,
    invited_by: String,
    created_at: i64,
    expires_at: i64,
    spent_at: Option<i64>,
    spent_by: Option<String>,
}

impl InvitationRow {
    fn invitation(self) -> Option<Invitation> {
        let Self { id, invited_by, created_at, expires_at, spent_at, spent_by } = self;
        Some(Invitation { id: InvitationId::parse(&id)?, invited_by, created_at, expires_at, spent_at, spent_by })
    }
}

/// Marks an invitation as spent, in the batch that makes the account: after it, and only if there is such an account.
pub(crate) fn spend_invitation(token: &str, user: &UserId) -> Query {
    sql!(
        "UPDATE invitations SET spent_at = ?3, spent_by = ?2, updated_at = ?3
         WHERE token_hash = ?1 AND spent_at IS NULL AND EXISTS (SELECT 1 FROM users WHERE id = ?2)"
    )
    .bind(sha256(token))
    .bind(user.as_str())
    .bind(now())
}

impl Library {
    /// Makes an invitation, for admins: a link for one person, good for 1 second to a year. A week if nobody says.
    pub async fn create_invitation(
        &self,
        viewer: &Viewer,
        expires_in: Option<u64>,
        origin: &Url,
    ) -> Result<CreatedInvitation> {
        let admin = viewer.admin()?;
        let seconds = expires_in.unwrap_or(LIFETIME);
        if !(1..=LONGEST_INVITATION).contains(&seconds) {
            return Err(Error::field("expiresIn", "An invitation is good for 1 second to 365 days."));
        }
        let (id, token, now) = (new_id::<InvitationId>(), new_token(), now());
        self.0
            .database
            .write(
                sql!(
                    "INSERT INTO invitations (id, user_id, token_hash, expires_at, created_at, updated_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?5)"
                )
                .bind(id.as_str())
                .bind(admin.id.as_str())
                .bind(sha256(&token))
                .bind(now.saturating_add_unsigned(seconds))
                .bind(now),
            )
            .await?;
        let path = format!("/register?invitation={token}");
        let url = origin.join(&path).map_err(|error| Error::Internal(Box::new(error)))?;
        Ok(CreatedInvitation { invitation_id: id, url: url.into() })
    }

    /// Every invitation, for admins, the newest first, from the cursor on.
    pub async fn invitations(&self, viewer: &Viewer, cursor: Option<&str>) -> Result<Invitations> {
        viewer.admin()?;
        let rows: Vec<InvitationRow> = self
            .0
            .database
            .all(
                sql!(
                    "SELECT v.id, a.username AS invited_by, v.created_at, v.expires_at, v.spent_at,
                            m.username AS spent_by
                     FROM invitations v JOIN users a ON a.id = v.user_id LEFT JOIN users m ON m.id = v.spent_by
                     WHERE v.id < ?1 ORDER BY v.id DESC LIMIT ?2"
                )
                .bind(below(cursor)?)
                .bind(PAGE as u64 + 1),
            )
            .await?;
        let (rows, next_cursor) = cut(rows, PAGE, |row| row.id.clone());
        let invitations = rows.into_iter().filter_map(InvitationRow::invitation).collect();
        Ok(Invitations { invitations, next_cursor })
    }

    /// Ends an invitation that nobody has used yet, for admins; one that was used is [`Error::NotFound`].
    pub async fn revoke_invitation(&self, viewer: &Viewer, id: &InvitationId) -> Result<()> {
        viewer.admin()?;
        let query = sql!("DELETE FROM invitations WHERE id = ?1 AND spent_at IS NULL").bind(id.as_str());
        if self.0.database.write(query).await? == 0 { Err(Error::NotFound) } else { Ok(()) }
    }

    /// Whether this token makes an account: not used, not expired, and of someone who still is an admin.
    pub async fn invitation_open(&self, token: &str) -> Result<bool> {
        let query = sql!(
            "SELECT count(*) FROM invitations v JOIN users a ON a.id = v.user_id
             WHERE v.token_hash = ?1 AND v.spent_at IS NULL AND v.expires_at > ?2
             AND a.role = 'admin' AND a.suspended_at IS NULL"
        );
        Ok(self.0.database.count(query.bind(sha256(token)).bind(now())).await? > 0)
    }
}
