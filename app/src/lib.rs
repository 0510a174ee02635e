//! What people see and call.
//!
//! Compiled twice: with `ssr` for the server (pages, islands as HTML, RPC methods) and with `hydrate` for the
//! browser (islands, and the client halves of the methods).

#[cfg(feature = "ssr")]
mod assets;
pub mod components;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod rpc;
pub mod store;

#[cfg(feature = "ssr")]
pub use assets::Assets;
#[cfg(feature = "ssr")]
pub use leptos_wake::{LOADER, LOADER_NAME};
