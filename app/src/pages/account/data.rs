//! All of an account: to take along, and to delete.

use crate::{
    components::{Button, ButtonLink, Kind, Narrow, PlainForm, Remark, Section, TextField, bytes, counted},
    pages::form::Form,
};
use leptos::prelude::*;

/// The way to everything in one file.
#[component]
pub(super) fn Download() -> impl IntoView {
    view! {
        <Section title="Your data" id=Some("data")>
            <Remark>
                "One file with your profile, galleries, pictures, comments, likes and favourites. The originals are not in it, but the address of each, which works for an hour."
            </Remark>
            <div>
                <ButtonLink href="/account/export" kind=Kind::Quiet>
                    "Download tuku-export.json"
                </ButtonLink>
            </div>
        </Section>
    }
}

/// The form that ends an account.
#[component]
pub(super) fn Deletion(
    /// How many pictures go with it.
    pictures: u64,
    /// How many bytes they have.
    used: u64,
) -> impl IntoView {
    let form = Form::of("user.delete");
    let originals = match pictures {
        0 => String::new(),
        _ => format!("{} with {} of originals, ", counted(pictures, "picture"), bytes(used)),
    };
    view! {
        <Section title="Delete account" id=Some("delete")>
            <Remark>
                {format!(
                    "This deletes your account, {originals}your galleries, comments, likes, favourites, share links and API tokens. There is no way back.",
                )}
            </Remark>
            <Narrow>
                <PlainForm
                    method="user.delete"
                    action="/account#delete"
                    next=Some("/".into())
                    problem=form.problem(&["password"])
                >
                    <TextField
                        label="Your password"
                        name="password"
                        kind="password"
                        error=form.error("password")
                        autocomplete="current-password"
                        required=true
                    />
                    <div>
                        <Button kind=Kind::Danger>"Delete my account"</Button>
                    </div>
                </PlainForm>
            </Narrow>
        </Section>
    }
}
