//! Invitations: links that make one account each, while registration is by invitation.

use crate::InvitationId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest an invitation may be good for, in seconds: a year.
pub const LONGEST_INVITATION: u64 = 365 * 24 * 60 * 60;

/// `invitation.create` answers this: the only time the link is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreatedInvitation {
    /// Names the invitation, to revoke it.
    pub invitation_id: InvitationId,
    /// The link to send to one person. Only its SHA-256 is kept, so that it cannot be told again.
    pub url: String,
}

/// An invitation as lists show it; the link itself is not told again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// Names the invitation.
    pub id: InvitationId,
    /// The name of the admin who made it.
    pub invited_by: String,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub expires_at: i64,
    /// When an account was made with it, in Unix seconds; absent until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spent_at: Option<i64>,
    /// That account's name, while there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spent_by: Option<String>,
}

/// `invitation.list` answers this: the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Invitations {
    /// At most 100.
    pub invitations: Vec<Invitation>,
    /// Give it back as `cursor` for those that follow; absent at the end.
    pub next_cursor: Option<String>,
}
