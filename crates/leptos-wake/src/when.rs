//! What an island waits for.

use std::{borrow::Cow, time::Duration};

/// What an island waits for before it comes alive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// Nothing: the script fetches the WebAssembly as soon as the page is parsed.
    Load,
    /// The browser having nothing better to do.
    Idle {
        /// After this long it has to, in whole milliseconds.
        timeout: Duration,
    },
    /// Being scrolled to. An island that is not displayed is not seen.
    Visible {
        /// How far outside the window counts as seen, in CSS pixels; negative: how far inside.
        margin: i32,
    },
    /// A media query holding, now or later.
    Media {
        /// The query, for example `(min-width: 48rem)`.
        query: Cow<'static, str>,
    },
    /// The first press or focus inside of it, which is not lost: a press on a button and the sending of a form are held
    /// back until the island can answer. Put `data-wake-hold` on links and other elements whose press is to be held too.
    Interaction,
}

impl When {
    /// A media query holding.
    pub fn media(query: impl Into<Cow<'static, str>>) -> Self {
        Self::Media { query: query.into() }
    }

    /// As the loader reads it: the name of the strategy, and what that needs to know.
    pub(crate) fn attributes(&self) -> (&'static str, Option<String>) {
        match self {
            Self::Load => ("load", None),
            Self::Idle { timeout } => ("idle", Some(timeout.as_millis().to_string())),
            Self::Visible { margin } => ("visible", Some(format!("{margin}px"))),
            Self::Media { query } => ("media", Some(query.to_string())),
            Self::Interaction => ("interaction", None),
        }
    }
}

impl Default for When {
    /// Idle, for two seconds at most: what Leptos itself does, and what islands outside of any `Wake` do.
    fn default() -> Self {
        Self::Idle { timeout: Duration::from_secs(2) }
    }
}
