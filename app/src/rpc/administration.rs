//! `user.*` for admins: accounts, what they may do and how much they may store.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
use model::{Accounts, Role, Success, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `user.list`: accounts with what they store, for admins; the newest first, 100 at once.
#[server(prefix = "/api/rpc", endpoint = "user.list", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn user_list(
    /// `nextCursor` of the page before.
    #[server(default)]
    cursor: Option<String>,
    /// How the name or the address begins, up to 100 characters; everyone if left out.
    #[server(default)]
    query: Option<String>,
) -> Result<Accounts, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.accounts(&caller.viewer, cursor.as_deref(), query.as_deref()).await?)
}

/// `user.suspend`: keeps an account from signing in and ends its sessions at once, or lets it in again; for admins,
/// not for their own account. Its pictures stay as they are.
#[server(prefix = "/api/rpc", endpoint = "user.suspend", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn user_suspend(
    /// The account.
    #[server(rename = "userId")]
    user_id: UserId,
    /// Whether it is suspended from now on.
    suspended: bool,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.suspend(&caller.viewer, &user_id, suspended).await?;
    Ok(Success::YES)
}

/// `user.setRole`: makes an account an admin or a member, for admins. The last admin who can sign in stays one.
#[server(prefix = "/api/rpc", endpoint = "user.setRole", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn user_set_role(
    /// The account.
    #[server(rename = "userId")]
    user_id: UserId,
    /// What it may do from now on.
    role: Role,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.set_role(&caller.viewer, &user_id, role).await?;
    Ok(Success::YES)
}

/// `user.setQuota`: gives an account a storage limit of its own, for admins. Counts at its next upload.
#[server(prefix = "/api/rpc", endpoint = "user.setQuota", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn user_set_quota(
    /// The account.
    #[server(rename = "userId")]
    user_id: UserId,
    /// The most it may store, in bytes; the site’s limit if left out.
    #[server(default)]
    quota: Option<u64>,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.set_quota(&caller.viewer, &user_id, quota).await?;
    Ok(Success::YES)
}
