//! `/register`, and the form it shares with the setup page.

use super::{form::Form, head::PageTitle, request::this_page};
use crate::components::{Button, EmptyState, Frame, Heading, HiddenValue, PlainForm, TextField, Width};
use domain::Library;
use leptos::prelude::*;

/// Making an account.
#[component]
pub(super) fn RegisterPage() -> impl IntoView {
    let open = expect_context::<Library>().registration_open();
    view! {
        <PageTitle parts=vec!["Create account".to_owned()]/>
        <Frame width=Width::Form>
            <Heading text="Create account"/>
            {if open {
                view! { <RegisterForm setup_token=None/> }.into_any()
            } else {
                view! { <EmptyState says="New accounts are closed here. Ask the owner of this site for one."/> }.into_any()
            }}
        </Frame>
    }
}

/// Name, e-mail and password.
#[component]
pub(super) fn RegisterForm(
    /// The one-time token that makes the account an admin.
    setup_token: Option<String>,
) -> impl IntoView {
    let form = Form::of("user.register");
    let next = if setup_token.is_some() { "/dashboard" } else { "/" };
    view! {
        <PlainForm
            method="user.register"
            action=this_page()
            next=Some(next.to_owned())
            problem=form.problem(&["username", "email", "password"])
        >
            {setup_token.map(|token| view! { <HiddenValue name="setupToken" value=token/> })}
            <TextField
                label="Name"
                name="username"
                value=form.value("username", "")
                error=form.error("username")
                hint=Some("Shown beside what you publish.")
                autocomplete="nickname"
                required=true
            />
            <TextField
                label="E-mail"
                name="email"
                kind="email"
                value=form.value("email", "")
                error=form.error("email")
                hint=Some("To sign in with. Shown to nobody.")
                autocomplete="username"
                required=true
            />
            <TextField
                label="Password"
                name="password"
                kind="password"
                error=form.error("password")
                hint=Some("At least 8 characters.")
                autocomplete="new-password"
                required=true
            />
            <Button>"Create account"</Button>
        </PlainForm>
    }
}
