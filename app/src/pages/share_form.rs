//! The form for a share link, which stands where a gallery or a picture is edited, and the link once it is made.

use super::{
    form::{Form, FormAnswer},
    lifetime::Lifetime,
};
use crate::components::{Button, HiddenValue, Kind, Narrow, PlainForm, Remark, ShownOnce, TextField};
use leptos::prelude::*;
use model::CreatedShare;

/// Makes a link to one thing.
#[component]
pub(super) fn ShareForm(
    /// `galleryId` or `imageId`.
    field: &'static str,
    /// What it opens.
    id: String,
    /// The page's own address.
    path: String,
) -> impl IntoView {
    let form = Form::of("share.create");
    let made = FormAnswer::of::<CreatedShare>("share.create");
    view! {
        <Narrow>
            <Remark>"Whoever has the link sees it without an account, also while it is private."</Remark>
            {made
                .map(|CreatedShare { url, .. }| {
                    view! {
                        <ShownOnce
                            label="Your new link"
                            value=url
                            hint="Copy it now: it is not shown again. You can revoke it in your account."
                        />
                    }
                })}
            <PlainForm
                method="share.create"
                action=format!("{path}#share")
                shows=true
                problem=form.problem(&["password"])
            >
                <HiddenValue name=field value=id/>
                <TextField
                    label="Password for the link"
                    name="password"
                    kind="password"
                    error=form.error("password")
                    hint=Some("Asked of whoever opens it. Leave it empty for none.")
                    autocomplete="new-password"
                />
                <Lifetime form=form.clone() days=&[1, 7, 30, 365, 0] at_first=30/>
                <div>
                    <Button kind=Kind::Quiet>"Make a link"</Button>
                </div>
            </PlainForm>
        </Narrow>
    }
}
