//! API tokens: what programs sign in with, in place of a browser's session.

use crate::database::sql;
use crate::sessions::role;
use crate::{
    Error, Library, Member, Proof, Result, Viewer,
    clock::now,
    ids::{new_id, new_token, sha256},
};
use model::{CreatedToken, Role, Scope, Token, TokenDraft, TokenId, Tokens, UserId};

/// How every token begins, so that people and secret scanners know one when they see it.
const PREFIX: &str = "tuku_";

/// The most tokens one account may have.
const MOST: u64 = 50;

/// Seconds between two notes of a token's use, so that a busy program does not write with every call.
const NOTED_EVERY: i64 = 60;

const UNKNOWN: Error =
    Error::Unauthenticated("This API token is not valid: it was revoked or has expired. Make a new one.");

#[derive(sqlx::FromRow)]
struct HolderRow {
    id: String,
    scopes: String,
    last_used_at: Option<i64>,
    user_id: String,
    username: String,
    role: String,
}

#[derive(sqlx::FromRow)]
struct TokenRow {
    id: String,
    name: String,
    scopes: String,
    created_at: i64,
    last_used_at: Option<i64>,
    expires_at: Option<i64>,
}

impl TokenRow {
    fn token(self) -> Option<Token> {
        let Self { id, name, scopes, created_at, last_used_at, expires_at } = self;
        Some(Token { id: TokenId::parse(&id)?, name, scopes: scopes_of(&scopes), created_at, last_used_at, expires_at })
    }
}

/// Reads scopes as the database keeps them. One this program does not know counts for nothing.
fn scopes_of(json: &str) -> Vec<Scope> {
    let names: Vec<String> = serde_json::from_str(json).unwrap_or_default();
    Scope::ALL.into_iter().filter(|scope| names.iter().any(|name| name == scope.as_str())).collect()
}

impl Library {
    /// Makes an API token of the viewer's; only this answer tells it. It may never do more than its account.
    pub async fn create_token(&self, viewer: &Viewer, draft: TokenDraft) -> Result<CreatedToken> {
        let (member, _) = viewer.session()?;
        if draft.scopes.contains(&Scope::Admin) && member.role != Role::Admin {
            return Err(Error::field("scopes", "Only an admin’s token may have the scope “admin”."));
        }
        let (id, now) = (new_id::<TokenId>(), now());
        let token = format!("{PREFIX}{}", new_token());
        let insert = sql!(
            "INSERT INTO api_tokens (id, user_id, name, token_hash, scopes, expires_at, created_at, updated_at)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7
             WHERE (SELECT count(*) FROM api_tokens WHERE user_id = ?2) < ?8"
        );
        let insert = insert
            .bind(id.as_str())
            .bind(member.id.as_str())
            .bind(draft.name.as_str())
            .bind(sha256(&token))
            .bind(serde_json::to_string(&draft.scopes)?)
            .bind(draft.expires_in.map(|seconds| now.saturating_add_unsigned(seconds)))
            .bind(now)
            .bind(MOST);
        if self.0.database.write(insert).await? == 0 {
            return Err(Error::field("name", format!("You have {MOST} tokens. Revoke one you no longer need.")));
        }
        Ok(CreatedToken { token_id: id, scopes: draft.scopes, token })
    }

    /// The viewer's API tokens, the newest first; not the tokens themselves.
    pub async fn tokens(&self, viewer: &Viewer) -> Result<Tokens> {
        let (member, _) = viewer.session()?;
        let rows: Vec<TokenRow> = self
            .0
            .database
            .all(
                sql!(
                    "SELECT id, name, scopes, created_at, last_used_at, expires_at FROM api_tokens
                     WHERE user_id = ?1 ORDER BY created_at DESC, id DESC"
                )
                .bind(member.id.as_str()),
            )
            .await?;
        Ok(Tokens { tokens: rows.into_iter().filter_map(TokenRow::token).collect() })
    }

    /// Ends one of the viewer's API tokens at once.
    pub async fn revoke_token(&self, viewer: &Viewer, id: &TokenId) -> Result<()> {
        let (member, _) = viewer.session()?;
        let query = sql!("DELETE FROM api_tokens WHERE id = ?1 AND user_id = ?2");
        let ended = self.0.database.write(query.bind(id.as_str()).bind(member.id.as_str())).await?;
        if ended == 0 { Err(Error::NotFound) } else { Ok(()) }
    }

    /// Who an API token speaks for: [`Error::Unauthenticated`] for one that is unknown, revoked, expired or of a
    /// suspended account.
    pub async fn viewer_of_token(&self, token: &str) -> Result<Viewer> {
        let now = now();
        let holder: Option<HolderRow> = self
            .0
            .database
            .one(
                sql!(
                    "SELECT t.id, t.scopes, t.last_used_at, t.user_id, u.username, u.role
                     FROM api_tokens t JOIN users u ON u.id = t.user_id
                     WHERE t.token_hash = ?1 AND (t.expires_at IS NULL OR t.expires_at > ?2)
                     AND u.suspended_at IS NULL"
                )
                .bind(sha256(token))
                .bind(now),
            )
            .await?;
        let HolderRow { id, scopes, last_used_at, user_id, username, role: text } = holder.ok_or(UNKNOWN)?;
        let (Some(id), Some(user)) = (TokenId::parse(&id), UserId::parse(&user_id)) else { return Err(UNKNOWN) };
        if last_used_at.is_none_or(|used| used <= now - NOTED_EVERY) {
            let note = sql!("UPDATE api_tokens SET last_used_at = ?2 WHERE id = ?1");
            // For the list of tokens. Nobody is kept out because it fails.
            if let Err(error) = self.0.database.write(note.bind(id.as_str()).bind(now)).await {
                tracing::error!(?error, "a token's use could not be noted");
            }
        }
        let scopes = scopes_of(&scopes);
        // An admin's token is a member's unless it was made to manage the site.
        let role = if scopes.contains(&Scope::Admin) { role(&text) } else { Role::Member };
        Ok(Viewer::of(Member { id: user, username, role, proof: Proof::Token(id, scopes) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_as_they_were_written_and_unknown_ones_give_nothing() {
        let written = serde_json::to_string(&[Scope::Social, Scope::Read]).unwrap();
        assert_eq!(scopes_of(&written), [Scope::Read, Scope::Social]);
        assert_eq!(scopes_of(r#"["read","fly"]"#), [Scope::Read]);
        assert!(scopes_of("no list").is_empty());
    }
}
