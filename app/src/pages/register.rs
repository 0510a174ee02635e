//! `/register`, and the form it shares with the setup page.

use super::{
    form::Form,
    head::PageTitle,
    refusal::Refusal,
    request::{query, this_page},
};
use crate::components::{Button, EmptyState, Frame, Heading, HiddenValue, PlainForm, TextField, Width};
use domain::{Library, Result};
use leptos::prelude::*;
use model::RegistrationMode;

/// Who is let in, now and with what they brought.
enum Door {
    Open,
    Invited(String),
    /// Why not, and what to do.
    Shut(&'static str),
}

/// Making an account: for anyone, or with `?invitation=…` for whoever was invited.
#[component]
pub(super) fn RegisterPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let invitation = query("invitation").or_else(|| Some(Form::of("user.register").value("invitation", "")));
    Suspend::new(async move {
        match door(&library, invitation.filter(|token| !token.is_empty())).await {
            Ok(door) => view! { <Register door=door/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

async fn door(library: &Library, invitation: Option<String>) -> Result<Door> {
    Ok(match (library.settings().registration, invitation) {
        (RegistrationMode::Open, _) => Door::Open,
        (RegistrationMode::Closed, _) => {
            Door::Shut("New accounts are closed here. Ask the owner of this site for one.")
        }
        (RegistrationMode::Invitation, None) => {
            Door::Shut("New accounts are by invitation here. Ask the owner of this site for one.")
        }
        (RegistrationMode::Invitation, Some(token)) => {
            if library.invitation_open(&token).await? {
                Door::Invited(token)
            } else {
                Door::Shut("This invitation has been used, or has expired. Ask whoever sent it for a new one.")
            }
        }
    })
}

#[component]
fn Register(door: Door) -> impl IntoView {
    let shown = match door {
        Door::Open => view! { <RegisterForm/> }.into_any(),
        Door::Invited(token) => view! { <RegisterForm invitation=Some(token)/> }.into_any(),
        Door::Shut(says) => view! { <EmptyState says=says/> }.into_any(),
    };
    view! {
        <PageTitle parts=vec!["Create account".to_owned()]/>
        <Frame width=Width::Form>
            <Heading text="Create account"/>
            {shown}
        </Frame>
    }
}

/// Name, e-mail and password.
#[component]
pub(super) fn RegisterForm(
    /// The one-time token that makes the account an admin.
    #[prop(default = None)]
    setup_token: Option<String>,
    /// The token of an invitation.
    #[prop(default = None)]
    invitation: Option<String>,
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
            {invitation.map(|token| view! { <HiddenValue name="invitation" value=token/> })}
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
