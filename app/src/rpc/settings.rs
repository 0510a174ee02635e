//! `settings.*`: what admins change while the site runs.

#[cfg(feature = "ssr")]
use super::caller::Caller;
use super::error::RpcError;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::{Hotlinks, Invalid, SettingsChange, SiteTitle};
use model::{Language, RegistrationMode, SiteSettings};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `settings.get`: the settings in force, for admins.
#[server(prefix = "/api/rpc", endpoint = "settings.get", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn settings_get() -> Result<SiteSettings, RpcError> {
    let caller = Caller::current();
    Ok(caller.library.settings_for(&caller.viewer).await?)
}

/// `settings.update`: changes settings, for admins; what is left out stays. In force on every server within a second.
#[server(prefix = "/api/rpc", endpoint = "settings.update", input_derive = (Clone, Serialize, Deserialize, JsonSchema))]
pub async fn settings_update(
    /// The site’s name, 1 to 100 characters.
    #[server(default)]
    title: Option<String>,
    /// Who may make an account.
    #[server(default)]
    registration: Option<RegistrationMode>,
    /// Whether members may comment.
    #[server(default)]
    comments: Option<bool>,
    /// The most one file may have, in bytes: 1 to what the operator allows.
    #[server(default)]
    #[server(rename = "largestFile")]
    largest_file: Option<u64>,
    /// The most a member may store, in bytes; 0 for no limit.
    #[server(default)]
    quota: Option<u64>,
    /// The language for visitors whose browser names none the site speaks.
    #[server(default)]
    #[server(rename = "defaultLanguage")]
    default_language: Option<Language>,
    /// Which other sites may show pictures in their pages: hosts such as `example.com` or `*.example.com` with spaces
    /// between them, `*` for all, `none` for none.
    #[server(default)]
    hotlinks: Option<String>,
) -> Result<SiteSettings, RpcError> {
    let caller = Caller::current();
    let title = title.map(|title| SiteTitle::parse(&title)).transpose();
    let title = title.map_err(|reason| Invalid::field("title", reason))?;
    let hotlinks = hotlinks.map(|hosts| Hotlinks::parse(&hosts)).transpose();
    let hotlinks =
        hotlinks.map_err(|reason| Invalid::field("hotlinks", reason))?.map(|rule| rule.unwrap_or(Hotlinks::Everyone));
    let change = SettingsChange { title, registration, comments, largest_file, quota, default_language, hotlinks };
    Ok(caller.library.update_settings(&caller.viewer, change).await?)
}
