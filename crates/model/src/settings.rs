//! What an admin changes while the site runs.

use crate::{Hotlinks, SiteTitle};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Who may make an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RegistrationMode {
    /// Anyone.
    Open,
    /// Whoever an admin sent an invitation.
    Invitation,
    /// Nobody.
    Closed,
}

impl RegistrationMode {
    /// As kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Invitation => "invitation",
            Self::Closed => "closed",
        }
    }
}

impl FromStr for RegistrationMode {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let modes = [Self::Open, Self::Invitation, Self::Closed];
        modes.into_iter().find(|mode| mode.as_str() == text).ok_or("write open, invitation or closed")
    }
}

/// The languages the site speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Chinese.
    Zh,
}

impl Language {
    /// As kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }
}

impl FromStr for Language {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::En, Self::Zh].into_iter().find(|language| language.as_str() == text).ok_or("write en or zh")
    }
}

/// The settings that take effect within a second. `settings.get` answers this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SiteSettings {
    /// The site's name, shown on every page.
    pub title: String,
    /// Who may make an account.
    pub registration: RegistrationMode,
    /// Whether members may comment.
    pub comments: bool,
    /// The most one file may have, in bytes.
    pub largest_file: u64,
    /// The most a member may store, in bytes; no limit if absent.
    pub quota: Option<u64>,
    /// The language for visitors whose browser names none the site speaks.
    pub default_language: Language,
    /// Which other sites may show pictures in their pages: hosts with spaces between them, `*` for all, `none` for none.
    pub hotlinks: String,
}

/// What `settings.update` changes; `None` leaves a thing as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsChange {
    /// The new name of the site.
    pub title: Option<SiteTitle>,
    /// Who may make an account from now on.
    pub registration: Option<RegistrationMode>,
    /// Whether members may comment from now on.
    pub comments: Option<bool>,
    /// The most one file may have, in bytes.
    pub largest_file: Option<u64>,
    /// The most a member may store, in bytes; 0: no limit.
    pub quota: Option<u64>,
    /// The new default language.
    pub default_language: Option<Language>,
    /// Which other sites may show pictures from now on.
    pub hotlinks: Option<Hotlinks>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_crosses_the_wire() {
        for mode in [RegistrationMode::Open, RegistrationMode::Invitation, RegistrationMode::Closed] {
            assert_eq!(serde_json::to_value(mode).unwrap(), mode.as_str());
            assert_eq!(mode.as_str().parse(), Ok(mode));
        }
        for language in [Language::En, Language::Zh] {
            assert_eq!(serde_json::to_value(language).unwrap(), language.as_str());
            assert_eq!(language.as_str().parse(), Ok(language));
        }
        assert!("perhaps".parse::<RegistrationMode>().is_err() && "".parse::<Language>().is_err());
    }
}
