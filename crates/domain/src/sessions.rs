//! Sign-ins: a signed token in the browser, a row here. Ending the row ends the sign-in, whatever the token says.
//!
//! The row is the truth. The key-value store keeps a copy of what it says for a minute, so that most requests read no
//! row. A copy is only put where nothing is; who ends a session deletes the row and then puts a stone over its place,
//! which outlives every request that may have read the row before.

use crate::database::{Query, sql};
use crate::users::WRONG;
use crate::{Error, Library, Member, Needs, Proof, Result, Viewer, clock::now, ids::new_id};
use bytes::Bytes;
use model::{Role, SessionId, UserId};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a sign-in lasts, in seconds: 30 days.
pub const SESSION_LIFETIME: i64 = 30 * 24 * 60 * 60;

/// How long a copy is kept.
const COPY_LIFETIME: Duration = Duration::from_secs(60);

/// How long a stone lies: longer than any request that may still put a copy.
const STONE_LIFETIME: Duration = Duration::from_secs(10 * 60);

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

/// What a row says, as the key-value store keeps it. Empty bytes are a stone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Snapshot {
    user: UserId,
    username: String,
    role: Role,
}

/// What is found at a session's place in the key-value store.
enum Place {
    Empty,
    Stone,
    Copy(Snapshot),
}

#[derive(sqlx::FromRow)]
struct SessionRow {
    id: String,
    user_id: String,
    username: String,
    role: String,
}

impl SessionRow {
    fn snapshot(self) -> Option<(SessionId, Snapshot)> {
        let user = UserId::parse(&self.user_id)?;
        Some((SessionId::parse(&self.id)?, Snapshot { user, username: self.username, role: role(&self.role) }))
    }
}

/// A statement that reads living sessions: the columns of [`SessionRow`], then what the caller adds.
macro_rules! select_living {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT s.id, s.user_id, u.username, u.role FROM sessions s JOIN users u ON u.id = s.user_id
             WHERE u.suspended_at IS NULL AND ",
            $rest
        ))
    };
}

/// Reads a role as the database keeps it.
pub(crate) fn role(text: &str) -> Role {
    if text == Role::Admin.as_str() { Role::Admin } else { Role::Member }
}

fn key(session: &str) -> String {
    format!("session:{session}")
}

impl Viewer {
    /// The account and its sign-in; an API token is refused.
    pub(crate) fn session(&self) -> Result<(&Member, &SessionId)> {
        self.permit(Needs::Session)?;
        match self.signed_in()? {
            member @ Member { proof: Proof::Session(session), .. } => Ok((member, session)),
            _ => Err(Error::SIGN_IN),
        }
    }
}

impl Library {
    /// Opens a session for an account whose password was just checked against `hash`. The account has to have that
    /// password still, and not to be suspended. `agent` is what the browser calls itself.
    pub(crate) async fn open_session(
        &self,
        id: UserId,
        username: String,
        role: Role,
        hash: &str,
        agent: &str,
    ) -> Result<SignedIn> {
        let session: SessionId = new_id();
        let now = now();
        let claims = Claims { sub: id.clone(), role, sid: session.clone(), iat: now, exp: now + SESSION_LIFETIME };
        let token = self.0.signing_keys.sign(&claims)?;
        let opened = self
            .0
            .database
            .batch(vec![
                sql!("DELETE FROM sessions WHERE expires_at < ?1").bind(now),
                sql!(
                    "INSERT INTO sessions (id, user_id, agent, last_used_at, created_at, updated_at, expires_at)
                     SELECT ?1, id, ?3, ?4, ?4, ?4, ?5 FROM users
                     WHERE id = ?2 AND password_hash = ?6 AND suspended_at IS NULL"
                )
                .bind(session.as_str())
                .bind(id.as_str())
                .bind(agent)
                .bind(now)
                .bind(claims.exp)
                .bind(hash),
            ])
            .await?;
        if opened.last() != Some(&1) {
            return Err(WRONG);
        }
        Ok(SignedIn { token, member: Member { id, username, role, proof: Proof::Session(session) } })
    }

    /// Who a session's token speaks for. One that is forged, expired, signed out or of a suspended account speaks for
    /// nobody. Name and role are those of the account now, not those of the token.
    pub async fn viewer_of_session(&self, token: &str) -> Result<Viewer> {
        let Some(Claims { sub, sid, .. }) = self.0.signing_keys.verify::<Claims>(token, None) else {
            return Ok(Viewer::visitor());
        };
        let found = match self.place(&sid).await {
            Ok(found) => found,
            Err(error) => {
                tracing::error!(?error, "sessions are read from their rows");
                Place::Empty
            }
        };
        let copy = match found {
            Place::Copy(copy) => Some(copy),
            Place::Stone => None,
            Place::Empty => self.fill(&sid).await?,
        };
        Ok(match copy.filter(|copy| copy.user == sub) {
            Some(Snapshot { username, role, .. }) => {
                Viewer::of(Member { id: sub, username, role, proof: Proof::Session(sid) })
            }
            None => Viewer::visitor(),
        })
    }

