//! What is said of a picture, and a box to say something.

mod words;

use crate::{
    components::{
        Button, ButtonLink, ERROR, HiddenMethod, HiddenValue, INPUT, Kind, LABEL, Notice, now, short, sign_in_path,
    },
    rpc::{RpcError, comment_add, comment_list},
    store::comment_count,
};
use leptos::{
    ev::{MouseEvent, SubmitEvent},
    html::Textarea,
    prelude::*,
    task::spawn_local,
};
use model::{Comment, CommentId, CommentPage, ImageId};
use serde::{Deserialize, Serialize};
use words::Words;

/// A comment whose change or end was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedChange {
    /// The comment.
    pub comment: CommentId,
    /// Why, in words.
    pub problem: String,
    /// What it was to say; empty when it was to end.
    pub typed: String,
}

/// The comments of a picture, the oldest first, and the form for one more.
#[island]
pub fn Comments(
    /// The picture.
    image_id: ImageId,
    /// The first page of them.
    initial: CommentPage,
    /// How many there are.
    total: u64,
    /// Whether earlier ones are on another page.
    later: bool,
    /// Whether someone is signed in.
    signed_in: bool,
    /// Whether the site takes comments now.
    open: bool,
    /// The page's own address.
    path: String,
    /// Why a comment was refused, when this page answers a form.
    problem: Option<String>,
    /// What was typed then.
    typed: String,
    /// The change of a comment that was refused, when this page answers such a form.
    refused: Option<RefusedChange>,
) -> impl IntoView {
    let CommentPage { comments, next_cursor } = initial;
    // It may stand on a later page than the one that is shown again.
    let elsewhere = refused.as_ref().filter(|refused| comments.iter().all(|comment| comment.id != refused.comment));
    let elsewhere = elsewhere.map(|refused| refused.problem.clone());
    let home = path.clone();
    let listed = RwSignal::new(comments);
    let cursor = RwSignal::new(next_cursor);
    let count = RwSignal::new(total);
    let clock = RwSignal::new(None::<i64>);
    let shared = comment_count(&image_id, total);
    Effect::new({
        let shared = shared.clone();
        move |_| {
            clock.set(Some(now()));
            count.set(shared.get());
        }
    });
    let added = move |comment: Comment, total: u64| {
        listed.update(|listed| listed.push(comment));
        clock.set(Some(now()));
        shared.set(total);
    };

    view! {
        <section id="comments" class="grid scroll-mt-6 gap-6">
            <h2 class="text-lg font-medium">"Comments"</h2>
            <p class="sr-only">{move || format!("{} in all", count.get())}</p>
            <Notice says=elsewhere/>
            {later
                .then(|| {
                    view! {
                        <div>
                            <ButtonLink href=format!("{path}#comments") kind=Kind::Quiet>
                                "From the first"
                            </ButtonLink>
                        </div>
                    }
                })}
            <ol role="list" class="grid gap-6 empty:hidden">
                <For each=move || listed.get() key=|comment| comment.id.to_string() let:comment>
                    <Words comment=comment clock=clock path=home.clone() refused=refused.clone()/>
                </For>
            </ol>
            <More image_id=image_id.clone() path=path.clone() listed=listed cursor=cursor count=count later=later/>
            {if !open {
                view! { <p class="text-muted">"Comments are closed on this site."</p> }.into_any()
            } else if signed_in {
                view! { <Say image_id=image_id path=path problem=problem typed=typed added=added/> }.into_any()
            } else {
                view! {
                    <p class="text-muted">
                        <a href=sign_in_path(&path) class="inline-flex min-h-11 items-center text-ink underline underline-offset-4">
                            "Sign in"
                        </a>
                        " to say something."
                    </p>
                }
                    .into_any()
            }}
        </section>
    }
}

