//! Menus: `<details>` that close by Escape and by a press elsewhere.

use super::markup::{all, around, find, focus, listen, unset, whole};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, Node};

/// Looks after all menus of the page. Once is enough.
pub(crate) fn wake() {
    listen(&document(), "click", |event| {
        let target = event.target();
        let pressed = target.as_ref().map(|target| target.unchecked_ref::<Node>());
        for menu in open().into_iter().filter(|menu| !menu.contains(pressed)) {
            unset(&menu, "open");
        }
    });
    listen(&document(), "keydown", |event| {
        if event.unchecked_ref::<KeyboardEvent>().key() == "Escape"
            && let Some(menu) = around(&event, "[data-menu][open]")
        {
            close(&menu);
        }
    });
}

/// Closes the menu around an element and leads back to its button.
pub(crate) fn close(within: &Element) {
    let Ok(Some(menu)) = within.closest("[data-menu]") else { return };
    unset(&menu, "open");
    if let Some(button) = find(&menu, "summary") {
        focus(&button);
    }
}

fn open() -> Vec<Element> {
    whole().map(|page| all(&page, "[data-menu][open]")).unwrap_or_default()
}
