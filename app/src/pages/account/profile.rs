//! Name and address.

use crate::{
    components::{Button, Done, Narrow, PlainForm, Section, TextField},
    pages::{form::Form, request::done},
};
use leptos::prelude::*;
use model::Profile;

/// The form for the name, and for the address to sign in with.
#[component]
pub(super) fn ProfileForm(
    /// The account as it is.
    profile: Profile,
) -> impl IntoView {
    let form = Form::of("user.update");
    let Profile { username, email, .. } = profile;
    view! {
        <Section title="Profile" id=Some("profile")>
            <Narrow>
                {done("profile").then(|| view! { <Done says="Your profile is saved."/> })}
                <PlainForm
                    method="user.update"
                    action="/account#profile"
                    next=Some("/account?done=profile#profile".into())
                    problem=form.problem(&["username", "email", "currentPassword"])
                >
                    <TextField
                        label="Name"
                        name="username"
                        value=form.value("username", &username)
                        error=form.error("username")
                        hint=Some("Shown beside what you publish.")
                        autocomplete="nickname"
                        required=true
                    />
                    <TextField
                        label="E-mail"
                        name="email"
                        kind="email"
                        value=form.value("email", &email)
                        error=form.error("email")
                        hint=Some("To sign in with. Shown to admins only.")
                        autocomplete="email"
                        required=true
                    />
                    <TextField
                        label="Current password"
                        name="currentPassword"
                        id=Some("profile-password".into())
                        kind="password"
                        error=form.error("currentPassword")
                        hint=Some("Needed for another e-mail address only.")
                        autocomplete="current-password"
                    />
                    <div>
                        <Button>"Save"</Button>
                    </div>
                </PlainForm>
            </Narrow>
        </Section>
    }
}
