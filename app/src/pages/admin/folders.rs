//! Folders of the bucket: whose pictures the files in them are.

use crate::{
    components::{Button, Narrow, PlainForm, Remark, Section, Select, TextField},
    pages::{
        folders::{FolderRows, after, audiences, galleries},
        form::Form,
    },
};
use leptos::prelude::*;
use model::Folder;

/// Where they stand.
const HERE: &str = "/admin#folders";

/// Every folder, and the form to give somebody one.
#[component]
pub(super) fn FolderList(
    /// By path.
    folders: Vec<Folder>,
) -> impl IntoView {
    let form = Form::of("folder.create");
    view! {
        <Section title="Folders of the bucket" id=Some("folders")>
            <Remark>
                "What is put into a folder with S3 clients, or straight into the bucket, becomes the pictures of its owner. A member gets a folder of their own with their first access key."
            </Remark>
            {(!folders.is_empty())
                .then(|| view! { <FolderRows folders=folders action=HERE managed=true/> })}
            <Narrow>
                <PlainForm
                    method="folder.create"
                    action=HERE
                    next=after(HERE, "folder")
                    problem=form.problem(&["path", "owner"])
                >
                    <TextField
                        label="Another folder"
                        name="path"
                        value=form.value("path", "")
                        error=form.error("path")
                        hint=Some("Such as ri/h: what the names of its files begin with.")
                        required=true
                    />
                    <TextField
                        label="Its owner"
                        name="owner"
                        value=form.value("owner", "")
                        error=form.error("owner")
                        hint=Some("The name of a member.")
                        required=true
                    />
                    <Select
                        label="Its pictures hang"
                        name="galleries"
                        options=galleries()
                        chosen=form.value("galleries", "each")
                    />
                    <Select
                        label="Their galleries are"
                        name="isPublic"
                        options=audiences()
                        chosen=form.value("isPublic", "false")
                    />
                    <div>
                        <Button>"Give this folder"</Button>
                    </div>
                </PlainForm>
            </Narrow>
        </Section>
    }
}
