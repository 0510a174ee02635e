//! Accounts: register and sign in.

use crate::database::{Query, sql};
use crate::error::OnTaken;
use crate::invitations::spend_invitation;
use crate::passwords::{NOBODY, place};
use crate::rates::{Rate, counted};
use crate::sessions::role;
use crate::{
    Error, Library, Result, SignedIn, Viewer,
    clock::now,
    ids::{new_id, sha256},
};
use model::{Credentials, Registration, RegistrationMode, Role, UserId};

pub(crate) const WRONG: Error = Error::Unauthenticated("E-mail or password is wrong. Check both and try again.");

/// What lets someone make an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission<'a> {
    /// Nothing: registration has to be open.
    Open,
    /// The one-time token that makes an admin.
    Setup(&'a str),
    /// The token of an invitation; needed while registration is by invitation.
    Invitation(&'a str),
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: String,
    username: String,
    role: String,
    password_hash: String,
}

impl Library {
    /// Makes an account and signs it in. With the one-time setup token it becomes an admin, and the token ends; an
    /// invitation is spent. `agent` is what the browser calls itself.
    ///
    /// The password is hashed before names are compared, so that both kinds of [`Error::Conflict`] take as long as
    /// an account that is made. That an e-mail address has an account cannot be hidden here without sending mail to
    /// it; so the tries are counted by the caller's address.
    pub async fn register(
        &self,
        viewer: &Viewer,
        wish: Registration,
        admission: Admission<'_>,
        agent: &str,
    ) -> Result<SignedIn> {
        self.attempt(Rate::Register, &counted(viewer.address())).await?;
        let admission = self.admitted(admission).await?;
        let id: UserId = new_id();
        let hash = self.hash(wish.password).await?;
        let account = |query: Query| {
            query
                .bind(id.as_str())
                .bind(wish.username.as_str())
                .bind(wish.email.as_str())
                .bind(hash.as_str())
                .bind(now())
        };
        let statements = match admission {
            Admission::Open => vec![account(sql!(
                "INSERT INTO users (id, username, email, password_hash, created_at, updated_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?5)"
            ))],
            Admission::Setup(token) => {
                let token = sha256(token);
                let insert = account(sql!(
                    "INSERT INTO users (id, username, email, password_hash, created_at, updated_at, role)
                     SELECT ?1, ?2, ?3, ?4, ?5, ?5, 'admin'
                     WHERE EXISTS (SELECT 1 FROM settings WHERE name = 'setup_token' AND value = ?6)"
                ));
                let spend = sql!("DELETE FROM settings WHERE name = 'setup_token' AND value = ?1").bind(token.as_str());
                vec![insert.bind(token.as_str()), spend]
            }
            Admission::Invitation(token) => {
                let insert = account(sql!(
                    "INSERT INTO users (id, username, email, password_hash, created_at, updated_at)
                     SELECT ?1, ?2, ?3, ?4, ?5, ?5
                     WHERE EXISTS (
                         SELECT 1 FROM invitations v JOIN users a ON a.id = v.user_id
                         WHERE v.token_hash = ?6 AND v.spent_at IS NULL AND v.expires_at > ?5
                         AND a.role = 'admin' AND a.suspended_at IS NULL)"
                ));
                vec![insert.bind(sha256(token)), spend_invitation(token, &id)]
            }
        };
        let made = self.0.database.batch(statements).await;
        let made = made.on_taken("users.username", "username", "This name is taken. Choose another.").on_taken(
            "users.email",
            "email",
            "There is an account with this address. Sign in instead.",
        )?;
        if made.first() != Some(&1) {
            return Err(spent(admission));
        }
        let role = if matches!(admission, Admission::Setup(_)) { Role::Admin } else { Role::Member };
        self.open_session(id, wish.username.into(), role, &hash, agent).await
    }

    /// What counts of an admission now, or why it does not. While registration is open nothing is asked for, and no
    /// invitation is spent.
    async fn admitted<'a>(&self, admission: Admission<'a>) -> Result<Admission<'a>> {
        let mode = self.settings().registration;
        let open = match admission {
            Admission::Setup(token) => self.setup_open(token).await?,
            _ if mode == RegistrationMode::Open => return Ok(Admission::Open),
            Admission::Invitation(token) if mode == RegistrationMode::Invitation => self.invitation_open(token).await?,
            _ => {
                return Err(Error::Forbidden(match mode {
                    RegistrationMode::Invitation => "An account here needs an invitation. Ask the owner of this site.",
                    _ => "Registration is closed on this site. Ask its owner for an account.",
                }));
            }
        };
        if open { Ok(admission) } else { Err(spent(admission)) }
    }

    /// Signs in. The answer tells neither by words nor by time whether the address has an account, nor whether it is
    /// suspended. `agent` is what the browser calls itself.
    pub async fn sign_in(&self, viewer: &Viewer, credentials: Credentials, agent: &str) -> Result<SignedIn> {
        self.attempt(Rate::SignInFrom, &counted(viewer.address())).await?;
        self.count_guess(viewer, credentials.email.as_str()).await?;
        let account: Option<AccountRow> = self
            .0
            .database
            .one(
                sql!("SELECT id, username, role, password_hash FROM users WHERE email = ?1 AND suspended_at IS NULL")
                    .bind(credentials.email.as_str()),
            )
            .await?;
        let hash = account.as_ref().map_or(NOBODY, |account| &account.password_hash).to_owned();
        let right = self.verify(credentials.password, hash.clone()).await?;
        let Some(account) = account.filter(|_| right) else { return Err(WRONG) };
        let Some(id) = UserId::parse(&account.id) else { return Err(WRONG) };
        let signed_in = self.open_session(id, account.username, role(&account.role), &hash, agent).await?;
        self.make_known(&place(viewer, credentials.email.as_str())).await;
        Ok(signed_in)
    }
}

/// The answer to an admission that is worth nothing any more.
fn spent(admission: Admission<'_>) -> Error {
    match admission {
        Admission::Setup(_) => {
            Error::field("setupToken", "This link was used or replaced. Restart Tuku for a new one.")
        }
        _ => Error::field("invitation", "This invitation was used or has expired. Ask for a new one."),
    }
}
