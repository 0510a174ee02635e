//! `/account`: a member's own account, its sign-ins, tokens and links, and all of it to take along or to delete.

mod access_keys;
mod agent;
mod data;
mod password;
mod profile;
mod sessions;
mod shares;
mod tokens;
mod uploaders;

use super::{folders::FolderRows, head::PageTitle, refusal::Refusal, request::query};
use crate::components::{Contents, Frame, Heading, Remark, Section, Width};
use access_keys::AccessKeyList;
use data::{Deletion, Download};
use domain::{Library, Result, Viewer};
use leptos::prelude::*;
use model::{AccessKey, Folder, Profile, Session, Shares, Token};
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
    /// None where S3 clients do not reach the store by this site.
    access_keys: Option<Vec<AccessKey>>,
    folders: Vec<Folder>,
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
    let profile = library.profile(viewer).await?;
    let mut folders = library.folders(viewer).await?.folders;
    folders.retain(|folder| folder.owner == profile.username);
    Ok(Own {
        access_keys: match library.takes_access_keys() {
            true => Some(library.access_keys(viewer).await?.access_keys),
            false => None,
        },
        folders,
        profile,
        sessions: library.sessions(viewer).await?.sessions,
        pictures: library.picture_counts(viewer).await?.completed,
        tokens: library.tokens(viewer).await?.tokens,
        shares: library.shares(viewer, before).await?,
    })
}

#[component]
fn Account(own: Own) -> impl IntoView {
    let Own { profile, pictures, sessions, tokens, shares, access_keys, folders } = own;
    let (role, used) = (profile.role, profile.used);
    let links = [
        Some(("#profile", "Profile")),
        Some(("#password", "Password")),
        Some(("#sessions", "Signed-in browsers")),
        Some(("#tokens", "API tokens")),
        access_keys.is_some().then_some(("#access-keys", "S3 access keys")),
        (!folders.is_empty()).then_some(("#folders", "Folders")),
        Some(("#shares", "Share links")),
        Some(("#data", "Your data")),
        Some(("#delete", "Delete account")),
    ];
    let links = links.into_iter().flatten().map(|(href, words)| (href.to_owned(), words.to_owned())).collect();
    let folders = (!folders.is_empty()).then(|| {
        view! {
            <Section title="Folders of the bucket" id=Some("folders")>
                <Remark>"What lies in these folders are your pictures, for as long as it lies there."</Remark>
                <FolderRows folders=folders action="/account#folders" managed=false/>
            </Section>
        }
    });
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
            {access_keys.map(|access_keys| view! { <AccessKeyList access_keys=access_keys/> })}
            {folders}
            <ShareList shares=shares/>
            <Download/>
            <Deletion pictures=pictures used=used/>
        </Frame>
    }
}
