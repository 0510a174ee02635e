//! `search.*`: finding things by their words.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
use model::PicturePage;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `search.pictures`: pictures with all these words in title, description or tags that are public, the caller’s own, or
/// for admins any; the newest first, 60 at once.
#[server(prefix = "/api/rpc", endpoint = "search.pictures", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn search_pictures(
    /// Up to 200 characters. The last word may be the beginning of one; signs count as spaces.
    query: String,
    /// `nextCursor` of the page before.
    #[server(default)]
    cursor: Option<String>,
) -> Result<PicturePage, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.search(&caller.viewer, &query, cursor.as_deref()).await?)
}
