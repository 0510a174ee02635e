//! A member's own sign-ins: seen and ended by them.

use crate::database::sql;
use crate::{Error, Library, Result, Viewer, clock::now};
use model::{Ended, Session, SessionId, Sessions};

/// The most a list of them shows.
const MOST: u64 = 200;

impl Library {
    /// The viewer's sessions, the newest first.
    pub async fn sessions(&self, viewer: &Viewer) -> Result<Sessions> {
        let (member, current) = viewer.session()?;
        let rows: Vec<(String, i64, i64, String)> = self
            .0
            .database
            .all(
                sql!(
                    "SELECT id, created_at, last_used_at, agent FROM sessions
                     WHERE user_id = ?1 AND expires_at > ?2 ORDER BY id DESC LIMIT ?3"
                )
                .bind(member.id.as_str())
                .bind(now())
                .bind(MOST),
            )
            .await?;
        let sessions = rows.into_iter().filter_map(|(id, created_at, last_used_at, agent)| {
            let id = SessionId::parse(&id)?;
            Some(Session { current: id == *current, id, created_at, last_used_at, agent })
        });
        Ok(Sessions { sessions: sessions.collect() })
    }

    /// Ends one of the viewer's sessions, their own one too.
    pub async fn end_session(&self, viewer: &Viewer, session: &SessionId) -> Result<()> {
        let (member, _) = viewer.session()?;
        let query = sql!("DELETE FROM sessions WHERE id = ?1 AND user_id = ?2");
        if self.0.database.write(query.bind(session.as_str()).bind(member.id.as_str())).await? == 0 {
            return Err(Error::NotFound);
        }
        self.bury(session.as_str()).await
    }

    /// Ends every session of the viewer's but the one that asks.
    pub async fn end_other_sessions(&self, viewer: &Viewer) -> Result<Ended> {
        let (member, session) = viewer.session()?;
        Ok(Ended { ended: self.end_sessions(&member.id, Some(session)).await? })
    }
}
