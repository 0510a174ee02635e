//! `/admin`: settings, members, invitations and folders of the bucket, for admins. To everyone else it is as missing as any page.

mod folders;
mod invitations;
mod members;
mod site;

use super::{head::PageTitle, refusal::Refusal, request::query};
use crate::components::{Contents, Frame, Heading, Width};
use domain::{Error, Library, Needs, Result, Viewer};
use folders::FolderList;
use invitations::InvitationList;
use leptos::prelude::*;
use members::MemberList;
use model::{Accounts, Folder, Invitations, SiteSettings};
use site::SiteForm;

/// Everything the page shows.
struct Managed {
    settings: SiteSettings,
    accounts: Accounts,
    invitations: Invitations,
    folders: Vec<Folder>,
}

/// What part of the lists is asked for.
struct Asked {
    /// How the names or addresses of members begin.
    members: String,
    /// Where the members begin.
    before: String,
    /// Where the invitations begin.
    invitations: String,
}

/// Managing the site.
#[component]
pub(super) fn AdminPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let viewer = expect_context::<Viewer>();
    let asked = |name: &str| query(name).unwrap_or_default();
    let asked = Asked { members: asked("q"), before: asked("before"), invitations: asked("invitations") };
    Suspend::new(async move {
        match read(&library, &viewer, &asked).await {
            Ok(managed) => view! { <Admin managed=managed asked=asked/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

async fn read(library: &Library, viewer: &Viewer, asked: &Asked) -> Result<Managed> {
    // An admin's token shows pages with the scope to read; what stands here asks for more.
    if !viewer.is_admin() || viewer.permit(Needs::Session).is_err() {
        return Err(Error::NotFound);
    }
    Ok(Managed {
        settings: library.settings_for(viewer).await?,
        accounts: library.accounts(viewer, Some(&asked.before), Some(&asked.members)).await?,
        invitations: library.invitations(viewer, Some(&asked.invitations)).await?,
        folders: library.folders(viewer).await?.folders,
    })
}

#[component]
fn Admin(managed: Managed, asked: Asked) -> impl IntoView {
    let Managed { settings, accounts, invitations, folders } = managed;
    let registration = settings.registration;
    let links = [("#site", "Site"), ("#members", "Members"), ("#invitations", "Invitations"), ("#folders", "Folders")];
    let links = links.map(|(href, words)| (href.to_owned(), words.to_owned())).to_vec();
    view! {
        <PageTitle parts=vec!["Admin".to_owned()]/>
        <Frame width=Width::Settings>
            <div>
                <Heading text="Admin"/>
                <Contents links=links/>
            </div>
            <SiteForm settings=settings/>
            <MemberList accounts=accounts asked=asked/>
            <InvitationList invitations=invitations registration=registration/>
            <FolderList folders=folders/>
        </Frame>
    }
}
