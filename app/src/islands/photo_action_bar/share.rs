//! Handing a page on: by the device's own sheet where there is one, else by copying its address.

use crate::{browser::clipboard, store};
use leptos::prelude::*;
use web_sys::ShareData;

/// Hands on the page shown.
pub(super) async fn share_page() {
    let Ok(url) = window().location().href() else { return };
    if clipboard::has("share") {
        let data = ShareData::new();
        data.set_url(&url);
        // It is also rejected when the person closes the sheet: nothing to tell then.
        _ = window().navigator().share_with_data(&data).await;
        return;
    }
    let copied = clipboard::copy(&url).await;
    store::say(if copied { "Link copied." } else { "Copy the address from the address bar." });
}
