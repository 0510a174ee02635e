//! Buttons that copy the text beside them.

use crate::{
    browser::{
        clipboard,
        markup::{alive, around, find, listen, text},
    },
    store,
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::Element;

/// Copies what stands beside a button that is pressed.
#[cfg_attr(feature = "csr", component)]
#[cfg_attr(not(feature = "csr"), island)]
pub fn CopyButtons(
    /// Each text with its button is in an element with `data-snippet`: as `code`, or as the value of a field.
    children: Children,
) -> impl IntoView {
    alive(children, wake)
}

fn wake(root: Element) {
    listen(&root, "click", |event| {
        if around(&event, "button").is_none() {
            return;
        }
        let Some(copied) = around(&event, "[data-snippet]").and_then(|snippet| held(&snippet)) else { return };
        spawn_local(async move {
            let copied = clipboard::copy(&copied).await;
            store::say(if copied { "Copied." } else { "Press the text and copy it by hand." });
        });
    });
}

fn held(snippet: &Element) -> Option<String> {
    let code = find(snippet, "code").map(|code| text(&code));
    code.or_else(|| find(snippet, "input")?.get_attribute("value"))
}
