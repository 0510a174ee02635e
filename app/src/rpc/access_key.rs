//! `accessKey.*`: what S3 clients sign with, to reach a member's folder of the built-in store.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::AccessKeyDraft;
use model::{AccessKeyId, AccessKeys, CreatedAccessKey, Right, Success};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `accessKey.create`: makes an access key for S3 clients, such as rclone, AList and the aws command line. Its secret is
/// told this once. The first one also makes the member’s own folder in the bucket, of their name.
#[server(
    prefix = "/api/rpc", endpoint = "accessKey.create", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn access_key_create(
    /// Tells it from others: 1 to 100 characters, such as the program it is for.
    name: String,
    /// What every name begins with that it reaches, in a folder of the caller’s; their own folder if left out.
    #[server(default)]
    folder: String,
    /// What it may do, at least one: `read` (and list), `write` (and remove).
    #[server(default)]
    rights: Vec<Right>,
) -> Result<CreatedAccessKey, RpcError> {
    let caller = Caller::current();
    let draft = AccessKeyDraft::parse(&name, &folder, &rights)?;
    Ok(caller.library.create_access_key(&caller.viewer, draft, &caller.origin).await?)
}

/// `accessKey.list`: the caller’s access keys, the newest first, at most 50. Their secrets are not told again.
#[server(prefix = "/api/rpc", endpoint = "accessKey.list", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn access_key_list() -> Result<AccessKeys, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.access_keys(&caller.viewer).await?)
}

/// `accessKey.revoke`: ends an access key at once.
#[server(
    prefix = "/api/rpc", endpoint = "accessKey.revoke", input_derive = (Clone, Serialize, Deserialize, JsonSchema)
)]
pub async fn access_key_revoke(
    /// The key, as `accessKey.create` and `accessKey.list` tell it.
    #[server(rename = "accessKey")]
    access_key: AccessKeyId,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.revoke_access_key(&caller.viewer, &access_key).await?;
    Ok(Success::YES)
}
