//! Who calls, and on which site: what methods and pages find in their context.

use domain::{Library, SESSION_LIFETIME, SignedIn, Viewer};
use http::{HeaderValue, header::SET_COOKIE};
use leptos::prelude::{expect_context, provide_context};
use leptos_axum::ResponseOptions;
use url::Url;

/// The session cookie's name over plain HTTP.
pub const SESSION_COOKIE: &str = "tuku";

/// The session cookie's name over HTTPS: a browser takes it from this host alone, and only with `Secure`.
pub const SECURE_SESSION_COOKIE: &str = "__Host-tuku";

/// One request's caller.
#[derive(Clone)]
pub struct Caller {
    /// The library.
    pub library: Library,
    /// Who asks.
    pub viewer: Viewer,
    /// The site's address as the client reaches it, without a path.
    pub origin: Url,
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
        self.set_cookie(&signed_in.token, SESSION_LIFETIME);
    }

    /// Takes the session out of the browser.
    pub(crate) fn forget(&self) {
        self.set_cookie("", 0);
    }

    fn set_cookie(&self, token: &str, lifetime: i64) {
        let (name, secure) =
            if self.origin.scheme() == "https" { (SECURE_SESSION_COOKIE, "; Secure") } else { (SESSION_COOKIE, "") };
        let cookie = format!("{name}={token}; Path=/; Max-Age={lifetime}; HttpOnly; SameSite=Strict{secure}");
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            expect_context::<ResponseOptions>().append_header(SET_COOKIE, value);
        }
    }
}
