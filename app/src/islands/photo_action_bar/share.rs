//! Handing a page on: by the device's own sheet where there is one, else by copying its address.

use wasm_bindgen::JsValue;

/// Hands on the page shown. Answers what to tell the person, if anything.
pub(super) async fn share_page() -> Option<&'static str> {
    let window = leptos::prelude::window();
    let url = window.location().href().ok()?;
    let navigator = window.navigator();
    // Both are absent outside secure contexts (W3C Secure Contexts).
    let has = |name: &str| {
        js_sys::Reflect::get(&navigator, &JsValue::from_str(name)).is_ok_and(|thing| !thing.is_undefined())
    };
    if has("share") {
        let data = web_sys::ShareData::new();
        data.set_url(&url);
        // It is also rejected when the person closes the sheet: nothing to tell then.
        _ = navigator.share_with_data(&data).await;
        return None;
    }
    let copied = has("clipboard") && navigator.clipboard().write_text(&url).await.is_ok();
    Some(if copied { "Link copied." } else { "Copy the address from the address bar." })
}
