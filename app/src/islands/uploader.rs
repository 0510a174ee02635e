//! Uploading: the whole page takes dropped, pasted and chosen files and sends each straight to storage.
//!
//! Without script it is a plain form. The gallery stands above the files, since those are sent at once.

mod files;
mod form;
mod queue;
mod send;

pub use form::UploadForm;

use crate::{
    browser::markup::{alive, around, find, listen, number, show},
    store,
};
use files::QUEUE;
use leptos::prelude::*;
use queue::Queue;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ClipboardEvent, DragEvent, Element, Event};

/// Sends files as soon as they are there.
#[cfg_attr(feature = "csr", component)]
#[cfg_attr(not(feature = "csr"), island)]
pub fn Uploader(
    /// An [`UploadForm`].
    children: Children,
) -> impl IntoView {
    alive(children, wake)
}

/// Listens to the whole page, and takes what was chosen before this was alive.
fn wake(root: Element) {
    store::open();
    let Some(form) = find(&root, "form") else { return };
    QUEUE.set(Queue::new(number(&form, "data-left"), number(&form, "data-largest-file")));
    listen(&form, "submit", {
        let root = root.clone();
        move |event| {
            event.prevent_default();
            files::take_chosen_or_ask(&root);
        }
    });
    listen(&form, "change", {
        let root = root.clone();
        move |event| {
            if around(&event, "[type=file]").is_some() {
                files::take_chosen(&root);
            }
        }
    });
    listen(&root, "click", {
        let root = root.clone();
        move |event| {
            let Some(row) = around(&event, "[data-row]") else { return };
            let row = number(&row, "data-row") as usize;
            if around(&event, "[data-retry]").is_some() {
                files::retry(&root, row);
            } else if around(&event, "[data-cancel]").is_some() {
                files::cancel(&root, row);
            }
        }
    });
    listen_to_drags(&root);
    listen(&window(), "paste", {
        let root = root.clone();
        move |event| {
            let pasted = event.unchecked_ref::<ClipboardEvent>().clipboard_data();
            files::take(&root, pasted.and_then(|data| data.files()));
        }
    });
    files::take_chosen(&root);
}

/// A sheet over the page shows that files may be let go.
fn listen_to_drags(root: &Element) {
    let Some(sheet) = find(root, "[data-drop]") else { return };
    listen(&window(), "dragover", {
        let sheet = sheet.clone();
        move |event| {
            if brings_files(&event) {
                event.prevent_default();
                show(&sheet, true);
            }
        }
    });
    listen(&window(), "dragleave", {
        let sheet = sheet.clone();
        move |event| {
            // Nothing is entered instead: the files have left the window.
            if event.unchecked_ref::<DragEvent>().related_target().is_none() {
                show(&sheet, false);
            }
        }
    });
    let root = root.clone();
    listen(&window(), "drop", move |event| {
        if brings_files(&event) {
            event.prevent_default();
            show(&sheet, false);
            let dropped = event.unchecked_ref::<DragEvent>().data_transfer();
            files::take(&root, dropped.and_then(|data| data.files()));
        }
    });
}

/// Whether what is dragged are files, not a link or some text of the page.
fn brings_files(event: &Event) -> bool {
    let dragged = event.unchecked_ref::<DragEvent>().data_transfer();
    dragged.is_some_and(|data| data.types().includes(&JsValue::from_str("Files"), 0))
}
