//! Accounts: register and sign in.

use crate::database::sql;
use crate::error::OnTaken;
use crate::sessions::role;
use crate::{
    Error, Library, Result, SignedIn,
    clock::now,
    ids::{new_id, sha256},
};
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use model::{Credentials, Password, Registration, Role, UserId};

const WRONG: Error = Error::Unauthenticated("E-mail or password is wrong. Check both and try again.");

/// The hash of no password: compared with when there is no such account, so that both answers take as long.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$dHVrdXR1a3V0dWt1dHVrdQ$7sBkvTLNVGT4jDQvwMFZGrXkfVwEFyEB6oIWTSbVLuI";

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: String,
    username: String,
    role: String,
    password_hash: String,
}

impl Library {
    /// Makes an account and signs it in. With the one-time setup token it becomes an admin, and the token ends.
    pub async fn register(&self, wish: Registration, setup_token: Option<&str>) -> Result<SignedIn> {
        if setup_token.is_none() && !self.registration_open() {
            return Err(Error::Forbidden("Registration is closed on this site. Ask its owner for an account."));
        }
        if let Some(token) = setup_token
            && !self.setup_open(token).await?
        {
            return Err(Error::field("setupToken", "This link was used or replaced. Restart Tuku for a new one."));
        }
        let id: UserId = new_id();
        let hash = self.hash(wish.password).await?;
        let account = |query: crate::database::Query| {
            query
                .bind(id.as_str())
                .bind(wish.username.as_str())
                .bind(wish.email.as_str())
                .bind(hash.as_str())
                .bind(now())
        };
        let made = match setup_token {
            None => {
                let insert = account(sql!(
                    "INSERT INTO users (id, username, email, password_hash, created_at, updated_at)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?5)"
                ));
                self.0.database.batch(vec![insert]).await
            }
            Some(token) => {
                let token = sha256(token);
                let insert = account(sql!(
                    "INSERT INTO users (id, username, email, password_hash, created_at, updated_at, role)
                     SELECT ?1, ?2, ?3, ?4, ?5, ?5, 'admin'
                     WHERE EXISTS (SELECT 1 FROM settings WHERE name = 'setup_token' AND value = ?6)"
                ));
                let spend = sql!("DELETE FROM settings WHERE name = 'setup_token' AND value = ?1").bind(token.as_str());
                self.0.database.batch(vec![insert.bind(token.as_str()), spend]).await
            }
        };
        let made = made.on_taken("users.username", "username", "This name is taken. Choose another.").on_taken(
            "users.email",
            "email",
            "There is an account with this address. Sign in instead.",
        )?;
        if made.first() != Some(&1) {
            return Err(Error::field("setupToken", "This link was used a moment ago. Restart Tuku for a new one."));
        }
        let role = if setup_token.is_some() { Role::Admin } else { Role::Member };
        self.open_session(id, wish.username.into(), role).await
    }

    /// Signs in. The answer tells neither by words nor by time whether the address has an account.
    pub async fn sign_in(&self, credentials: Credentials) -> Result<SignedIn> {
        let account: Option<AccountRow> = self
            .0
            .database
            .one(
                sql!("SELECT id, username, role, password_hash FROM users WHERE email = ?1 AND suspended_at IS NULL")
                    .bind(credentials.email.as_str()),
            )
            .await?;
        let hash = account.as_ref().map_or(NOBODY, |account| &account.password_hash).to_owned();
        let right = self.verify(credentials.password, hash).await?;
        let Some(account) = account.filter(|_| right) else { return Err(WRONG) };
        let Some(id) = UserId::parse(&account.id) else { return Err(WRONG) };
        self.open_session(id, account.username, role(&account.role)).await
    }

    async fn hash(&self, password: Password) -> Result<String> {
        // The turn goes along: hashing runs on when the request behind it is gone.
        let turn = self.0.hashing.clone().acquire_owned().await;
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            let hash = Argon2::default().hash_password(password.reveal().as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|error| Error::Internal(error.to_string().into()))
        })
        .await?
    }

    async fn verify(&self, password: Password, hash: String) -> Result<bool> {
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
