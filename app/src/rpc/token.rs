//! `token.*`: what programs sign in with, in place of a browser's session.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::TokenDraft;
use model::{CreatedToken, Scope, Success, TokenId, Tokens};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `token.create`: makes an API token; programs send it as `Authorization: Bearer`. It is told this once. It may do
/// what its scopes name, and never more than its account: it makes no tokens, and changes no password and no rights.
#[server(prefix = "/api/rpc", endpoint = "token.create", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn token_create(
    /// Tells it from others: 1 to 100 characters, such as the program it is for.
    name: String,
    /// What it may do, at least one: `read`, `pictures`, `galleries`, `social`, `admin` (for admins).
    #[server(default)]
    scopes: Vec<Scope>,
    /// After how many seconds it ends, 1 to 315,360,000 (ten years); if left out, not before it is revoked.
    #[server(default)]
    #[server(rename = "expiresIn")]
    expires_in: Option<u64>,
) -> Result<CreatedToken, RpcError> {
    let caller = Caller::current();
    let draft = TokenDraft::parse(&name, &scopes, expires_in)?;
    Ok(caller.library.create_token(&caller.viewer, draft).await?)
}

/// `token.list`: the caller’s API tokens, the newest first, at most 50. The tokens themselves are not told again.
#[server(prefix = "/api/rpc", endpoint = "token.list", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn token_list() -> Result<Tokens, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.tokens(&caller.viewer).await?)
}

/// `token.revoke`: ends an API token at once.
#[server(prefix = "/api/rpc", endpoint = "token.revoke", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn token_revoke(
    /// The token, as `token.create` and `token.list` name it.
    #[server(rename = "tokenId")]
    token_id: TokenId,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.revoke_token(&caller.viewer, &token_id).await?;
    Ok(Success::YES)
}
