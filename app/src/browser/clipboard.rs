//! What the device offers to hand things on.

use js_sys::Reflect;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// Whether the browser has this; outside secure contexts it has less (W3C Secure Contexts).
pub(crate) fn has(name: &str) -> bool {
    let thing = Reflect::get(&window().navigator(), &JsValue::from_str(name));
    thing.is_ok_and(|thing| !thing.is_undefined())
}

/// Puts a text into the clipboard; whether that was allowed.
pub(crate) async fn copy(text: &str) -> bool {
    has("clipboard") && window().navigator().clipboard().write_text(text).await.is_ok()
}