    async fn place(&self, session: &SessionId) -> Result<Place> {
        Ok(match self.0.key_values.get(&key(session.as_str())).await? {
            None => Place::Empty,
            Some(bytes) if bytes.is_empty() => Place::Stone,
            Some(bytes) => serde_json::from_slice(&bytes).map_or(Place::Empty, Place::Copy),
        })
    }

    /// Reads the row, and keeps a copy where there is neither another nor a stone.
    async fn fill(&self, session: &SessionId) -> Result<Option<Snapshot>> {
        let query = select_living!("s.id = ?1 AND s.expires_at > ?2").bind(session.as_str()).bind(now());
        let row: Option<SessionRow> = self.0.database.one(query).await?;
        let Some((_, copy)) = row.and_then(SessionRow::snapshot) else { return Ok(None) };
        let bytes = Bytes::from(serde_json::to_vec(&copy)?);
        match self.0.key_values.put_new(&key(session.as_str()), bytes, COPY_LIFETIME).await {
            Ok(true) => self.mark_used(session).await,
            // Another request was quicker, or whoever ended the session.
            Ok(false) => match self.place(session).await? {
                Place::Stone => return Ok(None),
                Place::Copy(copy) => return Ok(Some(copy)),
                Place::Empty => {}
            },
            Err(error) => tracing::error!(?error, "a session's copy could not be kept"),
        }
        Ok(Some(copy))
    }

    /// For the list of sessions. Nobody is kept out because it fails.
    async fn mark_used(&self, session: &SessionId) {
        let query = sql!("UPDATE sessions SET last_used_at = ?2, updated_at = ?2 WHERE id = ?1");
        if let Err(error) = self.0.database.write(query.bind(session.as_str()).bind(now())).await {
            tracing::error!(?error, "a session's use could not be noted");
        }
    }

    /// Ends the viewer's session. Signing out twice is fine, and so is a token, which has none.
    pub async fn sign_out(&self, viewer: &Viewer) -> Result<()> {
        if let Some(Member { proof: Proof::Session(session), .. }) = viewer.member() {
            self.0.database.write(sql!("DELETE FROM sessions WHERE id = ?1").bind(session.as_str())).await?;
            self.bury(session.as_str()).await?;
        }
        Ok(())
    }

    /// Ends an account's sessions at once; answers how many.
    pub(crate) async fn end_sessions(&self, user: &UserId, except: Option<&SessionId>) -> Result<u64> {
        self.end_sessions_after(Vec::new(), user, except).await
    }

    /// Ends an account's sessions in one batch with the statements that are the reason.
    pub(crate) async fn end_sessions_after(
        &self,
        mut reason: Vec<Query>,
        user: &UserId,
        except: Option<&SessionId>,
    ) -> Result<u64> {
        let end = sql!("DELETE FROM sessions WHERE user_id = ?1 AND id <> ?2 RETURNING id")
            .bind(user.as_str())
            .bind(except.map_or("", SessionId::as_str));
        reason.push(end);
        let ended: Vec<(String,)> = self.0.database.batch_returning(reason).await?;
        let mut buried = Ok(());
        for (session,) in &ended {
            // One that cannot be buried keeps none of the others alive.
            buried = buried.and(self.bury(session).await);
        }
        buried.map(|()| ended.len() as u64)
    }

    /// Puts a stone over a session whose row is gone. Should the key-value store not answer, the copy that may be
    /// there still ends within a minute.
    pub(crate) async fn bury(&self, session: &str) -> Result<()> {
        Ok(self.0.key_values.put(&key(session), Bytes::new(), STONE_LIFETIME).await?)
    }

    /// Has an account's sessions show its name and role as they are now.
    pub(crate) async fn refresh_sessions(&self, user: &UserId) -> Result<()> {
        let mut kept: Vec<(SessionId, Snapshot)> = Vec::new();
        loop {
            let query = select_living!("s.user_id = ?1 AND s.expires_at > ?2 ORDER BY s.id");
            let rows: Vec<SessionRow> = self.0.database.all(query.bind(user.as_str()).bind(now())).await?;
            let living: Vec<_> = rows.into_iter().filter_map(SessionRow::snapshot).collect();
            // Put, then looked at again: a session that ended meanwhile must not live on by the copy put here.
            if living == kept {
                return Ok(());
            }
            for (session, _) in kept.iter().filter(|(id, _)| !living.iter().any(|(other, _)| other == id)) {
                self.bury(session.as_str()).await?;
            }
            for (session, copy) in &living {
                let bytes = Bytes::from(serde_json::to_vec(copy)?);
                self.0.key_values.put(&key(session.as_str()), bytes, COPY_LIFETIME).await?;
            }
            kept = living;
        }
    }
}
