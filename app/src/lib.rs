//! What people see and call.
//!
//! Compiled twice: with `ssr` for the server (pages, islands as HTML, RPC methods) and with `hydrate` for the
//! browser (what islands do).

#[cfg(feature = "ssr")]
mod assets;
mod browser;
pub mod components;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod rpc;
mod store;

#[cfg(feature = "ssr")]
pub use assets::Assets;
#[cfg(feature = "ssr")]
pub use leptos_wake::{LOADER, LOADER_NAME};
