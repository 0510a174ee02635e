//! What the library does: users, images, galleries, comments, and who may see what. Owns the SQL.
//!
//! Knows no HTTP and no Leptos. Every method takes the [`Viewer`] who asks and answers with types of [`model`]
//! or an [`Error`]; every read of a picture or gallery goes through [`access`].

pub mod access;
mod account_deletion;
mod accounts;
mod administration;
mod bulk;
mod cached_reads;
mod changes;
mod clock;
mod comments;
mod covers;
mod cursors;
pub mod database;
mod deletion;
mod error;
mod export;
mod favourites;
mod galleries;
mod gallery_order;
mod gallery_pictures;
mod id_lists;
mod ids;
mod inspection;
mod invitations;
mod key_values;
mod library;
mod likes;
mod own_pictures;
mod own_sessions;
mod passwords;
mod pictures;
mod rates;
mod search;
mod search_words;
mod sessions;
mod setup;
mod share_links;
mod signing_keys;
mod site_settings;
mod tags;
mod tokens;
mod uploads;
mod users;
mod variants;

pub use access::{Member, Needs, Proof, Shared, Viewer};
pub use cached_reads::CachedRead;
pub use changes::{Changed, Topic};
pub use database::{Database, Statement, statements};
pub use error::{Error, Result};
pub use key_values::EmbeddedKeyValues;
pub use library::{Library, Limits, Parts};
pub use sessions::{SESSION_LIFETIME, SignedIn};
pub use share_links::{LINKS_LIFETIME, OpenedShare};
pub use signing_keys::SigningKeys;
pub use users::Admission;
pub use variants::{OpenVariant, Output};
