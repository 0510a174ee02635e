//! The browser's entry: names the app, so that its islands are linked, and starts nothing by itself.

use app as _;

/// Called once by the loader, after the module is there and before the first island wakes.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos_wake::hydrate_islands();
}
