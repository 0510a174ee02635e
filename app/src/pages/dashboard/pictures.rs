//! Every picture of a member, with where its upload stands.

use crate::components::{EmptyState, Older, PictureImage, Section, Time, bytes, now};
use leptos::prelude::*;
use model::{OwnPicture, OwnPictures, UploadState};

/// The newest first.
#[component]
pub(super) fn Pictures(
    /// In every state.
    pictures: OwnPictures,
) -> impl IntoView {
    let OwnPictures { pictures, next_cursor } = pictures;
    let older = next_cursor.map(|cursor| format!("/dashboard?before={cursor}#pictures"));
    view! {
        <Section title="Pictures" id=Some("pictures")>
            {if pictures.is_empty() {
                view! { <EmptyState says="You have not uploaded anything yet."/> }.into_any()
            } else {
                let now = now();
                let rows = pictures
                    .into_iter()
                    .map(|picture| view! { <OwnRow picture=picture now=now/> })
                    .collect_view();
                view! {
                    <ul role="list" class="grid border-t border-hairline">
                        {rows}
                    </ul>
                    <Older href=older/>
                }
                    .into_any()
            }}
        </Section>
    }
}

#[component]
fn OwnRow(picture: OwnPicture, now: i64) -> impl IntoView {
    let OwnPicture { thumb, filename, state, reason, bytes: size, is_public, created_at } = picture;
    let completed = state == UploadState::Completed;
    let name = if thumb.title.is_empty() { filename } else { thumb.title.clone() };
    let name = if completed {
        let href = format!("/photos/{}", thumb.id);
        view! {
            <a href=href class="truncate underline-offset-4 hover:underline">
                {name}
            </a>
        }
        .into_any()
    } else {
        view! { <span class="truncate">{name}</span> }.into_any()
    };
    view! {
        <li class="grid grid-cols-[4rem_1fr] items-center gap-3 border-b border-hairline py-2">
            <div class="relative aspect-square overflow-hidden rounded-picture bg-tint">
                {completed.then(|| view! { <PictureImage thumb=thumb sizes="64px" decorative=true/> })}
            </div>
            <div class="grid min-w-0">
                {name}
                <p class="flex flex-wrap gap-x-3 text-sm text-muted">
                    <State state=state is_public=is_public/>
                    <span>{bytes(size)}</span>
                    <Time at=created_at now=Some(now)/>
                </p>
                {reason.map(|reason| view! { <p class="text-sm text-bad">{reason}</p> })}
            </div>
        </li>
    }
}

/// One word for where it stands, and for whom.
#[component]
fn State(state: UploadState, is_public: bool) -> impl IntoView {
    let (word, class) = match state {
        UploadState::Pending => ("Pending", "text-warn"),
        UploadState::Failed => ("Refused", "text-bad"),
        UploadState::Completed if is_public => ("Public", "text-good"),
        UploadState::Completed => ("Private", ""),
    };
    view! { <span class=class>{word}</span> }
}
