//! Name, address, and what others may download.

use crate::{
    components::{Button, Done, Narrow, PlainForm, Section, Select, TextField},
    pages::{form::Form, request::done},
};
use leptos::prelude::*;
use model::{Downloads, Profile};

/// What may be chosen for others: what is sent, and the words shown.
fn choices() -> Vec<(String, String)> {
    let words = |choice| match choice {
        Downloads::None => "Nothing",
        Downloads::Stripped => "Pictures without camera data",
        Downloads::Whole => "The files as they are",
    };
    Downloads::ALL.into_iter().map(|choice| (choice.as_str().to_owned(), words(choice).to_owned())).collect()
}

/// The form for the name, for the address to sign in with, and for what others may download.
#[component]
pub(super) fn ProfileForm(
    /// The account as it is.
    profile: Profile,
) -> impl IntoView {
    let form = Form::of("user.update");
    let Profile { username, email, downloads, .. } = profile;
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
                    <Select
                        label="Others may download"
                        name="downloads"
                        options=choices()
                        chosen=form.value("downloads", downloads.as_str())
                    />
                    <div>
                        <Button>"Save"</Button>
                    </div>
                </PlainForm>
            </Narrow>
        </Section>
    }
}
