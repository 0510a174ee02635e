//! Invitations: made, looked at, revoked.

use crate::{
    components::{
        Button, HiddenValue, Kind, Narrow, Older, PlainForm, Remark, Row, Rows, Section, ShownOnce, Time, now,
        with_query,
    },
    pages::{
        form::{Form, FormAnswer},
        lifetime::Lifetime,
    },
};
use leptos::prelude::*;
use model::{CreatedInvitation, Invitation, Invitations, RegistrationMode};

/// Every invitation, and the form for one more.
#[component]
pub(super) fn InvitationList(
    /// The newest first.
    invitations: Invitations,
    /// Who may make an account now.
    registration: RegistrationMode,
) -> impl IntoView {
    let Invitations { invitations, next_cursor } = invitations;
    let place = |cursor: String| format!("{}#invitations", with_query("/admin", &[("invitations", &cursor)]));
    let older = next_cursor.map(place);
    let form = Form::of("invitation.create");
    let made = FormAnswer::of::<CreatedInvitation>("invitation.create");
    let now = now();
    let rows = invitations
        .into_iter()
        .map(|invitation| view! { <InvitationRow invitation=invitation now=now/> })
        .collect_view();
    view! {
        <Section title="Invitations" id=Some("invitations")>
            <Remark>{worth(registration)}</Remark>
            {made
                .map(|CreatedInvitation { url, .. }| {
                    view! {
                        <ShownOnce
                            label="Your new invitation"
                            value=url
                            hint="Copy it now and send it to one person: it is not shown again."
                        />
                    }
                })}
            <Narrow>
                <PlainForm
                    method="invitation.create"
                    action="/admin#invitations"
                    shows=true
                    problem=form.problem(&[])
                >
                    <Lifetime form=form.clone() days=&[1, 7, 30, 365] at_first=7/>
                    <div>
                        <Button>"Make an invitation"</Button>
                    </div>
                </PlainForm>
            </Narrow>
            {(!rows.is_empty()).then(|| view! { <Rows>{rows}</Rows> })}
            <Older href=older/>
        </Section>
    }
}

/// What an invitation is good for now.
fn worth(registration: RegistrationMode) -> &'static str {
    match registration {
        RegistrationMode::Open => "Anyone may make an account now, with an invitation or without.",
        RegistrationMode::Invitation => "Each makes one account.",
        RegistrationMode::Closed => "Nobody may make an account now, not with an invitation either.",
    }
}

#[component]
fn InvitationRow(invitation: Invitation, now: i64) -> impl IntoView {
    let Invitation { id, invited_by, created_at, expires_at, spent_at, spent_by } = invitation;
    let form = Form::of_one("invitation.revoke", "invitationId", id.as_str());
    let (name, until) = match (spent_at, spent_by) {
        (Some(at), Some(member)) => (format!("Used by {member}"), view! { "On " <Time at=at/> }.into_any()),
        (Some(at), None) => ("Used".to_owned(), view! { "On " <Time at=at/> }.into_any()),
        (None, _) if expires_at <= now => ("Expired".to_owned(), view! { "On " <Time at=expires_at/> }.into_any()),
        (None, _) => ("Not used yet".to_owned(), view! { "Until " <Time at=expires_at/> }.into_any()),
    };
    let facts = vec![until, view! { "Made " <Time at=created_at/> }.into_any(), format!("By {invited_by}").into_any()];
    let revoke = spent_at.is_none().then(|| {
        view! {
            <PlainForm method="invitation.revoke" action="/admin#invitations" problem=form.problem(&[])>
                <HiddenValue name="invitationId" value=id.to_string()/>
                <Button kind=Kind::Danger>"Revoke"</Button>
            </PlainForm>
        }
    });
    view! {
        <Row name=name facts=facts>
            {revoke}
        </Row>
    }
}
