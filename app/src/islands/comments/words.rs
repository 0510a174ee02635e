//! One comment, and for those who may the forms to change and to delete it.

use crate::components::{Button, HiddenMethod, HiddenValue, INPUT, Kind, LABEL, Problem, Time};
use leptos::prelude::*;
use model::{Comment, CommentId};

/// A comment whose change or end was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedChange {
    /// The comment.
    pub comment: CommentId,
    /// Why, in words.
    pub problem: String,
    /// What it was to say; empty when it was to end.
    pub typed: String,
}

/// One comment.
#[component]
pub(super) fn Words(
    /// The comment.
    comment: Comment,
    /// The page's own address.
    path: String,
    /// The change of it that was refused.
    refused: Option<RefusedChange>,
    /// Whether it was written just now.
    written: bool,
) -> impl IntoView {
    let may_change = comment.editable || comment.deletable;
    let Comment { id, author, content, created_at, edited_at, .. } = comment.clone();
    view! {
        <li data-part=format!("comment-{id}") data-written=written.then_some("") class="grid gap-1">
            <p class="flex flex-wrap gap-x-3 text-sm text-muted">
                <span class="font-medium text-ink">{author}</span>
                <Time at=created_at/>
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
    // Beside the words, where they may be changed.
    let (of_edit, of_delete) = if editable { (problem, None) } else { (None, problem) };
    let edit =
        editable.then(|| view! { <EditForm id=id.to_string() path=path.clone() content=content problem=of_edit/> });
    let delete = deletable.then(|| view! { <DeleteForm id=id.to_string() path=path problem=of_delete/> });
    view! {
        <details open=open>
            <summary class="flex min-h-11 w-fit items-center text-sm text-muted underline underline-offset-4">
                {words} <span class="sr-only">{whose}</span>
            </summary>
            <div class="grid max-w-text justify-items-start gap-3 pb-3">{edit} {delete}</div>
        </details>
    }
}

#[component]
fn EditForm(id: String, path: String, content: String, problem: Option<String>) -> impl IntoView {
    let field = format!("comment-{id}");
    let problem_id = format!("{field}-problem");
    view! {
        <form method="post" action=format!("{path}#comments") class="grid w-full justify-items-start gap-3">
            <HiddenMethod method="comment.edit"/>
            <HiddenValue name="commentId" value=id/>
            <label for=field.clone() class=LABEL>
                "What it says"
            </label>
            <textarea
                id=field
                name="content"
                rows="3"
                required
                aria-describedby=problem_id.clone()
                aria-invalid=problem.is_some().then_some("true")
                class=INPUT
            >
                {content}
            </textarea>
            <Problem id=problem_id field="content" says=problem/>
            <Button kind=Kind::Quiet>"Save comment"</Button>
        </form>
    }
}

#[component]
fn DeleteForm(id: String, path: String, problem: Option<String>) -> impl IntoView {
    let problem_id = format!("comment-{id}-delete-problem");
    view! {
        <form method="post" action=format!("{path}#comments")>
            <HiddenMethod method="comment.delete"/>
            <HiddenValue name="commentId" value=id/>
            <Problem id=problem_id says=problem/>
            <Button kind=Kind::Danger>"Delete comment"</Button>
        </form>
    }
}
