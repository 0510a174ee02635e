//! What islands do in the browser: to the page around them, to the server, and for other tabs.
//!
//! Compiled for the server too, where nothing of it runs. Whatever takes a closure boxes it at once, so that each
//! island adds its own few steps to the WebAssembly and not a copy of these.

pub(crate) mod clipboard;
pub(crate) mod forms;
pub(crate) mod markup;
pub(crate) mod menus;
pub(crate) mod requests;
pub(crate) mod tabs;
