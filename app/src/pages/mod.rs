//! Pages: one file each, rendered on the server only.

mod about;
mod account;
mod admin;
mod dashboard;
mod developers;
mod embed;
mod favourites;
mod folders;
mod form;
mod gallery;
mod gallery_editor;
mod head;
mod home;
mod lifetime;
mod not_found;
mod photo;
mod photo_links;
mod refusal;
mod register;
mod request;
mod search;
mod setup;
mod share;
mod share_form;
mod shared_page;
mod sign_in;
mod snippets;
mod tag;
mod upload;

pub use form::{Form, FormAnswer, FormProblem, HiddenMethod};
pub use head::PublicUrl;
pub use shared_page::{SharedPage, is_about_the_site};
pub use snippets::{PictureLinks, at as whole_address};

use crate::{
    Assets,
    components::{SiteFooter, SiteHeader, Toast, Wake, When},
};
use about::AboutPage;
use account::AccountPage;
use admin::AdminPage;
use dashboard::DashboardPage;
use developers::DevelopersPage;
use domain::{Library, Viewer};
use embed::EmbedPage;
use favourites::FavouritesPage;
use gallery::GalleryPage;
use gallery_editor::GalleryEditorPage;
use home::HomePage;
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    hooks::use_url,
    path,
};
use leptos_wake::{LOADER_NAME, WakeScript};
use model::RegistrationMode;
use not_found::NotFoundPage;
use photo::PhotoPage;
use photo_links::PhotoLinksPage;
use register::RegisterPage;
use search::SearchPage;
use setup::SetupPage;
use share::SharePage;
use sign_in::SignInPage;
use tag::TagPage;
use upload::UploadPage;

/// The whole document around [`App`].
///
/// Needs in context: [`Library`], [`Viewer`], [`Assets`], [`FormProblem`] when a form was refused, [`FormAnswer`] when its
/// answer is to be shown, and [`PublicUrl`] where the operator has set one.
///
/// Its type is forgotten here, so that only this crate compiles what all pages are made of.
pub fn shell() -> AnyView {
    let Assets { css, js, wasm, reload_port } = expect_context::<Assets>();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=css/>
                <WakeScript src=format!("/{LOADER_NAME}") js=js wasm=wasm/>
                {reload_port.map(|port| view! { <script type="module" src="/reload.js" data-port=port></script> })}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
    .into_any()
}

/// Header, the page of the address, footer.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            // One for all islands that wait to be touched: signing in at one of them changes what the others show.
            <Wake when=When::Interaction>
                <Around/>
                <main class="flex-[1_0_auto]">
                    <FlatRoutes fallback=NotFoundPage>
                        <Route path=path!("/") view=HomePage/>
                        <Route path=path!("/gallery/:slug") view=GalleryPage/>
                        <Route path=path!("/photos/:id") view=PhotoPage/>
                        <Route path=path!("/photos/:id/links") view=PhotoLinksPage/>
                        <Route path=path!("/search") view=SearchPage/>
                        <Route path=path!("/tags/:name") view=TagPage/>
                        <Route path=path!("/about") view=AboutPage/>
                        <Route path=path!("/embed") view=EmbedPage/>
                        <Route path=path!("/developers") view=DevelopersPage/>
                        <Route path=path!("/login") view=SignInPage/>
                        <Route path=path!("/register") view=RegisterPage/>
                        <Route path=path!("/setup") view=SetupPage/>
                        <Route path=path!("/s/:token") view=SharePage/>
                        <Route path=path!("/dashboard") view=DashboardPage/>
                        <Route path=path!("/dashboard/galleries/:id") view=GalleryEditorPage/>
                        <Route path=path!("/upload") view=UploadPage/>
                        <Route path=path!("/favourites") view=FavouritesPage/>
                        <Route path=path!("/account") view=AccountPage/>
                        <Route path=path!("/admin") view=AdminPage/>
                    </FlatRoutes>
                </main>
            </Wake>
            <SiteFooter/>
            <Toast/>
        </Router>
    }
}

/// The header, which is the same on every page.
#[component]
fn Around() -> impl IntoView {
    let library = expect_context::<Library>();
    let settings = library.settings();
    let (title, open) = (settings.title.clone(), settings.registration == RegistrationMode::Open);
    let viewer = expect_context::<Viewer>();
    let member = viewer.member().map(|member| member.username.clone());
    let path = use_url().with_untracked(|url| url.path().to_owned());
    view! { <SiteHeader title=title member=member admin=viewer.is_admin() open=open path=path/> }
}
