//! Signing in without leaving the page.
//!
//! Links to the sign-in page, wherever they stand, open a dialog instead. `data-sign-in` names what stands in the link's
//! place afterwards: the focus goes to what names itself so in `data-takes-focus`.

use crate::{
    browser::{
        forms,
        markup::{around, attribute, find, focus, is_plain, lead_to, listen, set, whole},
        requests,
    },
    components::{Button, Dialog, HiddenMethod, Kind, Problem, TextField},
    store,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlFormElement};

/// The dialog: closed until a link opens it, which takes a script.
#[component]
pub(super) fn SignIn(
    /// Whether anyone may make an account.
    open: bool,
    /// The page shown.
    path: String,
) -> impl IntoView {
    view! {
        <Dialog id="sign-in" title="Sign in">
            <form method="post" action="/login" class="grid gap-4">
                <HiddenMethod method="user.login" next=Some(path)/>
                <TextField
                    label="E-mail"
                    name="email"
                    id=Some("sign-in-email".into())
                    kind="email"
                    autocomplete="username"
                    required=true
                    live=true
                />
                <TextField
                    label="Password"
                    name="password"
                    id=Some("sign-in-password".into())
                    kind="password"
                    autocomplete="current-password"
                    required=true
                    live=true
                />
                <Problem id="sign-in-problem"/>
                <div class="flex flex-wrap gap-3">
                    <Button>"Sign in"</Button>
                    <Button kind=Kind::Quiet submits=false attr:data-close="">
                        "Cancel"
                    </Button>
                </div>
            </form>
            {open
                .then(|| {
                    view! {
                        <p class="text-muted">
                            "No account yet? "
                            <a
                                href="/register"
                                class="inline-flex min-h-11 items-center text-ink underline underline-offset-4"
                            >
                                "Create one"
                            </a>
                        </p>
                    }
                })}
        </Dialog>
    }
}

fn dialog() -> Option<HtmlDialogElement> {
    find(&whole()?, "#sign-in").map(JsCast::unchecked_into)
}

/// Opens the dialog by the links of the whole page, and closes it by its button. Browsers close it by Escape, and lead
/// back to the link.
pub(super) fn wake(root: &Element) {
    listen(&document(), "click", |event| {
        let Some(link) = around(&event, "[data-sign-in]") else { return };
        if is_plain(&event)
            && let Some(dialog) = dialog()
        {
            event.prevent_default();
            set(&dialog, "data-opened-by", &attribute(&link, "data-sign-in"));
            _ = dialog.show_modal();
        }
    });
    listen(root, "click", |event| {
        if around(&event, "[data-close]").is_some()
            && let Some(dialog) = dialog()
        {
            dialog.close();
        }
    });
}

/// Signs in, and gives the page what is different for a member.
pub(super) async fn sign_in(form: HtmlFormElement) {
    if !forms::begin(&form) {
        return;
    }
    let answer = requests::call("user.login", &forms::fields(&form)).await;
    forms::end(&form);
    if let Err(refusal) = answer {
        forms::refuse(&form, &refusal);
        return;
    }
    let opened_by = dialog().map(|dialog| {
        dialog.close();
        attribute(&dialog, "data-opened-by")
    });
    if !store::refresh().await {
        return;
    }
    let name = store::viewer_now();
    if name.is_empty() {
        store::say("Your browser did not keep the sign-in. Allow this site its cookies, then try again.");
        return;
    }
    store::say(&format!("Signed in as {name}."));
    let place = format!("[data-takes-focus=\"{}\"]", opened_by.unwrap_or_default());
    match whole().and_then(|page| find(&page, &place)) {
        Some(place) => focus(&place),
        None if forms::has_lost_focus() => {
            if let Some(title) = whole().and_then(|page| find(&page, "h1")) {
                lead_to(&title);
            }
        }
        None => {}
    }
}
