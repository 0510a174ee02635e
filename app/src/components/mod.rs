//! Pieces that pages and islands are made of: plain props and model types, for server and browser alike.
//!
//! Every class of the style sheet is written inside a component; pages name components.

mod address;
mod button;
mod choice;
mod empty_state;
mod field;
mod figures;
mod gallery_card;
mod icon;
mod layout;
mod notice;
mod pagination;
mod photo_grid;
mod picture;
mod plain_form;
mod reference;
mod time;
mod wake;

pub use address::{local, sign_in_path};
pub use button::{Button, ButtonLink, Kind};
pub use choice::{Checkbox, Select};
pub use empty_state::EmptyState;
pub(crate) use field::{ERROR, INPUT, LABEL};
pub use field::{TextArea, TextField};
pub use figures::{bytes, counted, exact, short};
pub use gallery_card::{GalleryCard, GalleryCards};
pub use icon::{Glyph, Icon};
pub use layout::{Frame, Heading, Section, SiteFooter, SiteHeader, Width};
pub use notice::Notice;
pub use pagination::{Older, Pagination};
pub use photo_grid::{PhotoGrid, PictureChoices};
pub use picture::{FittedPicture, PictureImage};
pub use plain_form::{HiddenMethod, HiddenValue, PlainForm};
pub use reference::{Caption, CodeBlock, Contents, Entry, Fold, Prose, Term, Terms, TextLink, Worded};
pub use time::{Time, date, now, relative};
pub use wake::{Wake, When};
