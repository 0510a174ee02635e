//! Islands: the parts of a page that come alive in the browser. Everything works without them by plain forms.

mod comments;
mod photo_action_bar;
mod uploader;
pub mod uploads;

pub use comments::{Comments, RefusedChange};
pub use photo_action_bar::PhotoActionBar;
pub use uploader::Uploader;
