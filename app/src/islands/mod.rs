//! Islands: the parts of a page that come alive in the browser. Everything works without them by plain forms and links.
//!
//! An island has two halves. What is seen is rendered by the server alone: ordinary components, handed to the island as
//! its children, which are not compiled to WebAssembly. What is done is a function that is given the element around
//! them when the island wakes ([`alive`]): it listens to presses and forms there, asks the server, and lets what
//! the page shows follow the [store](crate::store). So that an island costs its few steps to download, and no copy of
//! the markup.
//!
//! In the workbench, which has no server, islands are components: only so are their children rendered.
//!
//! [`alive`]: crate::browser::markup::alive

mod account_menu;
mod comments;
mod copy_buttons;
mod gallery_order;
mod photo_action_bar;
mod uploader;

pub use account_menu::{Account, AccountMenu};
pub use comments::{Comments, Discussion, RefusedChange};
pub use copy_buttons::CopyButtons;
pub use gallery_order::GalleryOrder;
pub use photo_action_bar::{GalleryChoice, PhotoActionBar, PhotoActions};
pub use uploader::{UploadForm, Uploader};
