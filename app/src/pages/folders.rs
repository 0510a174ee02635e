//! Folders of the bucket, as their owners and admins see them.

use crate::{
    components::{Button, Done, HiddenValue, Kind, PlainForm, Row, Rows, Select, counted},
    pages::{form::Form, request::done},
};
use leptos::prelude::*;
use model::{Folder, FolderGalleries, RefusedFile};

/// What may be chosen of the galleries that a folder's pictures hang in, in words.
pub(super) fn galleries() -> Vec<(String, String)> {
    let words = |galleries| match galleries {
        FolderGalleries::Each => "in a gallery for each folder",
        FolderGalleries::One => "all in one gallery",
        FolderGalleries::None => "in no gallery",
    };
    FolderGalleries::ALL.map(|one| (one.as_str().to_owned(), words(one).to_owned())).to_vec()
}

/// What may be chosen of who sees them, in words.
pub(super) fn audiences() -> Vec<(String, String)> {
    [("false", "private at first"), ("true", "public at first")]
        .map(|(sent, words)| (sent.into(), words.into()))
        .to_vec()
}

/// Each folder, and what becomes of new pictures in it.
#[component]
pub(super) fn FolderRows(
    /// By path.
    folders: Vec<Folder>,
    /// The page that they stand on, with their place on it.
    action: &'static str,
    /// Whether they may be taken from their owners, who are told then.
    managed: bool,
) -> impl IntoView {
    let rows = folders
        .into_iter()
        .enumerate()
        .map(|(at, folder)| view! { <FolderRow folder=folder at=at action=action managed=managed/> })
        .collect_view();
    view! {
        {done("folder").then(|| view! { <Done says="This is saved: what is put there from now on follows it."/> })}
        {done("taken").then(|| view! { <Done says="The folder is nobody’s now."/> })}
        <Rows>{rows}</Rows>
    }
}

/// The page that a form is on, which says that it is done.
pub(super) fn after(action: &str, what: &str) -> Option<String> {
    Some(action.replace('#', &format!("?done={what}#")))
}

#[component]
fn FolderRow(folder: Folder, at: usize, action: &'static str, managed: bool) -> impl IntoView {
    let Folder { path, owner, galleries, is_public, pictures, other_files, refused } = folder;
    let form = Form::of_one("folder.update", "path", &path);
    let mut facts = vec![counted(pictures, "picture").into_any()];
    if managed {
        facts.insert(0, owner.into_any());
    }
    if other_files > 0 {
        facts.push(counted(other_files, "other file").into_any());
    }
    let taking = managed.then(|| {
        let (form, held) = (Form::of_one("folder.delete", "path", &path), path.clone());
        let label = format!("Take from its owner: {path}");
        let next = after(action, "taken");
        view! {
            <details class="pt-2 text-sm">
                <summary class="min-h-11 cursor-pointer content-center font-medium">"Take from its owner…"</summary>
                <PlainForm method="folder.delete" action=action next=next problem=form.problem(&[])>
                    <HiddenValue name="path" value=held/>
                    <p class="max-w-text text-muted">
                        "Its access keys end. Its files stay in the bucket, and what has become a picture stays its owner’s."
                    </p>
                    <div>
                        <Button kind=Kind::Danger attr:aria-label=label>
                            "Take from its owner"
                        </Button>
                    </div>
                </PlainForm>
            </details>
        }
    });
    view! {
        <Row name=path.clone() facts=facts below=true>
            <PlainForm
                method="folder.update"
                action=action
                next=after(action, "folder")
                problem=form.problem(&[])
            >
                <HiddenValue name="path" value=path/>
                <div class="flex flex-wrap items-end gap-3 pt-2">
                    <Select
                        label="New pictures hang"
                        name="galleries"
                        id=Some(format!("folder-{at}-galleries"))
                        options=self::galleries()
                        chosen=galleries.as_str()
                    />
                    <Select
                        label="Their galleries are"
                        name="isPublic"
                        id=Some(format!("folder-{at}-public"))
                        options=audiences()
                        chosen=is_public.to_string()
                    />
                    <Button kind=Kind::Quiet>"Save"</Button>
                </div>
            </PlainForm>
            {taking}
            <Refused files=refused/>
        </Row>
    }
}

/// What was put there and is not shown, with the reason.
#[component]
fn Refused(files: Vec<RefusedFile>) -> impl IntoView {
    if files.is_empty() {
        return ().into_any();
    }
    let files = files
        .into_iter()
        .map(|RefusedFile { key, reason }| {
            view! {
                <li class="grid">
                    <span class="font-mono break-all">{key}</span>
                    <span class="text-muted">{reason}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="pt-2 text-sm">
            <summary class="min-h-11 cursor-pointer content-center font-medium">"Files that are not shown"</summary>
            <ul role="list" class="grid gap-2 pb-2">
                {files}
            </ul>
        </details>
    }
    .into_any()
}
