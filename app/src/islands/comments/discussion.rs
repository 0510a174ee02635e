//! All that is said of a picture, as the server renders it.

use super::words::{RefusedChange, Words};
use crate::components::{
    Button, ButtonLink, ERROR, HiddenMethod, HiddenValue, INPUT, Kind, LABEL, Notice, Problem, short, sign_in_path,
};
use leptos::prelude::*;
use model::{CommentId, CommentPage, ImageId};

/// The comments of a picture, the oldest first, and the form for one more.
#[component]
pub fn Discussion(
    /// The picture.
    image_id: ImageId,
    /// A page of them.
    shown: CommentPage,
    /// How many there are.
    total: u64,
    /// Whether earlier ones are on another page.
    #[prop(optional)]
    later: bool,
    /// Whether someone is signed in.
    signed_in: bool,
    /// Whether the site takes comments now.
    open: bool,
    /// The page's own address.
    path: String,
    /// Why a comment was refused, when this page answers a form.
    #[prop(default = None)]
    problem: Option<String>,
    /// What was typed then.
    #[prop(optional)]
    typed: String,
    /// The change of a comment that was refused, when this page answers such a form.
    #[prop(default = None)]
    refused: Option<RefusedChange>,
    /// The comment that was written just now, when this page answers the form it was written in.
    #[prop(default = None)]
    written: Option<CommentId>,
) -> impl IntoView {
    let CommentPage { comments, next_cursor } = shown;
    // It may stand on a later page than the one that is shown again, or have no form any more.
    let has_form = |refused: &RefusedChange| {
        comments.iter().any(|comment| comment.id == refused.comment && (comment.editable || comment.deletable))
    };
    let elsewhere = refused.as_ref().filter(|refused| !has_form(refused)).map(|refused| refused.problem.clone());
    // On a later page it is not known how many came before.
    let left = (!later).then(|| total.saturating_sub(comments.len() as u64));
    let more = next_cursor.map(|cursor| {
        let href = format!("{path}?comments={cursor}#comments");
        view! { <More href=href left=left/> }
    });
    let first = later.then(|| {
        view! {
            <div>
                <ButtonLink href=format!("{path}#comments") kind=Kind::Quiet>
                    "From the first"
                </ButtonLink>
            </div>
        }
    });
    let of = image_id.to_string();
    let words = comments
        .into_iter()
        .map(|comment| {
            let is_written = written.as_ref() == Some(&comment.id);
            let refused = refused.clone().filter(|refused| refused.comment == comment.id);
            view! { <Words comment=comment path=path.clone() refused=refused written=is_written/> }
        })
        .collect_view();
    let say = match (open, signed_in) {
        (false, _) => view! { <p class="text-muted">"Comments are closed on this site."</p> }.into_any(),
        (true, true) => view! { <Say image_id=image_id path=path.clone() problem=problem typed=typed/> }.into_any(),
        (true, false) => view! { <SignInToSay path=path.clone() problem=problem typed=typed/> }.into_any(),
    };
    view! {
        <section id="comments" data-comments-of=of class="grid scroll-mt-6 content-start gap-6">
            <h2 class="flex min-h-11 items-center text-lg font-medium">"Comments"</h2>
            <p data-shows="comments-in-all" class="sr-only">
                {format!("{total} in all")}
            </p>
            <Notice says=elsewhere/>
            {first}
            <ol role="list" data-list="" class="grid gap-6 empty:hidden">
                {words}
            </ol>
            {more}
            <div data-part="say">{say}</div>
        </section>
    }
}

/// The way to those that follow: a link, which adds them here instead. A press is held until the island can.
#[component]
fn More(href: String, left: Option<u64>) -> impl IntoView {
    let words = match left {
        Some(left) => view! {
            <span>"Load more (" <span data-shows="comments-left">{short(left)}</span> ")"</span>
        }
        .into_any(),
        None => "Load more".into_any(),
    };
    view! {
        <div>
            <ButtonLink href=href kind=Kind::Quiet attr:data-more="" attr:data-wake-hold="">
                {words}
            </ButtonLink>
            <p role="alert" data-more-problem="" class=ERROR></p>
        </div>
    }
}

/// The box to say something.
#[component]
fn Say(image_id: ImageId, path: String, problem: Option<String>, typed: String) -> impl IntoView {
    let next = Some(format!("{path}#comments"));
    view! {
        <form method="post" action=path class="grid max-w-text justify-items-start gap-3">
            <HiddenMethod method="comment.add" next=next/>
            <HiddenValue name="imageId" value=image_id.to_string()/>
            <div class="grid w-full gap-1">
                <label for="comment" class=LABEL>
                    "Your comment"
                </label>
                <textarea
                    id="comment"
                    name="content"
                    rows="3"
                    required
                    aria-describedby="comment-problem"
                    aria-invalid=problem.is_some().then_some("true")
                    data-takes-focus="comment"
                    class=INPUT
                >
                    {typed}
                </textarea>
                <Problem id="comment-problem" field="content" says=problem/>
            </div>
            <Button>"Post comment"</Button>
        </form>
    }
}

/// The way in, in place of the box. What was sent when a session had ended can be taken from here.
#[component]
fn SignInToSay(path: String, problem: Option<String>, typed: String) -> impl IntoView {
    let typed = (!typed.is_empty()).then(|| {
        view! {
            <textarea readonly rows="3" aria-label="What you wrote" class=INPUT>
                {typed}
            </textarea>
        }
    });
    view! {
        <Notice says=problem/>
        {typed}
        <p class="text-muted">
            <a
                href=sign_in_path(&path)
                data-sign-in="comment"
                data-wake-hold=""
                class="inline-flex min-h-11 items-center text-ink underline underline-offset-4"
            >
                "Sign in"
            </a>
            " to say something."
        </p>
    }
}
