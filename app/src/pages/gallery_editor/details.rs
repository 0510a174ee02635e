//! What a gallery is called and who may see it; and deleting it.

use crate::{
    components::{Button, Checkbox, HiddenValue, Kind, PlainForm, Section, TextArea, TextField},
    pages::form::Form,
};
use leptos::prelude::*;
use model::{Gallery, GalleryId};

/// The form for name, description and visibility.
#[component]
pub(super) fn Details(
    /// The gallery as it is.
    gallery: Gallery,
) -> impl IntoView {
    let form = Form::of("gallery.update");
    let Gallery { id, name, description, is_public, hotlinks, .. } = gallery;
    view! {
        <div class="max-w-form">
            <PlainForm
                method="gallery.update"
                action=format!("/dashboard/galleries/{id}")
                problem=form.problem(&["name", "description", "hotlinks"])
            >
                <HiddenValue name="galleryId" value=id.to_string()/>
                <TextField
                    label="Gallery name"
                    name="name"
                    value=form.value("name", &name)
                    error=form.error("name")
                    required=true
                />
                <TextArea
                    label="Description"
                    name="description"
                    value=form.value("description", &description)
                    error=form.error("description")
                />
                <Checkbox
                    label="Public"
                    name="isPublic"
                    checked=form.ticked("isPublic", is_public)
                    hint=Some("Anyone may see it and its pictures.")
                />
                <TextField
                    label="Sites that may show its pictures"
                    name="hotlinks"
                    value=form.value("hotlinks", hotlinks.as_deref().unwrap_or_default())
                    error=form.error("hotlinks")
                    hint=Some("Hosts such as example.com or *.example.com; * for every site, none for no other. Empty: as the site has it.")
                />
                <div>
                    <Button>"Save"</Button>
                </div>
            </PlainForm>
        </div>
    }
}

/// The form that ends a gallery.
#[component]
pub(super) fn Delete(
    /// The gallery.
    id: GalleryId,
) -> impl IntoView {
    let form = Form::of("gallery.delete");
    view! {
        <Section title="Delete this gallery">
            <PlainForm
                method="gallery.delete"
                action=format!("/dashboard/galleries/{id}")
                next=Some("/dashboard".into())
                problem=form.problem(&[])
            >
                <HiddenValue name="galleryId" value=id.to_string()/>
                <p class="text-muted">"Its pictures stay in your library."</p>
                <div>
                    <Button kind=Kind::Danger>"Delete gallery"</Button>
                </div>
            </PlainForm>
        </Section>
    }
}
