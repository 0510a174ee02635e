//! What stands in the header for whoever looks.

use super::sign_in::SignIn;
use crate::components::{Glyph, HiddenMethod, ITEM, LINK, Menu, MenuPlace, sign_in_path};
use leptos::prelude::*;

/// For a member the ways to their things, for a visitor the way in.
#[component]
pub fn Account(
    /// The name of who is signed in.
    member: Option<String>,
    /// Whether they manage the site.
    admin: bool,
    /// Whether anyone may make an account.
    open: bool,
    /// The page shown, to come back to after signing in.
    path: String,
) -> impl IntoView {
    let viewer = member.clone().unwrap_or_default();
    let ways = match member {
        Some(name) => view! {
            <a href="/upload" class=LINK>
                "Upload"
            </a>
            <a href="/dashboard" class=LINK>
                "Dashboard"
            </a>
            <Menu place=MenuPlace::Header glyph=Glyph::User label=format!("Menu of {name}") takes_focus="account">
                <Ways name=name admin=admin path=path/>
            </Menu>
        }
        .into_any(),
        None => {
            let href = if path == "/" { "/login".into() } else { sign_in_path(&path) };
            // There the form is the page itself.
            let dialog = (path != "/login").then(|| view! { <SignIn open=open path=path/> });
            view! {
                <a href=href data-sign-in="account" data-wake-hold="" class=LINK>
                    "Sign in"
                </a>
                {dialog}
            }
            .into_any()
        }
    };
    view! {
        <div data-part="account" data-viewer=viewer class="flex items-center">
            {ways}
        </div>
    }
}

/// What a member needs now and then.
#[component]
fn Ways(name: String, admin: bool, path: String) -> impl IntoView {
    view! {
        <p class="px-3 py-2 text-sm text-muted">{name}</p>
        <a href="/account" class=ITEM>
            "Account"
        </a>
        <a href="/favourites" class=ITEM>
            "Favourites"
        </a>
        {admin
            .then(|| {
                view! {
                    <a href="/admin" class=ITEM>
                        "Admin"
                    </a>
                }
            })}
        <form method="post" action=path>
            <HiddenMethod method="user.logout" next=Some("/".into())/>
            <button type="submit" class=ITEM>
                "Sign out"
            </button>
        </form>
    }
}
