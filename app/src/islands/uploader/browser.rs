//! Uploading, in the browser: takes files from wherever they come and sends three at a time.

mod send;

use crate::islands::uploads::{Phase, Queue, Row, refusal};
use leptos::{
    ev, html,
    prelude::{ArcRwSignal, Get, GetUntracked, NodeRef, Set, Update, WithUntracked, window_event_listener},
    task::spawn_local,
};
use model::{GalleryId, PictureType};
use std::{cell::RefCell, collections::HashMap};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{FileList, HtmlInputElement, Url, XmlHttpRequest};

/// How many files are on their way at once.
const AT_ONCE: usize = 3;

/// What the browser holds for a row of the queue.
struct Held {
    file: web_sys::File,
    gallery: Option<GalleryId>,
    /// Counts its starts and stops: an older attempt that still runs may write nothing down.
    attempt: u32,
    /// While its bytes are on their way.
    request: Option<XmlHttpRequest>,
}

thread_local! {
    static HELD: RefCell<HashMap<u32, Held>> = RefCell::default();
}

/// Listens to the whole page, and takes what was chosen before this was alive.
pub(super) fn wake(queue: Queue, files: NodeRef<html::Input>, gallery: NodeRef<html::Select>) {
    // The first run is before the form is there, the next when it is.
    if files.get().is_none() {
        return;
    }
    window_event_listener(ev::dragover, move |event| {
        if brings_files(&event) {
            event.prevent_default();
            queue.dragging.set(true);
        }
    });
    window_event_listener(ev::dragleave, move |event| {
        // Nothing is entered instead: the files have left the window.
        if event.related_target().is_none() {
            queue.dragging.set(false);
        }
    });
    window_event_listener(ev::drop, move |event| {
        if brings_files(&event) {
            event.prevent_default();
            queue.dragging.set(false);
            take(queue, event.data_transfer().and_then(|data| data.files()), gallery);
        }
    });
    window_event_listener(ev::paste, move |event| {
        take(queue, event.clipboard_data().and_then(|data| data.files()), gallery);
    });
    take_chosen(queue, files, gallery);
}

/// Whether what is dragged are files, not a link or some text of the page.
fn brings_files(event: &ev::DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&JsValue::from_str("Files"), 0))
}

/// Takes the files of the field.
pub(super) fn take_chosen(queue: Queue, files: NodeRef<html::Input>, gallery: NodeRef<html::Select>) {
    if let Some(field) = files.get_untracked() {
        take(queue, field.files(), gallery);
        // So that the same files can be chosen again.
        field.set_value("");
    }
}

/// Takes the files of the field, or opens the browser's window to choose some.
pub(super) fn take_chosen_or_ask(queue: Queue, files: NodeRef<html::Input>, gallery: NodeRef<html::Select>) {
    let Some(field) = files.get_untracked() else { return };
    if chosen(&field) == 0 {
        field.click();
    } else {
        take_chosen(queue, files, gallery);
    }
}

fn chosen(field: &HtmlInputElement) -> u32 {
    field.files().map_or(0, |files| files.length())
}

/// Tries once more.
pub(super) fn retry(queue: Queue, id: u32) {
    if let Some(row) = queue.row(id) {
        row.phase.set(Phase::Waiting);
        start(queue);
    }
}

/// Stops it, wherever it is.
pub(super) fn cancel(queue: Queue, id: u32) {
    if let Some(row) = queue.row(id) {
        row.phase.set(Phase::Cancelled);
    }
    next_attempt(id);
    let request = HELD.with_borrow_mut(|held| held.get_mut(&id).and_then(|held| held.request.take()));
    if let Some(request) = request {
        _ = request.abort();
    }
}

/// Puts files at the end of the queue and sends as many as may be sent.
fn take(queue: Queue, files: Option<FileList>, gallery: NodeRef<html::Select>) {
    let Some(files) = files else { return };
    let gallery = gallery.get_untracked().and_then(|list| GalleryId::parse(&list.value()));
    for file in (0..files.length()).filter_map(|at| files.item(at)) {
        add(queue, file, gallery.clone());
    }
    start(queue);
}

fn add(queue: Queue, file: web_sys::File, gallery: Option<GalleryId>) {
    let id = HELD.with_borrow(|held| held.len()) as u32;
    let size = file.size() as u64;
    let refused = refusal(&file.name(), &file.type_(), size, queue.largest_file, queue.room());
    let is_shown = PictureType::declared(&file.name(), &file.type_()).is_some_and(|kind| kind.in_browsers);
    let preview = match refused {
        None if is_shown => Url::create_object_url_with_blob(&file).ok(),
        _ => None,
    };
    let phase = ArcRwSignal::new(refused.map_or(Phase::Waiting, Phase::Refused));
    let row = Row { id, name: file.name().into(), size, preview, phase };
    HELD.with_borrow_mut(|held| held.insert(id, Held { file, gallery, attempt: 0, request: None }));
    queue.rows.update(|rows| rows.push(row));
}

/// Starts waiting files while there are places.
fn start(queue: Queue) {
    let rows = queue.rows.get_untracked();
    let active = rows.iter().filter(|row| row.phase.with_untracked(Phase::is_active)).count();
    let waiting = rows.into_iter().filter(|row| row.phase.with_untracked(|phase| *phase == Phase::Waiting));
    for row in waiting.take(AT_ONCE.saturating_sub(active)) {
        row.phase.set(Phase::Sending(0));
        let attempt = next_attempt(row.id);
        spawn_local(async move {
            send::send(queue, &row, attempt).await;
            start(queue);
        });
    }
}

/// A value of what is held for a row.
fn held<T>(id: u32, read: impl FnOnce(&Held) -> T) -> Option<T> {
    HELD.with_borrow(|held| held.get(&id).map(read))
}

/// Makes whatever is under way for a row an older attempt, and answers the new one's number.
fn next_attempt(id: u32) -> u32 {
    HELD.with_borrow_mut(|held| {
        held.get_mut(&id).map_or(0, |held| {
            held.attempt += 1;
            held.attempt
        })
    })
}

/// Remembers the request that carries a row's bytes, so that it can be stopped.
fn hold_request(id: u32, request: Option<XmlHttpRequest>) {
    HELD.with_borrow_mut(|held| {
        if let Some(held) = held.get_mut(&id) {
            held.request = request;
        }
    });
}

/// The function of a closure, as the browser's properties for handlers want it.
fn handler<T: ?Sized>(closure: &Closure<T>) -> &js_sys::Function {
    closure.as_ref().unchecked_ref()
}
