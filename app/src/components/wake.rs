//! When an island comes alive.

use leptos::prelude::*;

/// What an island waits for before its script is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Nothing.
    Load,
    /// The browser having nothing better to do.
    Idle,
    /// Being scrolled to.
    Visible,
}

impl When {
    /// As the loader reads it.
    fn as_str(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Idle => "idle",
            Self::Visible => "visible",
        }
    }
}

/// Names when the island inside comes alive.
#[component]
pub fn Wake(
    /// What it waits for.
    when: When,
    /// The island.
    children: Children,
) -> impl IntoView {
    view! { <div data-wake=when.as_str()>{children()}</div> }
}