/// The way to those that follow, while there are any: a link, which adds them here instead. A press is held until the
/// island can.
#[component]
fn More(
    image_id: ImageId,
    path: String,
    listed: RwSignal<Vec<Comment>>,
    cursor: RwSignal<Option<String>>,
    count: RwSignal<u64>,
    later: bool,
) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let href = format!("{path}?comments={}#comments", cursor.get_untracked().unwrap_or_default());
    let more = move |event: MouseEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let image_id = image_id.clone();
        spawn_local(async move {
            match comment_list(image_id, cursor.get_untracked()).await {
                Ok(page) => {
                    listed.update(|listed| append(listed, page.comments));
                    cursor.set(page.next_cursor);
                    problem.set(None);
                }
                Err(error) => problem.set(Some(error.message)),
            }
            busy.set(false);
        });
    };
    // On a later page it is not known how many came before.
    let left = move || match later {
        true => "Load more".to_owned(),
        false => format!("Load more ({})", short(count.get().saturating_sub(listed.with(Vec::len) as u64))),
    };
    view! {
        <div hidden=move || cursor.with(Option::is_none)>
            <ButtonLink
                href=href
                kind=Kind::Quiet
                on:click=more
                attr:aria-busy=move || busy.get().to_string()
                attr:data-wake-hold=""
            >
                {left}
            </ButtonLink>
            <p role="alert" class=ERROR>
                {move || problem.get()}
            </p>
        </div>
    }
}

/// Puts those that were loaded before the ones written here meanwhile, each once.
fn append(listed: &mut Vec<Comment>, loaded: Vec<Comment>) {
    listed.retain(|comment| !loaded.iter().any(|other| other.id == comment.id));
    listed.extend(loaded);
    listed.sort_by_key(|comment| comment.created_at);
}

/// The box to say something. What was typed stays until the server has taken it.
#[component]
fn Say<F>(image_id: ImageId, path: String, problem: Option<String>, typed: String, added: F) -> impl IntoView
where
    F: Fn(Comment, u64) + Clone + 'static,
{
    let value = image_id.to_string();
    let next = Some(format!("{path}#comments"));
    let area = NodeRef::<Textarea>::new();
    let problem = RwSignal::new(problem);
    let busy = RwSignal::new(false);
    let say = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(area) = area.get_untracked() else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (image_id, added) = (image_id.clone(), added.clone());
        spawn_local(async move {
            match comment_add(image_id, area.value()).await {
                Ok(answer) => {
                    area.set_value("");
                    problem.set(None);
                    added(answer.comment, answer.comments);
                }
                Err(error) => problem.set(Some(words(error))),
            }
            busy.set(false);
        });
    };
    view! {
        <form method="post" action=path on:submit=say class="grid max-w-text justify-items-start gap-3">
            <HiddenMethod method="comment.add" next=next/>
            <HiddenValue name="imageId" value=value/>
            <div class="grid w-full gap-1">
                <label for="comment" class=LABEL>
                    "Your comment"
                </label>
                <textarea
                    id="comment"
                    name="content"
                    rows="3"
                    required
                    node_ref=area
                    aria-describedby="comment-problem"
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    class=INPUT
                >
                    {typed}
                </textarea>
                <p id="comment-problem" role="alert" class=ERROR>
                    {move || problem.get()}
                </p>
            </div>
            <Button attr:disabled=move || busy.get()>"Post comment"</Button>
        </form>
    }
}

/// What is wrong with the comment, or with sending it.
fn words(error: RpcError) -> String {
    error.fields.reason("content").map(str::to_owned).unwrap_or(error.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(id: &str, created_at: i64) -> Comment {
        let id = CommentId::parse(id).unwrap();
        Comment {
            id,
            author: "ann".into(),
            content: "…".into(),
            created_at,
            edited_at: None,
            editable: false,
            deletable: false,
        }
    }

    #[test]
    fn a_comment_written_meanwhile_is_listed_once_and_last() {
        let mut listed = vec![comment("a", 1), comment("z", 9)];
        append(&mut listed, vec![comment("b", 2), comment("z", 9)]);
        let ids: Vec<_> = listed.iter().map(|comment| comment.id.as_str()).collect();
        assert_eq!(ids, ["a", "b", "z"]);
    }

    #[test]
    fn a_refusal_is_told_in_the_words_of_its_field() {
        let refused: RpcError = model::Invalid::field("content", "Write something first.").into();
        assert_eq!(words(refused), "Write something first.");
        assert_eq!(words(RpcError::new("network", "Try again.")), "Try again.");
    }
}
