//! Who is signed in: the way in, a member's menu, and the way out.

mod account;
mod sign_in;

pub use account::Account;

use crate::{
    browser::{
        forms,
        markup::{alive, attribute, find, listen},
        menus, requests,
    },
    store,
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::{Element, HtmlFormElement};

/// Signs in and out without losing the page.
#[cfg_attr(feature = "csr", component)]
#[cfg_attr(not(feature = "csr"), island)]
pub fn AccountMenu(
    /// An [`Account`].
    children: Children,
) -> impl IntoView {
    alive(children, wake)
}

fn wake(root: Element) {
    store::open();
    menus::wake();
    sign_in::wake(&root);
    listen(&root, "submit", |event| {
        let Some(form) = forms::sent(&event) else { return };
        match forms::method(&form).as_str() {
            "user.login" => spawn_local(sign_in::sign_in(form)),
            "user.logout" => spawn_local(sign_out(form)),
            _ => return,
        }
        event.prevent_default();
    });
}

/// Leads where the form leads, once the other tabs know.
async fn sign_out(form: HtmlFormElement) {
    if !forms::begin(&form) {
        return;
    }
    let answer = requests::call("user.logout", &forms::fields(&form)).await;
    forms::end(&form);
    match answer {
        Err(refusal) if !refusal.is_for_members => store::say(&refusal.message),
        _ => {
            store::tell_signed_out();
            let next = find(&form, "[name=_next]").map(|field| attribute(&field, "value")).unwrap_or_default();
            _ = window().location().assign(&next);
        }
    }
}
