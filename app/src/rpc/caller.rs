//! Who calls, and on which site: what methods and pages find in their context.

use domain::{LINKS_LIFETIME, Library, OpenedShare, SESSION_LIFETIME, SignedIn, Viewer};
use http::{HeaderValue, header::SET_COOKIE};
use leptos::prelude::{expect_context, provide_context};
use leptos_axum::ResponseOptions;
use model::ShareId;
use url::Url;

/// The session cookie's name over plain HTTP.
pub const SESSION_COOKIE: &str = "tuku";

/// The session cookie's name over HTTPS: a browser takes it from this host alone, and only with `Secure`.
pub const SECURE_SESSION_COOKIE: &str = "__Host-tuku";

/// The name over plain HTTP of the cookie with the share links that were opened.
pub const LINKS_COOKIE: &str = "tuku-links";

/// The name over HTTPS of the cookie with the share links that were opened.
pub const SECURE_LINKS_COOKIE: &str = "__Host-tuku-links";

/// One request's caller.
#[derive(Clone)]
pub struct Caller {
    /// The library.
    pub library: Library,
    /// Who asks.
    pub viewer: Viewer,
    /// The site's address as the client reaches it, without a path.
    pub origin: Url,
    /// The share links this browser has opened, the last one first.
    pub links: Vec<ShareId>,
    /// What the browser calls itself (`User-Agent`), up to 200 characters; may be empty.
    pub agent: String,
}

impl Caller {
    /// Puts the caller, the library and the viewer into the current reactive context.
    pub fn provide(self) {
        provide_context(self.library.clone());
        provide_context(self.viewer.clone());
        provide_context(self);
    }

    /// The caller of the method or page that is running.
    pub(crate) fn current() -> Self {
        expect_context()
    }

    /// Puts the session into the browser.
    pub(crate) fn sign_in(&self, signed_in: &SignedIn) {
        self.set_session(&signed_in.token, SESSION_LIFETIME);
    }

    /// Takes the session out of the browser.
    pub(crate) fn forget(&self) {
        self.set_session("", 0);
    }

    /// Keeps an opened share link in the browser. Lax, so that whoever comes by a link on another site's page sees
    /// what it opens.
    pub(crate) fn keep_links(&self, opened: &OpenedShare) {
        self.set_cookie([LINKS_COOKIE, SECURE_LINKS_COOKIE], &opened.cookie, LINKS_LIFETIME, "Lax");
    }

    fn set_session(&self, token: &str, lifetime: i64) {
        self.set_cookie([SESSION_COOKIE, SECURE_SESSION_COOKIE], token, lifetime, "Strict");
    }

    /// Sets a cookie, by its name over plain HTTP and over HTTPS.
    fn set_cookie(&self, [plain, bound]: [&str; 2], value: &str, lifetime: i64, same_site: &str) {
        let (name, secure) = if self.origin.scheme() == "https" { (bound, "; Secure") } else { (plain, "") };
        let cookie = format!("{name}={value}; Path=/; Max-Age={lifetime}; HttpOnly; SameSite={same_site}{secure}");
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            expect_context::<ResponseOptions>().append_header(SET_COOKIE, value);
        }
    }
}
