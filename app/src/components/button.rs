//! Buttons, and links that look like them.

use leptos::prelude::*;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The one thing to press next; at most one in a form.
    Primary,
    /// Everything else.
    Quiet,
    /// What takes something away.
    Danger,
}

impl Kind {
    /// All classes of a button of this kind.
    fn class(self) -> &'static str {
        match self {
            Self::Primary => {
                "inline-flex min-h-11 cursor-pointer items-center justify-center gap-2 rounded-control border border-transparent bg-accent px-4 font-medium text-on-accent transition-colors hover:bg-accent-deep disabled:cursor-default disabled:opacity-60"
            }
            Self::Quiet => {
                "inline-flex min-h-11 cursor-pointer items-center justify-center gap-2 rounded-control border border-edge px-4 text-ink transition-colors hover:bg-tint disabled:cursor-default disabled:opacity-60"
            }
            Self::Danger => {
                "inline-flex min-h-11 cursor-pointer items-center justify-center gap-2 rounded-control border border-bad px-4 text-bad transition-colors hover:bg-tint disabled:cursor-default disabled:opacity-60"
            }
        }
    }
}

/// A button. It submits its form unless told otherwise.
#[component]
pub fn Button(
    /// How much it asks to be pressed.
    #[prop(default = Kind::Primary)]
    kind: Kind,
    /// Whether pressing it submits the form around it.
    #[prop(default = true)]
    submits: bool,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let does = if submits { "submit" } else { "button" };
    view! {
        <button type=does class=kind.class()>
            {children()}
        </button>
    }
}

/// A link in a button's clothes.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How much it asks to be pressed.
    #[prop(default = Kind::Primary)]
    kind: Kind,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <a href=href class=kind.class()>
            {children()}
        </a>
    }
}
