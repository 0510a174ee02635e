//! Takes files from wherever they come, sends three at a time, and shows of each where it stands.

use super::{
    queue::{Phase, Queue},
    send,
};
use crate::{
    browser::markup::{all, copy, find, listen, set, show, write},
    components::bytes,
};
use leptos::{prelude::*, task::spawn_local};
use model::PictureType;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, File, FileList, HtmlInputElement, HtmlSelectElement, Url, XmlHttpRequest};

/// What the browser holds for a row of the queue.
pub(super) struct Held {
    pub(super) file: File,
    /// The gallery it goes to; empty for none.
    pub(super) gallery: String,
    /// Counts its starts and stops: an older attempt that still runs may write nothing down.
    pub(super) attempt: u32,
    /// While its bytes are on their way.
    pub(super) request: Option<XmlHttpRequest>,
    /// The picture it may be already: its bytes are there, and the answer to that was lost.
    pub(super) unheard: Option<String>,
    /// What shows it.
    row: Element,
}

thread_local! {
    pub(super) static QUEUE: RefCell<Queue> = RefCell::default();
    static HELD: RefCell<Vec<Held>> = const { RefCell::new(Vec::new()) };
}

/// Takes the files of the field.
pub(super) fn take_chosen(root: &Element) {
    if let Some(field) = field(root) {
        take(root, field.files());
        // So that the same files can be chosen again.
        field.set_value("");
    }
}

/// Takes the files of the field, or opens the browser's window to choose some.
pub(super) fn take_chosen_or_ask(root: &Element) {
    let Some(field) = field(root) else { return };
    if field.files().is_none_or(|files| files.length() == 0) {
        field.click();
    } else {
        take_chosen(root);
    }
}

fn field(root: &Element) -> Option<HtmlInputElement> {
    find(root, "[type=file]").map(JsCast::unchecked_into)
}

/// Puts files at the end of the queue and sends as many as may be sent.
pub(super) fn take(root: &Element, files: Option<FileList>) {
    let Some(files) = files else { return };
    let gallery = find(root, "select").map(|list| list.unchecked_into::<HtmlSelectElement>().value());
    for file in (0..files.length()).filter_map(|at| files.item(at)) {
        add(root, file, gallery.clone().unwrap_or_default());
    }
    start(root);
}

fn add(root: &Element, file: File, gallery: String) {
    let (name, content_type, size) = (file.name(), file.type_(), file.size() as u64);
    let (Some(list), Some(row)) = (find(root, "[data-rows]"), find(root, "template").and_then(|row| copy(&row))) else {
        return;
    };
    let at = QUEUE.with_borrow_mut(|queue| queue.add(&name, &content_type, size));
    set(&row, "data-row", &at.to_string());
    for (place, words) in [("[data-name]", name.clone()), ("[data-size]", bytes(size))] {
        if let Some(place) = find(&row, place) {
            write(&place, &words);
        }
    }
    let is_shown = PictureType::declared(&name, &content_type).is_some_and(|kind| kind.in_browsers);
    if is_shown && phase(at) == Some(Phase::Waiting) {
        show_preview(&row, &file);
    }
    _ = list.append_child(&row);
    HELD.with_borrow_mut(|held| held.push(Held { file, gallery, attempt: 0, request: None, unheard: None, row }));
    show_phase(root, at);
}

fn show_preview(row: &Element, file: &File) {
    if let (Some(place), Ok(url), Ok(image)) =
        (find(row, "[data-preview]"), Url::create_object_url_with_blob(file), document().create_element("img"))
    {
        set(&image, "alt", "");
        // It was none, whatever it is called.
        let broken = image.clone();
        listen(&image, "error", move |_| broken.remove());
        set(&image, "src", &url);
        _ = place.append_child(&image);
    }
}

/// Tries once more.
pub(super) fn retry(root: &Element, at: usize) {
    set_phase(root, at, Phase::Waiting);
    start(root);
}

/// Stops it, wherever it is.
pub(super) fn cancel(root: &Element, at: usize) {
    set_phase(root, at, Phase::Cancelled);
    next_attempt(at);
    let request = with_held(at, |held| held.request.take()).flatten();
    if let Some(request) = request {
        _ = request.abort();
    }
}

/// Starts waiting files while there are places.
fn start(root: &Element) {
    for at in QUEUE.with_borrow(Queue::next) {
        set_phase(root, at, Phase::Sending(0));
        let attempt = next_attempt(at);
        let root = root.clone();
        spawn_local(async move {
            send::send(root.clone(), at, attempt).await;
            start(&root);
        });
    }
}

/// Where a file stands.
pub(super) fn phase(at: usize) -> Option<Phase> {
    QUEUE.with_borrow(|queue| queue.rows.get(at).map(|row| row.phase.clone()))
}

/// Writes down where a file stands, and shows it.
pub(super) fn set_phase(root: &Element, at: usize, phase: Phase) {
    QUEUE.with_borrow_mut(|queue| {
        if let Some(row) = queue.rows.get_mut(at) {
            row.phase = phase;
        }
    });
    show_phase(root, at);
}

fn show_phase(root: &Element, at: usize) {
    let (Some(phase), Some(row)) = (phase(at), with_held(at, |held| held.row.clone())) else { return };
    if let Some(progress) = find(&row, "progress") {
        set(&progress, "value", &phase.percent().to_string());
        show(&progress, phase.is_active());
    }
    if let Some(said) = find(&row, "[data-said]") {
        set(&said, "data-tone", phase.tone());
        write(&said, &phase.sentence());
    }
    for (button, shown) in [("[data-retry]", phase.may_retry()), ("[data-cancel]", phase.may_cancel())] {
        if let Some(button) = find(&row, button) {
            show(&button, shown);
        }
    }
    for way in all(root, "[data-when-added]") {
        show(&way, QUEUE.with_borrow(Queue::any_added));
    }
}

/// Reads or changes what is held for a row.
pub(super) fn with_held<T>(at: usize, with: impl FnOnce(&mut Held) -> T) -> Option<T> {
    HELD.with_borrow_mut(|held| held.get_mut(at).map(with))
}

/// Makes whatever is under way for a row an older attempt, and answers the new one's number.
fn next_attempt(at: usize) -> u32 {
    let next = with_held(at, |held| {
        held.attempt += 1;
        held.attempt
    });
    next.unwrap_or_default()
}
