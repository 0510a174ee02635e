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
    /// Holds a [`SnippetList`](crate::components::SnippetList).
    children: Children,
) -> impl IntoView {
    alive(children, wake)
}

fn wake(root: Element) {
    listen(&root, "click", |event| {
        if around(&event, "button").is_none() {
            return;
        }
        let Some(code) = around(&event, "[data-snippet]").and_then(|snippet| find(&snippet, "code")) else { return };
        spawn_local(async move {
            let copied = clipboard::copy(&text(&code)).await;
            store::say(if copied { "Copied." } else { "Press the text and copy it by hand." });
        });
    });
}
