//! A site of every strategy of leptos-wake: what its browser tests try. The binary writes it as files.

pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;

/// Called once by the loader, after the module is there and before the first island wakes.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos_wake::hydrate_islands();
}
