//! Uploading: the whole page takes dropped, pasted and chosen files and sends each straight to storage.
//!
//! Without script it is a plain form. The gallery stands above the files, since those are sent at once.

#[cfg_attr(not(target_arch = "wasm32"), path = "uploader/asleep.rs")]
mod browser;

use super::uploads::{Phase, Queue, Row};
use crate::components::{Button, Glyph, INPUT, Icon, Kind, LABEL, Notice, Select, bytes};
use leptos::{ev::SubmitEvent, html, prelude::*};
use model::{GalleryId, NOT_TAKEN, PICTURE_TYPES, pictures_taken};

/// What the browser's window offers to choose from: all pictures, and by their endings those that browsers know
/// nothing of.
fn accepted() -> String {
    let endings = PICTURE_TYPES.iter().flat_map(|kind| kind.endings).map(|ending| format!(",.{ending}"));
    std::iter::once("image/*".to_owned()).chain(endings).collect()
}

/// The form, the files on their way, and the sheet that shows when files are held over the page.
#[island]
pub fn Uploader(
    /// The galleries pictures may go into: id and name.
    galleries: Vec<(GalleryId, String)>,
    /// The one chosen at first.
    chosen: Option<GalleryId>,
    /// Bytes that may still be stored.
    left: u64,
    /// The most bytes one file may have.
    largest_file: u64,
    /// Why files were refused, when this page answers a form.
    problem: Option<String>,
) -> impl IntoView {
    let queue = Queue::new(left, largest_file);
    let files = NodeRef::<html::Input>::new();
    let gallery = NodeRef::<html::Select>::new();
    Effect::new(move |_| browser::wake(queue, files, gallery));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        browser::take_chosen_or_ask(queue, files, gallery);
    };

    let mut options = vec![(String::new(), "None".to_owned())];
    options.extend(galleries.into_iter().map(|(id, name)| (id.to_string(), name)));
    let chosen = chosen.map(String::from).unwrap_or_default();
    let (taken, most) = (pictures_taken(), bytes(largest_file));
    let hint = format!("{taken}, up to {most} each. {NOT_TAKEN} Drop or paste pictures anywhere on this page.");

    view! {
        <form
            method="post"
            action="/upload"
            enctype="multipart/form-data"
            on:submit=submit
            class="grid max-w-text gap-6 rounded-control border border-dashed border-edge p-4 sm:p-6"
        >
            <Notice says=problem/>
            <Select label="Gallery" name="galleryId" options=options chosen=chosen node_ref=gallery/>
            <div class="grid gap-1">
                <label for="files" class=LABEL>
                    "Pictures"
                </label>
                <input
                    id="files"
                    type="file"
                    name="files"
                    multiple
                    accept=accepted()
                    aria-describedby="files-hint"
                    node_ref=files
                    on:change=move |_| browser::take_chosen(queue, files, gallery)
                    class=INPUT
                />
                <p id="files-hint" class="text-sm text-muted">
                    {hint}
                </p>
            </div>
            <div>
                <Button>"Upload"</Button>
            </div>
        </form>
        <ul role="list" aria-label="Uploads" class="grid">
            <For each=move || queue.rows.get() key=|row| row.id let:row>
                <File row=row queue=queue/>
            </For>
        </ul>
        <p hidden=move || !queue.any_added()>
            <a href="/dashboard#pictures" class="inline-flex min-h-11 items-center underline underline-offset-4">
                "See your pictures"
            </a>
        </p>
        <div
            hidden=move || !queue.dragging.get()
            class="pointer-events-none fixed inset-4 z-10 grid place-items-center rounded-control border-2 border-accent bg-paper text-xl shadow-float"
        >
            "Let go to upload"
        </div>
    }
}

/// One file: its thumbnail, name, size, how far it is, and what can be done about it.
#[component]
fn File(row: Row, queue: Queue) -> impl IntoView {
    let Row { id, name, size, preview, phase } = row;
    let phase = RwSignal::from(phase);
    let said = move || phase.with(Phase::sentence);
    let tone = move || {
        phase.with(|phase| match phase {
            Phase::Added => "flex items-center gap-1 text-sm text-good",
            Phase::Refused(_) | Phase::Failed(_) => "text-sm text-bad",
            _ => "text-sm text-muted",
        })
    };
    view! {
        <li class="grid grid-cols-[4rem_1fr_auto] items-center gap-3 border-b border-hairline py-3">
            <div class="aspect-square overflow-hidden rounded-picture bg-tint">
                {preview.map(|preview| view! { <img src=preview alt="" class="size-full object-cover"/> })}
            </div>
            <div class="grid min-w-0 gap-1">
                <p class="flex min-w-0 gap-3">
                    <span class="truncate">{name.to_string()}</span>
                    <span class="shrink-0 text-muted">{bytes(size)}</span>
                </p>
                <progress
                    max="100"
                    value=move || phase.with(Phase::percent)
                    hidden=move || !phase.with(Phase::is_active)
                    aria-label="Progress"
                    class="thin-progress"
                ></progress>
                <p role="status" class=tone>
                    {said}
                </p>
            </div>
            <div class="flex gap-2">
                <div hidden=move || !phase.with(Phase::may_retry)>
                    <Button kind=Kind::Quiet submits=false on:click=move |_| browser::retry(queue, id)>
                        <Icon glyph=Glyph::Retry/>
                        "Retry"
                    </Button>
                </div>
                <div hidden=move || !phase.with(Phase::may_cancel)>
                    <Button kind=Kind::Quiet submits=false on:click=move |_| browser::cancel(queue, id)>
                        <Icon glyph=Glyph::Cross/>
                        "Cancel"
                    </Button>
                </div>
            </div>
        </li>
    }
}
