//! Sign-ins: a signed token in the browser, a row here. Ending the row ends the sign-in, whatever the token says.

use crate::database::sql;
use crate::{Error, Library, Member, Result, Viewer, clock::now, ids::new_id};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use model::{Role, SessionId, UserId};
use serde::{Deserialize, Serialize};

/// How long a sign-in lasts, in seconds: 30 days.
pub const SESSION_LIFETIME: i64 = 30 * 24 * 60 * 60;

/// Signs and verifies session tokens (JWT, HS256).
pub struct SigningKey {
    signing: EncodingKey,
    verifying: DecodingKey,
}

impl SigningKey {
    /// From at least 32 secret bytes.
    pub fn new(secret: &[u8]) -> Self {
        Self { signing: EncodingKey::from_secret(secret), verifying: DecodingKey::from_secret(secret) }
    }
}

/// What the token says (RFC 7519 names, plus `role` and `sid`).
#[derive(Serialize, Deserialize)]
struct Claims {
    sub: UserId,
    role: Role,
    sid: SessionId,
    iat: i64,
    exp: i64,
}

/// A fresh sign-in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// For the cookie.
    pub token: String,
    /// Who it is now.
    pub member: Member,
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    username: String,
    role: String,
}

/// Reads a role as the database keeps it.
pub(crate) fn role(text: &str) -> Role {
    if text == Role::Admin.as_str() { Role::Admin } else { Role::Member }
}

impl Library {
    /// Opens a session for an account whose password or token was checked.
    pub(crate) async fn open_session(&self, id: UserId, username: String, role: Role) -> Result<SignedIn> {
        let session: SessionId = new_id();
        let now = now();
        let claims = Claims { sub: id.clone(), role, sid: session.clone(), iat: now, exp: now + SESSION_LIFETIME };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.0.signing_key.signing)
            .map_err(|error| Error::Internal(Box::new(error)))?;
        self.0
            .database
            .batch(vec![
                sql!("DELETE FROM sessions WHERE expires_at < ?1").bind(now),
                sql!(
                    "INSERT INTO sessions (id, user_id, created_at, updated_at, expires_at) VALUES (?1, ?2, ?3, ?3, ?4)"
                )
                .bind(session.as_str())
                .bind(id.as_str())
                .bind(now)
                .bind(claims.exp),
            ])
            .await?;
        Ok(SignedIn { token, member: Member { id, username, role, session } })
    }

    /// Who a token speaks for. A token that is forged, expired, signed out or of a suspended account speaks for
    /// nobody. Name and role are those of the row, so that a change of role counts at once.
    pub async fn viewer(&self, token: &str) -> Result<Viewer> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_required_spec_claims(&["exp", "sub"]);
        let Ok(data) = jsonwebtoken::decode::<Claims>(token, &self.0.signing_key.verifying, &validation) else {
            return Ok(Viewer::Visitor);
        };
        let Claims { sub, sid, .. } = data.claims;
        let row: Option<SessionRow> = self
            .0
            .database
            .one(
                sql!(
                    "SELECT u.username, u.role FROM sessions s JOIN users u ON u.id = s.user_id
                     WHERE s.id = ?1 AND s.user_id = ?2 AND s.expires_at > ?3 AND u.suspended_at IS NULL"
                )
                .bind(sid.as_str())
                .bind(sub.as_str())
                .bind(now()),
            )
            .await?;
        Ok(row.map_or(Viewer::Visitor, |row| {
            Viewer::Member(Member { id: sub, username: row.username, role: role(&row.role), session: sid })
        }))
    }

    /// Ends the viewer's session. Signing out twice is fine.
    pub async fn sign_out(&self, viewer: &Viewer) -> Result<()> {
        if let Some(member) = viewer.member() {
            self.0.database.write(sql!("DELETE FROM sessions WHERE id = ?1").bind(member.session.as_str())).await?;
        }
        Ok(())
    }
}
