//! Where the account is signed in.

use super::agent::named;
use crate::{
    components::{Button, HiddenValue, Kind, PlainForm, Row, Rows, Section, Time, now},
    pages::form::Form,
};
use leptos::prelude::*;
use model::Session;

/// Every sign-in, with the way to end it.
#[component]
pub(super) fn SessionList(
    /// The newest first.
    sessions: Vec<Session>,
) -> impl IntoView {
    let others = sessions.iter().any(|session| !session.current);
    let now = now();
    let rows = sessions.into_iter().map(|session| view! { <SessionRow session=session now=now/> }).collect_view();
    view! {
        <Section title="Signed-in browsers" id=Some("sessions")>
            <Rows>{rows}</Rows>
            {others.then(|| view! { <EndOthers/> })}
        </Section>
    }
}

#[component]
fn SessionRow(session: Session, now: i64) -> impl IntoView {
    let Session { id, created_at, last_used_at, agent, current } = session;
    let name = named(&agent);
    let form = Form::of_one("user.endSession", "sessionId", id.as_str());
    let facts = vec![
        if current {
            "This browser".into_any()
        } else {
            view! { "Last used " <Time at=last_used_at now=Some(now)/> }.into_any()
        },
        view! { "Since " <Time at=created_at/> }.into_any(),
    ];
    let label = format!("End: {name}");
    let end = (!current).then(|| {
        view! {
            <PlainForm method="user.endSession" action="/account#sessions" problem=form.problem(&[])>
                <HiddenValue name="sessionId" value=id.to_string()/>
                <Button kind=Kind::Quiet attr:aria-label=label>
                    "End"
                </Button>
            </PlainForm>
        }
    });
    view! {
        <Row name=name facts=facts>
            {end}
        </Row>
    }
}

#[component]
fn EndOthers() -> impl IntoView {
    let form = Form::of("user.endOtherSessions");
    view! {
        <PlainForm method="user.endOtherSessions" action="/account#sessions" problem=form.problem(&[])>
            <div>
                <Button kind=Kind::Quiet>"End all others"</Button>
            </div>
        </PlainForm>
    }
}
