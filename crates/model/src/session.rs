//! Sign-ins, as the account's own list shows them.

use crate::SessionId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One signed-in browser or program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Names the sign-in, to end it.
    pub id: SessionId,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds, to the minute.
    pub last_used_at: i64,
    /// What the browser called itself (`User-Agent`), up to 200 characters; may be empty.
    pub agent: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// `user.listSessions` answers this: the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sessions {
    /// At most 200.
    pub sessions: Vec<Session>,
}

/// `user.endOtherSessions` answers this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ended {
    /// How many sign-ins ended.
    pub ended: u64,
}
