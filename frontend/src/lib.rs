//! The browser's entry: names the app, so that its islands are linked, and starts nothing by itself.

use app as _;

/// Called once by `/islands.js` after the module is there and before the first island wakes.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
