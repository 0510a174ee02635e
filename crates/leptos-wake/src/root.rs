//! Who owns islands that stand in no other.

use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static ROOT: RefCell<Option<Owner>> = const { RefCell::new(None) };
}

/// Sets Leptos up for islands that come alive one by one: for `hydrate()` in the frontend, in place of
/// [`leptos::mount::hydrate_islands`].
///
/// Leptos leaves the owner of the last island current, so that the next one on the page would find that one's context.
/// With this, an island finds the context of the islands around it and of no other.
pub fn hydrate_islands() {
    leptos::mount::hydrate_islands();
    ROOT.set(Owner::current());
}

/// Makes the root the current owner. For the loader.
#[wasm_bindgen]
pub fn leptos_wake_root() {
    ROOT.with_borrow(|root| {
        if let Some(root) = root {
            root.set();
        }
    });
}
