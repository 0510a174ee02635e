//! What the library does: users, images, galleries, comments, and who may see what. Owns the SQL.
//!
//! Knows no HTTP and no Leptos. Every method takes the [`Viewer`] who asks and answers with types of [`model`]
//! or an [`Error`]; every read of a picture or gallery goes through [`access`].

pub mod access;
mod clock;
mod comments;
mod covers;
pub mod database;
mod error;
mod galleries;
mod ids;
mod inspection;
mod library;
mod likes;
mod own_pictures;
mod pictures;
mod sessions;
mod setup;
mod tags;
mod uploads;
mod users;
mod variants;

pub use access::{Member, Viewer};
pub use database::{Database, Statement, statements};
pub use error::{Error, Result};
pub use library::{Library, Limits, Parts};
pub use sessions::{SESSION_LIFETIME, SignedIn, SigningKey};
pub use variants::{OpenVariant, Output};
