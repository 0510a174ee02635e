//! API tokens: what programs sign in with.

use super::uploaders::UploaderSettings;
use crate::{
    components::{
        Button, Checkboxes, HiddenValue, Kind, Narrow, PlainForm, Remark, Row, Rows, Section, ShownOnce, TextField,
        TextLink, Time, Weighty, now,
    },
    pages::{
        form::{Form, FormAnswer},
        lifetime::Lifetime,
    },
    rpc::Caller,
};
use leptos::prelude::*;
use model::{CreatedToken, Role, Scope, Token};

/// Every token, the way to end it, and the form for one more.
#[component]
pub(super) fn TokenList(
    /// The newest first.
    tokens: Vec<Token>,
    /// What the account may do.
    role: Role,
) -> impl IntoView {
    let now = now();
    let rows = tokens.into_iter().map(|token| view! { <TokenRow token=token now=now/> }).collect_view();
    let made = FormAnswer::of::<CreatedToken>("token.create");
    view! {
        <Section title="API tokens" id=Some("tokens")>
            <Remark>
                "Programs sign in with a token in place of your password. "
                <TextLink href="/developers">"How they call this site"</TextLink>
            </Remark>
            {made
                .map(|CreatedToken { token, scopes, .. }| {
                    let site = expect_context::<Caller>().origin;
                    let uploads = scopes.contains(&Scope::Pictures).then(|| token.clone());
                    view! {
                        <ShownOnce
                            label="Your new token"
                            value=token
                            hint="Copy it now: it is not shown again. Whoever has it can do what it may do."
                        />
                        {uploads.map(|token| view! { <UploaderSettings site=site token=token/> })}
                    }
                })}
            {(!rows.is_empty()).then(|| view! { <Rows>{rows}</Rows> })}
            <NewToken role=role/>
        </Section>
    }
}

#[component]
fn TokenRow(token: Token, now: i64) -> impl IntoView {
    let Token { id, name, scopes, last_used_at, expires_at, .. } = token;
    let form = Form::of_one("token.revoke", "tokenId", id.as_str());
    let scopes: Vec<_> = scopes.into_iter().map(Scope::as_str).collect();
    let facts = vec![
        scopes.join(", ").into_any(),
        match last_used_at {
            Some(at) => view! { "Last used " <Time at=at now=Some(now)/> }.into_any(),
            None => "Never used".into_any(),
        },
        match expires_at {
            Some(at) if at <= now => view! { <Weighty text="Expired"/> }.into_any(),
            Some(at) => view! { "Until " <Time at=at/> }.into_any(),
            None => "Until revoked".into_any(),
        },
    ];
    let label = format!("Revoke: {name}");
    view! {
        <Row name=name facts=facts>
            <PlainForm method="token.revoke" action="/account#tokens" problem=form.problem(&[])>
                <HiddenValue name="tokenId" value=id.to_string()/>
                <Button kind=Kind::Danger attr:aria-label=label>
                    "Revoke"
                </Button>
            </PlainForm>
        </Row>
    }
}

#[component]
fn NewToken(role: Role) -> impl IntoView {
    let form = Form::of("token.create");
    let scopes = Scope::ALL.into_iter().filter(|scope| *scope != Scope::Admin || role == Role::Admin);
    let scopes = scopes.map(|scope| (scope.as_str().to_owned(), told(scope).to_owned())).collect();
    view! {
        <Narrow>
            <PlainForm
                method="token.create"
                action="/account#tokens"
                shows=true
                problem=form.problem(&["name", "scopes"])
            >
                <TextField
                    label="Name of a new token"
                    name="name"
                    value=form.value("name", "")
                    error=form.error("name")
                    hint=Some("Such as the program it is for.")
                    required=true
                />
                <Checkboxes
                    label="What it may do"
                    name="scopes[]"
                    options=scopes
                    ticked=form.values("scopes[]", &["read"])
                    error=form.error("scopes")
                />
                <Lifetime form=form.clone() days=&[7, 30, 90, 365, 0] at_first=90/>
                <div>
                    <Button>"Make a token"</Button>
                </div>
            </PlainForm>
        </Narrow>
    }
}

/// What a scope lets a token do, in words.
fn told(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => "See what you see",
        Scope::Pictures => "Upload, change and delete pictures",
        Scope::Galleries => "Make, change, share and delete galleries",
        Scope::Social => "Like, keep as favourites and comment",
        Scope::Admin => "Manage the site",
    }
}
