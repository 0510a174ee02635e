//! `tag.*`: tags, and the pictures that have them.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::{Invalid, TagName};
use model::{PicturePage, TagCounts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many tags are listed where the caller does not say.
#[cfg(feature = "ssr")]
const DEFAULT_LIMIT: u64 = 100;

/// `tag.list`: the tags of public pictures, the most used first.
#[server(prefix = "/api/rpc", endpoint = "tag.list", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn tag_list(
    /// 1 to 500; 100 if left out.
    #[server(default)]
    limit: Option<u64>,
) -> Result<TagCounts, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.tags(limit.unwrap_or(DEFAULT_LIMIT)).await?)
}

/// `tag.pictures`: pictures with a tag that are public, the caller’s own, or for admins any; the newest first, 60 at
/// once.
#[server(prefix = "/api/rpc", endpoint = "tag.pictures", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn tag_pictures(
    /// The tag, 1 to 40 characters.
    tag: String,
    /// `nextCursor` of the page before.
    #[server(default)]
    cursor: Option<String>,
) -> Result<PicturePage, RpcError> {
    let caller = Caller::current();
    let tag = TagName::parse(&tag).map_err(|reason| Invalid::field("tag", reason))?;
    Ok(caller.library.tag_pictures(&caller.viewer, &tag, cursor.as_deref()).await?)
}
