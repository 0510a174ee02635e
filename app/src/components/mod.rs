//! Pieces that pages and islands are made of: plain props and model types, for server and browser alike.
//!
//! Every class of the style sheet is written inside a component; pages name components.

mod action;
mod address;
mod button;
mod choice;
mod empty_state;
mod field;
mod figures;
mod gallery_card;
mod icon;
mod layout;
mod menu;
mod notice;
mod pagination;
mod photo_grid;
mod picture;
mod picture_wall;
mod plain_form;
mod reference;
mod rows;
mod search_box;
mod shown_once;
mod size_field;
mod tag_links;
mod time;

pub(crate) use action::{ACTION, ACTION_NAME, ACTIONS};
pub use address::{local, sign_in_path, tag_path, with_query};
pub use button::{Button, ButtonLink, Kind};
pub use choice::{Checkbox, Checkboxes, Select};
pub use empty_state::EmptyState;
pub(crate) use field::{ERROR, INPUT, LABEL};
pub use field::{Problem, TextArea, TextField};
pub use figures::{GIGABYTE, MEGABYTE, bytes, counted, exact, from_units, in_units, short};
pub use gallery_card::{GalleryCard, GalleryCards};
pub use icon::{Glyph, Icon};
pub(crate) use layout::LINK;
pub use layout::{Frame, Heading, Narrow, Said, Section, SiteFooter, SiteHeader, Width};
pub use leptos_wake::{Wake, When};
pub(crate) use menu::ITEM;
pub use menu::{Menu, MenuPlace};
pub use notice::{Done, Notice, Remark};
pub use pagination::{Older, Pagination};
pub use photo_grid::{Movable, PhotoGrid, PictureChoices};
pub use picture::{FittedPicture, PictureImage};
pub use picture_wall::PictureWall;
pub use plain_form::{HiddenMethod, HiddenValue, PlainForm};
pub use reference::{Caption, CodeBlock, Contents, Entry, Fold, Prose, Term, Terms, TextLink, Worded};
pub use rows::{Row, Rows, Weighty};
pub use search_box::SearchBox;
pub use shown_once::ShownOnce;
pub use size_field::SizeField;
pub use tag_links::TagLinks;
pub use time::{Time, date, now, relative};
