//! Accounts as admins see them.

use crate::{Role, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An account with what it stores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// The account.
    pub id: UserId,
    /// Its name.
    pub username: String,
    /// The address it signs in with.
    pub email: String,
    /// What it may do.
    pub role: Role,
    /// Whether it is kept from signing in.
    pub suspended: bool,
    /// Unix seconds.
    pub created_at: i64,
    /// Bytes of its completed pictures and of uploads under way that told their size.
    pub used: u64,
    /// Its own limit, in bytes; absent where the site's counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<u64>,
    /// How many completed pictures it has.
    pub pictures: u64,
}

/// `user.list` answers this: the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Accounts {
    /// At most 100.
    pub users: Vec<Account>,
    /// Give it back as `cursor` for those that follow; absent at the end.
    pub next_cursor: Option<String>,
}
