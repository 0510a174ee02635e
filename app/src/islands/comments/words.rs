//! One comment, and for those who may the forms to change and to delete it: plain ones, also once the island is awake.

use super::RefusedChange;
use crate::components::{Button, HiddenMethod, HiddenValue, INPUT, Kind, LABEL, Notice, Time};
use leptos::prelude::*;
use model::Comment;

/// One comment.
#[component]
pub(super) fn Words(
    /// The comment.
    comment: Comment,
    /// Unix seconds, once known.
    clock: RwSignal<Option<i64>>,
    /// The page's own address.
    path: String,
    /// The change that was refused, maybe of another comment.
    refused: Option<RefusedChange>,
) -> impl IntoView {
    let may_change = comment.editable || comment.deletable;
    let refused = refused.filter(|refused| refused.comment == comment.id);
    let Comment { author, content, created_at, edited_at, .. } = comment.clone();
    view! {
        <li class="grid gap-1">
            <p class="flex flex-wrap gap-x-3 text-sm text-muted">
                <span class="font-medium text-ink">{author}</span>
                <Time at=created_at now=clock/>
                {edited_at.map(|_| view! { <span>"edited"</span> })}
            </p>
            <p class="max-w-text whitespace-pre-line">{content}</p>
            {may_change.then(|| view! { <Change comment=comment path=path refused=refused/> }.into_any())}
        </li>
    }
}

/// The forms, folded away.
#[component]
fn Change(comment: Comment, path: String, refused: Option<RefusedChange>) -> impl IntoView {
    let Comment { id, author, content, editable, deletable, .. } = comment;
    let words = if editable { "Edit" } else { "Delete" };
    let whose = format!(" the comment of {author}");
    let open = refused.is_some();
    let (problem, typed) = refused.map(|refused| (refused.problem, refused.typed)).unzip();
    let content = typed.filter(|typed| !typed.is_empty()).unwrap_or(content);
    let edit = editable.then(|| view! { <EditForm id=id.to_string() path=path.clone() content=content/> });
    let delete = deletable.then(|| view! { <DeleteForm id=id.to_string() path=path/> });
    view! {
        <details open=open>
            <summary class="flex min-h-11 w-fit items-center text-sm text-muted underline underline-offset-4">
                {words} <span class="sr-only">{whose}</span>
            </summary>
            <div class="grid max-w-text justify-items-start gap-3 pb-3">
                <Notice says=problem/>
                {edit}
                {delete}
            </div>
        </details>
    }
}

#[component]
fn EditForm(id: String, path: String, content: String) -> impl IntoView {
    let field = format!("comment-{id}");
    view! {
        <form method="post" action=format!("{path}#comments") class="grid w-full justify-items-start gap-3">
            <HiddenMethod method="comment.edit"/>
            <HiddenValue name="commentId" value=id/>
            <label for=field.clone() class=LABEL>
                "What it says"
            </label>
            <textarea id=field name="content" rows="3" required class=INPUT>
                {content}
            </textarea>
            <Button kind=Kind::Quiet>"Save comment"</Button>
        </form>
    }
}

#[component]
fn DeleteForm(id: String, path: String) -> impl IntoView {
    view! {
        <form method="post" action=format!("{path}#comments")>
            <HiddenMethod method="comment.delete"/>
            <HiddenValue name="commentId" value=id/>
            <Button kind=Kind::Danger>"Delete comment"</Button>
        </form>
    }
}
