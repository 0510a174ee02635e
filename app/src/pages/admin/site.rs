//! What admins set while the site runs.

use crate::{
    components::{
        Button, Done, GIGABYTE, MEGABYTE, Narrow, PlainForm, Section, Select, SizeField, TextField, in_units,
    },
    pages::{form::Form, request::done},
};
use leptos::prelude::*;
use model::{Language, RegistrationMode, SiteSettings};

/// The form for the settings.
#[component]
pub(super) fn SiteForm(
    /// Those in force.
    settings: SiteSettings,
) -> impl IntoView {
    let form = Form::of("settings.update");
    let SiteSettings { title, registration, comments, largest_file, quota, default_language, hotlinks } = settings;
    let quota = quota.map(|quota| in_units(quota, GIGABYTE)).unwrap_or_default();
    let modes = [
        (RegistrationMode::Open, "Anyone"),
        (RegistrationMode::Invitation, "Whoever has an invitation"),
        (RegistrationMode::Closed, "Nobody"),
    ];
    let modes = modes.map(|(mode, words)| (mode.as_str().to_owned(), words.to_owned())).to_vec();
    let switch = [(true, "Open"), (false, "Closed")];
    let switch = switch.map(|(open, words)| (open.to_string(), words.to_owned())).to_vec();
    let languages = [(Language::En, "English"), (Language::Zh, "中文")];
    let languages = languages.map(|(language, words)| (language.as_str().to_owned(), words.to_owned())).to_vec();
    view! {
        <Section title="Site" id=Some("site")>
            <Narrow>
                {done("site").then(|| view! { <Done says="The settings are saved and in force."/> })}
                <PlainForm
                    method="settings.update"
                    action="/admin#site"
                    next=Some("/admin?done=site#site".into())
                    problem=form.problem(&["title", "largestFile", "quota", "hotlinks"])
                >
                    <TextField
                        label="Title"
                        name="title"
                        value=form.value("title", &title)
                        error=form.error("title")
                        hint=Some("Shown on every page.")
                        required=true
                    />
                    <Select
                        label="Who may make an account"
                        name="registration"
                        options=modes
                        chosen=form.value("registration", registration.as_str())
                    />
                    <Select
                        label="Comments"
                        name="comments"
                        options=switch
                        chosen=form.value("comments", &comments.to_string())
                    />
                    <SizeField
                        label="Largest file in MB"
                        name="largestFile"
                        unit=MEGABYTE
                        value=form.value("largestFile", &in_units(largest_file, MEGABYTE))
                        error=form.error("largestFile")
                    />
                    <SizeField
                        label="Storage for each member in GB"
                        name="quota"
                        unit=GIGABYTE
                        value=form.value("quota", &quota)
                        empty=Some(0)
                        error=form.error("quota")
                        hint=Some("Leave it empty for no limit.")
                    />
                    <Select
                        label="Default language"
                        name="defaultLanguage"
                        options=languages
                        chosen=form.value("defaultLanguage", default_language.as_str())
                    />
                    <TextField
                        label="Sites that may show pictures"
                        name="hotlinks"
                        value=form.value("hotlinks", &hotlinks)
                        error=form.error("hotlinks")
                        hint=Some("Hosts such as example.com or *.example.com; * for every site, none for no other. A gallery may say otherwise.")
                    />
                    <div>
                        <Button>"Save"</Button>
                    </div>
                </PlainForm>
            </Narrow>
        </Section>
    }
}
