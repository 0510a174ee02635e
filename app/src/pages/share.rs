//! `/s/:token`: a share link. It opens what it is for and leads there; one with a password asks for it first.

use super::{
    form::Form,
    head::PageTitle,
    refusal::Refusal,
    request::{send_to, this_page},
};
use crate::{
    components::{Button, ButtonLink, EmptyState, Frame, Heading, HiddenValue, Kind, PlainForm, TextField, Width},
    rpc::Caller,
};
use domain::{OpenedShare, Result};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Opening a link.
#[component]
pub(super) fn SharePage() -> impl IntoView {
    let caller = expect_context::<Caller>();
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    Suspend::new(async move {
        match open(&caller, &token).await {
            Ok(Some(opened)) => view! { <Opened opened=opened/> }.into_any(),
            Ok(None) => view! { <Locked token=token/> }.into_any(),
            Err(error) => view! { <Refusal error=error/> }.into_any(),
        }
    })
}

/// The link, opened; nothing if its password has to be typed first.
async fn open(caller: &Caller, token: &str) -> Result<Option<OpenedShare>> {
    if caller.library.share_asks(&caller.links, token).await? {
        return Ok(None);
    }
    caller.library.open_share(&caller.viewer, &caller.links, token, None).await.map(Some)
}

/// Keeps the link in the browser and sends it on.
#[component]
fn Opened(opened: OpenedShare) -> impl IntoView {
    Caller::current().keep_links(&opened);
    send_to(&opened.path);
    view! {
        <PageTitle parts=vec!["Shared with you".to_owned()]/>
        <Frame>
            <EmptyState says="This link is open.">
                <ButtonLink href=opened.path kind=Kind::Quiet>
                    "Go to what it shows"
                </ButtonLink>
            </EmptyState>
        </Frame>
    }
}

#[component]
fn Locked(token: String) -> impl IntoView {
    let form = Form::of("share.unlock");
    view! {
        <PageTitle parts=vec!["Shared with you".to_owned()]/>
        <Frame width=Width::Form>
            <Heading text="Shared with you"/>
            <p class="text-muted">"Whoever sent you this link has given it a password."</p>
            <PlainForm method="share.unlock" action=this_page() problem=form.problem(&["password"])>
                <HiddenValue name="token" value=token/>
                <TextField
                    label="Password"
                    name="password"
                    kind="password"
                    error=form.error("password")
                    required=true
                />
                <Button>"Open"</Button>
            </PlainForm>
        </Frame>
    }
}
