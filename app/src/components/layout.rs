//! What stands around every page, and the few measures pages keep.

use super::{Glyph, Icon};
use crate::islands::{Account, AccountMenu};
use leptos::prelude::*;

/// The classes of what is pressed in the line above the page.
pub(crate) const LINK: &str = "inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center rounded-control px-3 text-sm whitespace-nowrap transition-colors hover:bg-tint";

/// The site's name, and what the one who looks may do.
#[component]
pub fn SiteHeader(
    /// The site's name.
    #[prop(into)]
    title: String,
    /// The name of who is signed in.
    member: Option<String>,
    /// Whether they manage the site.
    #[prop(optional)]
    admin: bool,
    /// Whether anyone may make an account.
    #[prop(optional)]
    open: bool,
    /// The page shown, to come back to after signing in.
    path: String,
) -> impl IntoView {
    view! {
        <header class="flex min-h-16 items-center justify-between gap-4 px-4 sm:px-6">
            <a href="/" class="inline-flex min-h-11 min-w-0 items-center font-medium">
                <span class="truncate">{title}</span>
            </a>
            <nav aria-label="Site" class="-mr-3 flex shrink-0 items-center">
                <a href="/search" aria-label="Search" class=LINK>
                    <Icon glyph=Glyph::Search/>
                </a>
                <AccountMenu>
                    <Account member=member admin=admin open=open path=path/>
                </AccountMenu>
            </nav>
        </header>
    }
}

const FOOTER_LINK: &str = "inline-flex min-h-11 items-center underline-offset-4 hover:underline";

/// The last line of every page.
#[component]
pub fn SiteFooter() -> impl IntoView {
    view! {
        <footer class="mt-24 flex flex-wrap items-center justify-between gap-4 border-t border-hairline px-4 py-6 text-sm text-muted sm:px-6">
            <nav aria-label="About this site" class="flex gap-6">
                <a href="/about" class=FOOTER_LINK>
                    "About"
                </a>
                <a href="/developers" class=FOOTER_LINK>
                    "Developers"
                </a>
            </nav>
            <p>"Tuku keeps pictures"</p>
        </footer>
    }
}

/// How wide a page's column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// For lists.
    Page,
    /// For reading: 65 characters.
    Text,
    /// For a form in one column.
    Form,
    /// For several forms and short lists, one below the other.
    Settings,
}

impl Width {
    fn class(self) -> &'static str {
        match self {
            Self::Page => "mx-auto grid w-full max-w-page grid-cols-1 gap-10 px-4 pt-6 sm:px-6",
            Self::Text => "mx-auto grid w-full max-w-text grid-cols-1 gap-6 px-4 pt-10 sm:px-6",
            Self::Form => "mx-auto grid w-full max-w-form gap-6 px-4 pt-10",
            Self::Settings => "mx-auto grid w-full max-w-text grid-cols-1 gap-16 px-4 pt-10 sm:px-6",
        }
    }
}

/// A page's column.
#[component]
pub fn Frame(
    /// How wide it is.
    #[prop(default = Width::Page)]
    width: Width,
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    view! { <div class=width.class()>{children()}</div> }
}

/// Keeps the forms in it as narrow as forms are.
#[component]
pub fn Narrow(
    /// What stands in it, one below the other.
    children: Children,
) -> impl IntoView {
    view! { <div class="grid max-w-form grid-cols-1 gap-4">{children()}</div> }
}

/// The title of a page.
#[component]
pub fn Heading(
    /// Its words.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <h1 class="text-2xl font-medium">{text}</h1> }
}

/// A part of a page under its own title.
#[component]
pub fn Section(
    /// The title.
    #[prop(into)]
    title: String,
    /// Where links lead to it.
    #[prop(default = None)]
    id: Option<&'static str>,
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    view! {
        <section id=id class="grid scroll-mt-6 grid-cols-1 gap-4">
            <h2 class="text-lg font-medium">{title}</h2>
            {children()}
        </section>
    }
}
