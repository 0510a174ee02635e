//! `folder.*`: folders of the bucket, and whose pictures the files in them are.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::FolderDraft;
use model::{FolderGalleries, FolderPath, Folders, Success};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `folder.create`: gives a member a folder of the bucket, for admins: what is put there becomes their pictures. No folder
/// lies in another.
#[server(prefix = "/api/rpc", endpoint = "folder.create", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn folder_create(
    /// Names with a slash between them, such as `ri/h`: what the keys of its files begin with.
    path: String,
    /// The member’s name.
    owner: String,
    /// What galleries its pictures hang in: `each` folder in it is one of its own, the whole is `one`, or `none`; `each`
    /// if left out.
    #[server(default)]
    galleries: FolderGalleries,
    /// Whether galleries made for it are public at first.
    #[server(default)]
    #[server(rename = "isPublic")]
    is_public: bool,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    let draft = FolderDraft::parse(&path, &owner, galleries, is_public)?;
    caller.library.create_folder(&caller.viewer, draft).await?;
    Ok(Success::YES)
}

/// `folder.delete`: takes a folder from its owner, for admins. Access keys to it end; its files stay in the bucket, and what
/// has become a picture stays one.
#[server(prefix = "/api/rpc", endpoint = "folder.delete", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn folder_delete(
    /// As `folder.list` tells it.
    path: FolderPath,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.delete_folder(&caller.viewer, &path).await?;
    Ok(Success::YES)
}

/// `folder.list`: the caller’s folders of the bucket, for admins all of them, with what was refused there.
#[server(prefix = "/api/rpc", endpoint = "folder.list", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn folder_list() -> Result<Folders, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.folders(&caller.viewer).await?)
}

/// `folder.update`: changes what becomes of new pictures in a folder; those that are there stay where they hang. What is
/// left out stays as it is.
#[server(prefix = "/api/rpc", endpoint = "folder.update", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn folder_update(
    /// As `folder.list` tells it.
    path: FolderPath,
    /// What galleries they hang in: `each`, `one` or `none`.
    #[server(default)]
    galleries: Option<FolderGalleries>,
    /// Whether galleries made for it are public at first.
    #[server(default)]
    #[server(rename = "isPublic")]
    is_public: Option<bool>,
) -> Result<Success, RpcError> {
    let caller = Caller::current();
    caller.library.update_folder(&caller.viewer, &path, galleries, is_public).await?;
    Ok(Success::YES)
}
