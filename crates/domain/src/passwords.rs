//! Passwords: hashed, compared, changed.

use crate::database::sql;
use crate::rates::{Rate, counted};
use crate::{Error, Library, Result, Viewer, clock::now};
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use model::{Password, PasswordChange, UserId};

/// The hash of no password: compared with when there is no such account, so that both answers take as long.
pub(crate) const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$dHVrdXR1a3V0dWt1dHVrdQ$7sBkvTLNVGT4jDQvwMFZGrXkfVwEFyEB6oIWTSbVLuI";

/// What changes an account asks for: the password again, since a browser may have been left open.
#[derive(sqlx::FromRow)]
pub(crate) struct KeptPassword {
    pub(crate) email: String,
    password_hash: String,
}

/// An account as tried from where the viewer is.
pub(crate) fn place(viewer: &Viewer, email: &str) -> String {
    format!("{} {email}", counted(viewer.address()))
}

impl Library {
    /// Gives the viewer's account another password and ends every other session of it at once. A wrong current one
    /// is told beside its field. Of two changes at once the first counts: it has ended what the other began.
    pub async fn change_password(&self, viewer: &Viewer, change: PasswordChange) -> Result<()> {
        let (member, session) = viewer.session()?;
        let kept = self.kept_password(&member.id).await?;
        self.confirm_password(viewer, &kept, change.current, "currentPassword").await?;
        let hash = self.hash(change.new).await?;
        // In one batch with the sessions: none that the old password opens meanwhile is left over.
        let update = sql!("UPDATE users SET password_hash = ?2, updated_at = ?3 WHERE id = ?1 AND password_hash = ?4")
            .bind(member.id.as_str())
            .bind(hash.as_str())
            .bind(now())
            .bind(kept.password_hash);
        self.end_sessions_after(vec![update], &member.id, Some(session)).await?;
        if self.kept_password(&member.id).await?.password_hash == hash { Ok(()) } else { Err(Error::SIGN_IN) }
    }

    pub(crate) async fn kept_password(&self, user: &UserId) -> Result<KeptPassword> {
        let query = sql!("SELECT email, password_hash FROM users WHERE id = ?1").bind(user.as_str());
        self.0.database.one(query).await?.ok_or(Error::SIGN_IN)
    }

    /// Compares what was typed into `field` with the viewer's own password. Counted like a sign-in, so that a
    /// session left open is no way to guess it.
    pub(crate) async fn confirm_password(
        &self,
        viewer: &Viewer,
        kept: &KeptPassword,
        typed: Password,
        field: &str,
    ) -> Result<()> {
        self.count_guess(viewer, &kept.email).await?;
        if self.verify(typed, kept.password_hash.clone()).await? {
            Ok(())
        } else {
            Err(Error::field(field, "This is not your password. Check it and try again."))
        }
    }

    /// Counts a try at an account's password, before any work is done for it.
    pub(crate) async fn count_guess(&self, viewer: &Viewer, email: &str) -> Result<()> {
        let place = place(viewer, email);
        self.attempt(Rate::SignIn, &place).await?;
        // Strangers' guesses keep nobody out who has signed in from here before.
        if self.is_known(&place).await? { Ok(()) } else { self.attempt(Rate::SignInAnywhere, email).await }
    }

    pub(crate) async fn hash(&self, password: Password) -> Result<String> {
        // The turn goes along: hashing runs on when the request behind it is gone.
        let turn = self.0.hashing.clone().acquire_owned().await;
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let hash = Argon2::default().hash_password(password.reveal().as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|error| Error::Internal(error.to_string().into()))
        })
        .await?
    }

    pub(crate) async fn verify(&self, password: Password, hash: String) -> Result<bool> {
        // The turn goes along: hashing runs on when the request behind it is gone.
        let turn = self.0.hashing.clone().acquire_owned().await;
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let hash = PasswordHash::new(&hash).map_err(|error| Error::Internal(error.to_string().into()))?;
            Ok(Argon2::default().verify_password(password.reveal().as_bytes(), &hash).is_ok())
        })
        .await?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_nobody_costs_as_much_as_a_real_one() {
        let real = Argon2::default().hash_password(b"password").unwrap();
        let nobody = PasswordHash::new(NOBODY).unwrap();
        assert_eq!(
            (real.algorithm, real.version, real.params),
            (nobody.algorithm, nobody.version, nobody.params.clone())
        );
    }
}
