//! The form for a new gallery.

use crate::{
    components::{Button, Checkbox, PlainForm, Section, TextArea, TextField},
    pages::form::Form,
};
use leptos::prelude::*;

/// Name, description, and whether anyone may see it.
#[component]
pub(super) fn NewGallery() -> impl IntoView {
    let form = Form::of("gallery.create");
    view! {
        <Section title="New gallery">
            <div class="max-w-form">
                <PlainForm
                    method="gallery.create"
                    action="/dashboard"
                    problem=form.problem(&["name", "description"])
                >
                    <TextField
                        label="Gallery name"
                        name="name"
                        value=form.value("name", "")
                        error=form.error("name")
                        required=true
                    />
                    <TextArea
                        label="Description"
                        name="description"
                        value=form.value("description", "")
                        error=form.error("description")
                    />
                    <Checkbox
                        label="Public"
                        name="isPublic"
                        checked=form.ticked("isPublic", false)
                        hint=Some("Anyone may see it and its pictures.")
                    />
                    <div>
                        <Button>"Create gallery"</Button>
                    </div>
                </PlainForm>
            </div>
        </Section>
    }
}
