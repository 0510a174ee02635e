//! `invitation.*`: links that make one account each, while registration is by invitation.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
use model::{CreatedInvitation, InvitationId, Invitations, Success};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `invitation.create`: makes a link with which one person may make an account, for admins. The link is told this
/// once.
#[server(
    prefix = "/api/rpc", endpoint = "invitation.create", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn invitation_create(
    /// For how many seconds it is good, 1 to 31,536,000 (a year); 604,800 (a week) if left out.
    #[server(default)]
    #[server(rename = "expiresIn")]
    expires_in: Option<u64>,
) -> Result<CreatedInvitation, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.create_invitation(&caller.viewer, expires_in, &caller.origin).await?)
}

/// `invitation.list`: every invitation, used ones too, for admins; the newest first, 100 at once.
#[server(prefix = "/api/rpc", endpoint = "invitation.list", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn invitation_list(
    /// `nextCursor` of the page before.
    #[server(default)]
    cursor: Option<String>,
) -> Result<Invitations, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.invitations(&caller.viewer, cursor.as_deref()).await?)
}

/// `invitation.revoke`: ends an invitation that nobody has used yet, for admins.
#[server(
    prefix = "/api/rpc", endpoint = "invitation.revoke", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn invitation_revoke(
    /// The invitation.
    #[server(rename = "invitationId")]
    invitation_id: InvitationId,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.revoke_invitation(&caller.viewer, &invitation_id).await?;
    Ok(Success::YES)
}
