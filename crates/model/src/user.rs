//! Accounts.

use crate::{Email, Invalid, Password, UserId, Username};
use serde::{Deserialize, Serialize};

/// What an account may do beyond its own things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Uploads, arranges, likes, comments.
    Member,
    /// Also sees and manages everything.
    Admin,
}

impl Role {
    /// As kept in the database and in the session token.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Member => "member",
            Role::Admin => "admin",
        }
    }
}

/// A checked wish for an account.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Shown beside what the member publishes.
    pub username: Username,
    /// Signs in with it; shown to nobody.
    pub email: Email,
    /// As typed.
    pub password: Password,
}

impl Registration {
    /// Checks all three at once, so that every problem is told in one answer.
    pub fn parse(username: &str, email: &str, password: &str) -> Result<Self, Invalid> {
        match (Username::parse(username), Email::parse(email), Password::parse(password)) {
            (Ok(username), Ok(email), Ok(password)) => Ok(Self { username, email, password }),
            (username, email, password) => Err(Invalid::default()
                .and("username", username.err())
                .and("email", email.err())
                .and("password", password.err())),
        }
    }
}

/// What someone signs in with.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The account's address.
    pub email: Email,
    /// As typed.
    pub password: Password,
}

impl Credentials {
    /// Only the form of the address is checked; whether it exists is not told.
    pub fn parse(email: &str, password: &str) -> Result<Self, Invalid> {
        let email = Email::parse(email).map_err(|reason| Invalid::field("email", reason))?;
        Ok(Self { email, password: Password::typed(password) })
    }
}

/// `user.register` answers this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registered {
    /// The new account.
    pub user_id: UserId,
}

/// What a method answers that has nothing to tell but that it worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Success {
    /// Always true; a failure is an error.
    pub success: bool,
}

impl Success {
    /// It worked.
    pub const YES: Self = Self { success: true };
}
