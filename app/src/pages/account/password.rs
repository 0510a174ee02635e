//! Another password.

use crate::{
    components::{Button, Done, Narrow, PlainForm, Section, TextField},
    pages::{form::Form, request::done},
};
use leptos::prelude::*;

/// The form for a new password.
#[component]
pub(super) fn PasswordForm() -> impl IntoView {
    let form = Form::of("user.changePassword");
    view! {
        <Section title="Password" id=Some("password")>
            <Narrow>
                {done("password")
                    .then(|| {
                        view! { <Done says="Your password is changed. Every other browser has been signed out."/> }
                    })}
                <PlainForm
                    method="user.changePassword"
                    action="/account#password"
                    next=Some("/account?done=password#password".into())
                    problem=form.problem(&["currentPassword", "newPassword"])
                >
                    <TextField
                        label="Current password"
                        name="currentPassword"
                        kind="password"
                        error=form.error("currentPassword")
                        autocomplete="current-password"
                        required=true
                    />
                    <TextField
                        label="New password"
                        name="newPassword"
                        kind="password"
                        error=form.error("newPassword")
                        hint=Some("At least 8 characters. Signs you out everywhere but here.")
                        autocomplete="new-password"
                        required=true
                    />
                    <div>
                        <Button>"Change password"</Button>
                    </div>
                </PlainForm>
            </Narrow>
        </Section>
    }
}
