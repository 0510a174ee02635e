//! Handing a page on: by the device's own sheet where there is one, else by copying its address.

use crate::store;
use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::ShareData;

/// Hands on the page shown.
pub(super) async fn share_page() {
    let Ok(url) = window().location().href() else { return };
    let navigator = window().navigator();
    // Both are absent outside secure contexts (W3C Secure Contexts).
    let has = |name: &str| Reflect::get(&navigator, &JsValue::from_str(name)).is_ok_and(|thing| !thing.is_undefined());
    if has("share") {
        let data = ShareData::new();
        data.set_url(&url);
        // It is also rejected when the person closes the sheet: nothing to tell then.
        _ = navigator.share_with_data(&data).await;
        return;
    }
    let copied = has("clipboard") && navigator.clipboard().write_text(&url).await.is_ok();
    store::say(if copied { "Link copied." } else { "Copy the address from the address bar." });
}
