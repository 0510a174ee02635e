//! RPC methods: one server function each, which is also what islands and plain forms call.
//!
//! A method turns its input into checked [`model`] types, calls one function of the library with the viewer, and
//! answers. It decides nothing about access. Field names are those of the contract, in camelCase.

#[cfg(feature = "ssr")]
mod caller;
pub mod comment;
mod error;
pub mod gallery;
pub mod image;
#[cfg(feature = "ssr")]
mod methods;
pub mod user;

#[cfg(feature = "ssr")]
pub use caller::{Caller, SECURE_SESSION_COOKIE, SESSION_COOKIE};
pub use comment::{comment_add, comment_list};
pub use error::RpcError;
pub use gallery::{
    gallery_add_images, gallery_create, gallery_delete, gallery_list_public, gallery_remove_images, gallery_update,
};
pub use image::{
    image_confirm_upload, image_delete, image_generate_upload_url, image_generate_view_url, image_get_metadata,
    image_like, image_update,
};
#[cfg(feature = "ssr")]
pub use methods::{CallError, Method, PREFIX, find, methods};
pub use user::{user_login, user_logout, user_register};
