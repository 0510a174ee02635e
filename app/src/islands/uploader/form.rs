//! The form, the files on their way, and the sheet that shows when files are held over the page.

use crate::components::{Button, Glyph, INPUT, Icon, Kind, LABEL, Notice, Select, bytes};
use leptos::prelude::*;
use model::{GalleryId, NOT_TAKEN, PICTURE_TYPES, pictures_taken};

/// What the browser's window offers to choose from: all pictures, and by their endings those that browsers know
/// nothing of.
fn accepted() -> String {
    let endings = PICTURE_TYPES.iter().flat_map(|kind| kind.endings).map(|ending| format!(",.{ending}"));
    std::iter::once("image/*".to_owned()).chain(endings).collect()
}

/// All of it, as the server renders it.
#[component]
pub fn UploadForm(
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
            data-left=left.to_string()
            data-largest-file=largest_file.to_string()
            class="grid max-w-text gap-6 rounded-control border border-dashed border-edge p-4 sm:p-6"
        >
            <Notice says=problem/>
            <Select label="Gallery" name="galleryId" options=options chosen=chosen/>
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
        <ul role="list" aria-label="Uploads" data-rows="" class="grid"></ul>
        <template>
            <Row/>
        </template>
        <p hidden data-when-added="">
            <a href="/dashboard#pictures" class="inline-flex min-h-11 items-center underline underline-offset-4">
                "See your pictures"
            </a>
        </p>
        <div
            hidden
            data-drop=""
            class="pointer-events-none fixed inset-4 z-10 grid place-items-center rounded-control border-2 border-accent bg-paper text-xl lifted"
        >
            "Let go to upload"
        </div>
    }
}

/// One file: its thumbnail, name, size, how far it is, and what can be done about it. Filled in when a file is chosen.
#[component]
fn Row() -> impl IntoView {
    view! {
        <li class="grid grid-cols-[4rem_1fr_auto] items-center gap-3 border-b border-hairline py-3">
            <div
                data-preview=""
                class="aspect-square overflow-hidden rounded-picture bg-tint [&>img]:size-full [&>img]:object-cover"
            ></div>
            <div class="grid min-w-0 gap-1">
                <p class="flex min-w-0 gap-3">
                    <span data-name="" class="truncate"></span>
                    <span data-size="" class="shrink-0 text-muted"></span>
                </p>
                <progress max="100" hidden aria-label="Progress" class="thin-progress"></progress>
                <p
                    role="status"
                    data-said=""
                    class="text-sm text-muted data-[tone=bad]:text-bad data-[tone=good]:text-good"
                ></p>
            </div>
            <div class="flex gap-2">
                <div hidden data-retry="">
                    <Button kind=Kind::Quiet submits=false>
                        <Icon glyph=Glyph::Retry/>
                        "Retry"
                    </Button>
                </div>
                <div hidden data-cancel="">
                    <Button kind=Kind::Quiet submits=false>
                        <Icon glyph=Glyph::Cross/>
                        "Cancel"
                    </Button>
                </div>
            </div>
        </li>
    }
}
