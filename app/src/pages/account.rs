//! `/account`: a member's own account, its sign-ins, tokens and links, and all of it to take along or to delete.

mod agent;
mod data;
mod password;
mod profile;
mod sessions;
mod shares;
mod tokens;

use super::{head::PageTitle, refusal::Refusal, request::query};
use crate::components::{Contents, Frame, Heading, Width};
use data::{Deletion, Download};
use domain::{Library, Result, Viewer};
use leptos::prelude::*;
use model::{Profile, Session, Shares, Token};
use password::PasswordForm;
use profile::ProfileForm;
use sessions::SessionList;
use shares::ShareList;
use tokens::TokenList;

/// Everything the page shows.
struct Own {
    profile: Profile,
    /// How many completed pictures there are.
    pictures: u64,
    sessions: Vec<Session>,
    tokens: Vec<Token>,
    shares: Shares,
}

/// A member's own account.
#[component]
pub(super) fn AccountPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let viewer = expect_context::<Viewer>();
    let before = query("shares");
    Suspend::new(async move {
        match read(&library, &viewer, before.as_deref()).await {
            Ok(own) => view! { <Account own=own/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

async fn read(library: &Library, viewer: &Viewer, before: Option<&str>) -> Result<Own> {
    Ok(Own {
        sessions: library.sessions(viewer).await?.sessions,
        profile: library.profile(viewer).await?,
        pictures: library.picture_counts(viewer).await?.completed,
        tokens: library.tokens(viewer).await?.tokens,
        shares: library.shares(viewer, before).await?,
    })
}

#[component]
fn Account(own: Own) -> impl IntoView {
    let Own { profile, pictures, sessions, tokens, shares } = own;
    let (role, used) = (profile.role, profile.used);
    let links = [
        ("#profile", "Profile"),
        ("#password", "Password"),
        ("#sessions", "Signed-in browsers"),
        ("#tokens", "API tokens"),
        ("#shares", "Share links"),
        ("#data", "Your data"),
        ("#delete", "Delete account"),
    ];
    let links = links.map(|(href, words)| (href.to_owned(), words.to_owned())).to_vec();
    view! {
        <PageTitle parts=vec!["Account".to_owned()]/>
        <Frame width=Width::Settings>
            <div>
                <Heading text="Account"/>
                <Contents links=links/>
            </div>
            <ProfileForm profile=profile/>
            <PasswordForm/>
            <SessionList sessions=sessions/>
            <TokenList tokens=tokens role=role/>
            <ShareList shares=shares/>
            <Download/>
            <Deletion pictures=pictures used=used/>
        </Frame>
    }
}
