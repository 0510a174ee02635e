//! Accounts: found, suspended, given other rights and limits.

use super::Asked;
use crate::{
    components::{
        Button, Fold, GIGABYTE, HiddenValue, Kind, Narrow, Older, PlainForm, Remark, Row, Rows, SearchBox, Section,
        SizeField, Time, Weighty, bytes, counted, in_units, with_query,
    },
    pages::form::Form,
};
use domain::Viewer;
use leptos::prelude::*;
use model::{Account, Accounts, Role};

/// Every account that is asked for, each with what may be done with it.
#[component]
pub(super) fn MemberList(
    /// The newest first.
    accounts: Accounts,
    /// What is asked for.
    asked: Asked,
) -> impl IntoView {
    let Accounts { users, next_cursor } = accounts;
    let Asked { members, before, .. } = asked;
    let place = |before: &str| format!("{}#members", with_query("/admin", &[("q", &members), ("before", before)]));
    let older = next_cursor.map(|cursor| place(&cursor));
    // What is done with a member leads back to the part of the list they stand in.
    let here = place(&before);
    let rows = users.into_iter().map(|account| view! { <Member account=account here=here.clone()/> }).collect_view();
    view! {
        <Section title="Members" id=Some("members")>
            <SearchBox
                action="/admin#members"
                label="How the name or the e-mail address begins"
                value=members
                longest=100
            />
            {if rows.is_empty() {
                view! { <Remark>"Nobody is called so. Try the beginning of the name or of the e-mail address."</Remark> }
                    .into_any()
            } else {
                view! { <Rows>{rows}</Rows> }.into_any()
            }}
            <Older href=older/>
        </Section>
    }
}

#[component]
fn Member(account: Account, here: String) -> impl IntoView {
    let Account { id, username, email, role, suspended, created_at, used, quota, pictures } = account;
    let id = id.to_string();
    let own = expect_context::<Viewer>().member().is_some_and(|member| member.id.as_str() == id);
    let stored = match quota {
        Some(quota) => format!("{} of {}", bytes(used), bytes(quota)),
        None => bytes(used),
    };
    let mut facts = vec![email.into_any()];
    if role == Role::Admin {
        facts.push("Admin".into_any());
    }
    if suspended {
        facts.push(view! { <Weighty text="Suspended"/> }.into_any());
    }
    facts.push(counted(pictures, "picture").into_any());
    facts.push(stored.into_any());
    facts.push(view! { "Since " <Time at=created_at/> }.into_any());

    let of_one = |method: &str| Form::of_one(method, "userId", &id);
    let forms = [of_one("user.suspend"), of_one("user.setRole"), of_one("user.setQuota")];
    let open = forms.iter().any(Form::is_refused);
    let [suspend, set_role, set_quota] = forms;
    let suspension = (!own).then(|| {
        view! { <Suspension form=suspend id=id.clone() suspended=suspended here=here.clone()/> }
    });
    view! {
        <Row name=username facts=facts below=true>
            <Fold title="Manage" open=open>
                <Narrow>
                    {suspension} <Rights form=set_role id=id.clone() role=role here=here.clone()/>
                    <Limit form=set_quota id=id quota=quota here=here/>
                </Narrow>
            </Fold>
        </Row>
    }
}

/// Keeps someone out, or lets them in again.
#[component]
fn Suspension(form: Form, id: String, suspended: bool, here: String) -> impl IntoView {
    let (kind, words) = if suspended { (Kind::Quiet, "Restore") } else { (Kind::Danger, "Suspend") };
    view! {
        <PlainForm method="user.suspend" action=here.clone() next=Some(here) problem=form.problem(&[])>
            <HiddenValue name="userId" value=id/>
            <HiddenValue name="suspended" value=(!suspended).to_string()/>
            <div>
                <Button kind=kind>{words}</Button>
            </div>
        </PlainForm>
    }
}

/// Makes someone an admin, or a member again.
#[component]
fn Rights(form: Form, id: String, role: Role, here: String) -> impl IntoView {
    let (other, words) = match role {
        Role::Member => (Role::Admin, "Make an admin"),
        Role::Admin => (Role::Member, "Make a member"),
    };
    view! {
        <PlainForm method="user.setRole" action=here.clone() next=Some(here) problem=form.problem(&[])>
            <HiddenValue name="userId" value=id/>
            <HiddenValue name="role" value=other.as_str()/>
            <div>
                <Button kind=Kind::Quiet>{words}</Button>
            </div>
        </PlainForm>
    }
}

/// Gives someone a limit of their own.
#[component]
fn Limit(form: Form, id: String, quota: Option<u64>, here: String) -> impl IntoView {
    let quota = quota.map(|quota| in_units(quota, GIGABYTE)).unwrap_or_default();
    view! {
        <PlainForm method="user.setQuota" action=here.clone() next=Some(here) problem=form.problem(&["quota"])>
            <SizeField
                label="Storage in GB"
                name="quota"
                id=Some(format!("quota-{id}"))
                unit=GIGABYTE
                value=form.value("quota", &quota)
                error=form.error("quota")
                hint=Some("Leave it empty for the site’s own limit.")
            />
            <HiddenValue name="userId" value=id/>
            <div>
                <Button kind=Kind::Quiet>"Set the limit"</Button>
            </div>
        </PlainForm>
    }
}
