//! `/login`.

use super::{
    form::Form,
    head::PageTitle,
    request::{query, this_page},
};
use crate::components::{Button, Frame, Heading, HiddenValue, PlainForm, TextField, Width, local};
use domain::Library;
use leptos::prelude::*;
use model::RegistrationMode;

/// Signing in, and then on to where one was going.
#[component]
pub(super) fn SignInPage() -> impl IntoView {
    let open = expect_context::<Library>().settings().registration == RegistrationMode::Open;
    let form = Form::of("user.login");
    // A refused form is shown again at the address without its query.
    let asked = query("next").unwrap_or_else(|| form.value("next", "/"));
    let next = local(&asked).unwrap_or("/").to_owned();
    let kept = next.clone();
    view! {
        <PageTitle parts=vec!["Sign in".to_owned()]/>
        <Frame width=Width::Form>
            <Heading text="Sign in"/>
            <PlainForm
                method="user.login"
                action=this_page()
                next=Some(next)
                problem=form.problem(&["email", "password"])
            >
                <HiddenValue name="next" value=kept/>
                <TextField
                    label="E-mail"
                    name="email"
                    kind="email"
                    value=form.value("email", "")
                    error=form.error("email")
                    autocomplete="username"
                    required=true
                />
                <TextField
                    label="Password"
                    name="password"
                    kind="password"
                    error=form.error("password")
                    autocomplete="current-password"
                    required=true
                />
                <Button>"Sign in"</Button>
            </PlainForm>
            {open
                .then(|| {
                    view! {
                        <p class="text-muted">
                            "No account yet? "
                            <a href="/register" class="inline-flex min-h-11 items-center text-ink underline underline-offset-4">
                                "Create one"
                            </a>
                        </p>
                    }
                })}
        </Frame>
    }
}
