//! What its owner may do with a picture.

use crate::{
    components::{Button, HiddenValue, Kind, PlainForm, TextArea, TextField},
    pages::{
        form::{Form, FormAnswer},
        share_form::ShareForm,
    },
};
use leptos::prelude::*;
use model::{CreatedShare, Picture};

/// A folded form for title, description and tags, one for a share link, and one to delete.
#[component]
pub(super) fn Edit(
    /// The picture.
    picture: Picture,
) -> impl IntoView {
    let form = Form::of("image.update");
    let delete = Form::of("image.delete");
    let shared = FormAnswer::of::<CreatedShare>("share.create").is_some() || Form::of("share.create").is_refused();
    let open = shared || form.is_refused() || delete.is_refused();
    let Picture { thumb, description, tags, .. } = picture;
    let id = thumb.id.to_string();
    let path = format!("/photos/{id}");
    let (share_id, share_path) = (id.clone(), path.clone());
    let (same_id, same_path) = (id.clone(), path.clone());
    view! {
        <details open=open class="max-w-text border-y border-hairline">
            <summary class="flex min-h-11 items-center font-medium">"Edit"</summary>
            <div class="grid gap-10 py-6">
                <PlainForm
                    method="image.update"
                    action=path
                    problem=form.problem(&["title", "description", "tags"])
                >
                    <HiddenValue name="imageId" value=id/>
                    <TextField
                        label="Title"
                        name="title"
                        value=form.value("title", &thumb.title)
                        error=form.error("title")
                    />
                    <TextArea
                        label="Description"
                        name="description"
                        value=form.value("description", &description)
                        error=form.error("description")
                    />
                    <TextField
                        label="Tags"
                        name="tags[]"
                        value=form.value("tags[]", &tags.join(", "))
                        error=form.error("tags")
                        hint=Some("Separated by commas.")
                    />
                    <div>
                        <Button>"Save"</Button>
                    </div>
                </PlainForm>
                <div id="share" class="scroll-mt-6">
                    <ShareForm field="imageId" id=share_id path=share_path/>
                </div>
                <PlainForm
                    method="image.delete"
                    action=same_path
                    next=Some("/dashboard#pictures".into())
                    problem=delete.problem(&[])
                >
                    <HiddenValue name="imageId" value=same_id/>
                    <p class="text-sm text-muted">
                        "Deleting takes the original, its likes and its comments away for good."
                    </p>
                    <div>
                        <Button kind=Kind::Danger>"Delete picture"</Button>
                    </div>
                </PlainForm>
            </div>
        </details>
    }
}
