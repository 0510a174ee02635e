//! The order of a gallery's pictures, changed by buttons and by dragging.

use crate::{
    browser::{
        markup::{alive, all, around, attribute, find, focus, listen, number, set, unset},
        requests::{call, params},
    },
    store,
};
use leptos::{prelude::*, task::spawn_local};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, Event};

/// Moves pictures about, and has the server keep where they are.
#[cfg_attr(feature = "csr", component)]
#[cfg_attr(not(feature = "csr"), island)]
pub fn GalleryOrder(
    /// Pictures to choose from, with buttons to move them.
    children: Children,
) -> impl IntoView {
    alive(children, wake)
}

/// What is kept of a list of pictures while it is changed.
#[derive(Default)]
struct Order {
    /// The order the server has.
    kept: Vec<String>,
    /// The picture that is being dragged, and the order before.
    dragged: Option<(Element, Vec<String>)>,
    /// Whether an order is on its way to the server.
    busy: bool,
}

type Shared = Rc<RefCell<Order>>;

fn wake(root: Element) {
    store::open();
    let Some(list) = find(&root, "[data-order-of]") else { return };
    let order = Shared::default();
    order.borrow_mut().kept = ids(&list);
    for picture in all(&list, ":scope > li") {
        set(&picture, "draggable", "true");
    }
    listen(&list, "click", {
        let (list, order) = (list.clone(), order.clone());
        move |event| {
            if let Some(button) = around(&event, "[data-move]") {
                step(&list, &order, &button);
            }
        }
    });
    listen(&list, "dragstart", {
        let (list, order) = (list.clone(), order.clone());
        move |event| {
            let Some(picture) = around(&event, "li") else { return };
            set(&picture, "data-dragged", "");
            order.borrow_mut().dragged = Some((picture, ids(&list)));
        }
    });
    listen(&list, "dragover", {
        let (list, order) = (list.clone(), order.clone());
        move |event| drag_over(&list, &order, &event)
    });
    // Browsers would open the picture that is let go.
    listen(&list, "drop", |event| event.prevent_default());
    listen(&list.clone(), "dragend", move |event| {
        let Some((dragged, before)) = order.borrow_mut().dragged.take() else { return };
        unset(&dragged, "data-dragged");
        let transfer = event.unchecked_ref::<DragEvent>().data_transfer();
        if transfer.is_some_and(|transfer| transfer.drop_effect() == "none") {
            // Given up, or let go elsewhere.
            put_back(&list, &before);
        } else {
            say_place(&list, &dragged);
        }
        keep(&list, &order);
    });
}

/// Moves a picture by one, as its button says.
fn step(list: &Element, order: &Shared, button: &Element) {
    let Ok(Some(picture)) = button.closest("li") else { return };
    let moved = match attribute(button, "data-move").as_str() {
        "earlier" => picture.previous_element_sibling().map(|before| list.insert_before(&picture, Some(&before))),
        _ => picture.next_element_sibling().map(|after| list.insert_before(&after, Some(&picture))),
    };
    if moved.is_none() {
        store::say("There is no place beyond it on this page.");
        return;
    }
    // What is moved in the page loses the focus.
    focus(button);
    say_place(list, &picture);
    keep(list, order);
}

/// Puts the dragged picture where it is held: before the one it is over if it comes from behind it, else after it.
fn drag_over(list: &Element, order: &Shared, event: &Event) {
    let Some((dragged, _)) = order.borrow().dragged.clone() else { return };
    event.prevent_default();
    if let Some(transfer) = event.unchecked_ref::<DragEvent>().data_transfer() {
        transfer.set_drop_effect("move");
    }
    let Some(over) = around(event, "li").filter(|over| *over != dragged) else { return };
    let comes_from_behind = place(list, &dragged) > place(list, &over);
    let before = if comes_from_behind { Some(over) } else { over.next_element_sibling() };
    _ = list.insert_before(&dragged, before.as_deref());
}

/// Which place of the page a picture has, from 0.
fn place(list: &Element, picture: &Element) -> Option<usize> {
    all(list, ":scope > li").iter().position(|other| other == picture)
}

fn say_place(list: &Element, picture: &Element) {
    let before = earlier(list).len();
    if let Some(place) = place(list, picture) {
        let (place, of) = (before + place + 1, number(list, "data-count"));
        store::say(&format!("Place {place} of {of}."));
    }
}

/// The pictures of the page, in their order.
fn ids(list: &Element) -> Vec<String> {
    all(list, ":scope > li").iter().map(|picture| attribute(picture, "data-picture-id")).collect()
}

/// The pictures on the pages before.
fn earlier(list: &Element) -> Vec<String> {
    attribute(list, "data-earlier").split_whitespace().map(str::to_owned).collect()
}

/// Has the server keep the order; puts the pictures back if it does not.
fn keep(list: &Element, order: &Shared) {
    if order.borrow().busy || order.borrow().kept == ids(list) {
        return;
    }
    order.borrow_mut().busy = true;
    let (list, order) = (list.clone(), order.clone());
    spawn_local(async move {
        let shown = ids(&list);
        let gallery = attribute(&list, "data-order-of");
        let wanted = params(&[("galleryId", &gallery)]);
        for id in earlier(&list).iter().chain(&shown) {
            wanted.append("imageIds[]", id);
        }
        let answer = call("gallery.setOrder", &wanted).await;
        order.borrow_mut().busy = false;
        match answer {
            Ok(_) => {
                order.borrow_mut().kept = shown;
                // What was moved meanwhile.
                keep(&list, &order);
            }
            Err(refusal) => {
                put_back(&list, &order.borrow().kept);
                store::say(&refusal.message);
            }
        }
    });
}

/// Brings the pictures into an order. What is moved in the page loses the focus, which goes where it was.
fn put_back(list: &Element, kept: &[String]) {
    let focused = document().active_element();
    for id in kept {
        if let Some(picture) = find(list, &format!("[data-picture-id=\"{id}\"]")) {
            _ = list.append_child(&picture);
        }
    }
    if let Some(focused) = focused {
        focus(&focused);
    }
}
