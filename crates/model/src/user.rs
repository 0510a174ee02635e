//! Accounts.

use crate::{Email, Invalid, Password, UserId, Username};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an account may do beyond its own things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// What others may download of a member's pictures that they may see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Downloads {
    /// Nothing: they see the pictures on the site.
    None,
    /// The pictures without what the camera wrote, under another name.
    #[default]
    Stripped,
    /// The files with all that is in them, under another name.
    Whole,
}

impl Downloads {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::None, Self::Stripped, Self::Whole];

    /// As kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Stripped => "stripped",
            Self::Whole => "whole",
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

/// `user.me` answers this: the caller's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// The account.
    pub id: UserId,
    /// Shown beside what the member publishes.
    pub username: String,
    /// Signs in with it; shown to nobody else but admins.
    pub email: String,
    /// What it may do.
    pub role: Role,
    /// Unix seconds.
    pub created_at: i64,
    /// Bytes of completed pictures and of uploads under way that told their size.
    pub used: u64,
    /// What others may download of its pictures.
    pub downloads: Downloads,
    /// The most it may store, in bytes; absent without a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<u64>,
}

/// A checked wish to change one's account; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct ProfileChange {
    /// The new name.
    pub username: Option<Username>,
    /// The new address to sign in with.
    pub email: Option<Email>,
    /// As typed; needed for another address.
    pub current_password: Option<Password>,
    /// What others may download from now on.
    pub downloads: Option<Downloads>,
}

impl ProfileChange {
    /// Checks all three texts at once; the rest is none. An empty text is none, as an unfilled field sends it.
    pub fn parse(username: Option<&str>, email: Option<&str>, current_password: Option<&str>) -> Result<Self, Invalid> {
        fn filled(text: Option<&str>) -> Option<&str> {
            text.filter(|text| !text.is_empty())
        }
        let current_password = filled(current_password).map(Password::typed);
        match (filled(username).map(Username::parse).transpose(), filled(email).map(Email::parse).transpose()) {
            (Ok(username), Ok(email)) => Ok(Self { username, email, current_password, downloads: None }),
            (username, email) => Err(Invalid::default().and("username", username.err()).and("email", email.err())),
        }
    }
}

/// A checked wish for another password.
#[derive(Clone, Debug)]
pub struct PasswordChange {
    /// As typed.
    pub current: Password,
    /// From now on.
    pub new: Password,
}

impl PasswordChange {
    /// Only the new one has rules to keep.
    pub fn parse(current: &str, new: &str) -> Result<Self, Invalid> {
        let new = Password::parse(new).map_err(|reason| Invalid::field("newPassword", reason))?;
        Ok(Self { current: Password::typed(current), new })
    }
}

/// `user.register` answers this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Registered {
    /// The new account.
    pub user_id: UserId,
}

/// What a method answers that has nothing to tell but that it worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Success {
    /// Always true; a failure is an error.
    pub success: bool,
}

impl Success {
    /// It worked.
    pub const YES: Self = Self { success: true };
}
