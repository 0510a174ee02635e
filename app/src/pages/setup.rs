//! `/setup?token=…`: the first account of an instance, made from a link that works once.

use super::{form::Form, head::PageTitle, refusal::Refusal, register::RegisterForm, request::query};
use crate::components::{ButtonLink, EmptyState, Frame, Heading, Width};
use domain::Library;
use leptos::prelude::*;

/// Making the first admin.
#[component]
pub(super) fn SetupPage() -> impl IntoView {
    let library = expect_context::<Library>();
    let token = query("token").unwrap_or_else(|| Form::of("user.register").value("setupToken", ""));
    Suspend::new(async move {
        match library.setup_open(&token).await {
            Ok(true) => view! { <Welcome token=token/> }.into_any(),
            Ok(false) => view! { <UsedUp/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

#[component]
fn Welcome(token: String) -> impl IntoView {
    view! {
        <PageTitle parts=vec!["Set up".to_owned()]/>
        <Frame width=Width::Form>
            <Heading text="Welcome"/>
            <p class="text-muted">"Make the first account. It manages everything."</p>
            <RegisterForm setup_token=Some(token)/>
        </Frame>
    }
}

#[component]
fn UsedUp() -> impl IntoView {
    view! {
        <PageTitle parts=vec!["Set up".to_owned()]/>
        <Frame>
            <EmptyState says="This link has been used, or has expired. Restart the program for a new one.">
                <ButtonLink href="/login">"Sign in"</ButtonLink>
            </EmptyState>
        </Frame>
    }
}
