//! RPC methods: one server function each, which is also what islands and plain forms call.
//!
//! A method turns its input into checked [`model`] types, calls one function of the library with the viewer, and
//! answers. It decides nothing about access. Field names are those of the contract, in camelCase.

pub mod access_key;
pub mod administration;
#[cfg(feature = "ssr")]
mod caller;
pub mod comment;
pub mod discover;
mod error;
pub mod folder;
#[cfg(feature = "ssr")]
mod form_fields;
pub mod gallery;
pub mod image;
pub mod invitation;
#[cfg(feature = "ssr")]
mod method;
#[cfg(feature = "ssr")]
mod methods;
#[cfg(feature = "ssr")]
pub mod openrpc;
pub mod search;
pub mod settings;
pub mod share;
pub mod tag;
pub mod token;
pub mod user;

pub use access_key::{access_key_create, access_key_list, access_key_revoke};
pub use administration::{user_list, user_set_quota, user_set_role, user_suspend};
#[cfg(feature = "ssr")]
pub use caller::{Caller, LINKS_COOKIE, SECURE_LINKS_COOKIE, SECURE_SESSION_COOKIE, SESSION_COOKIE};
pub use comment::{comment_add, comment_delete, comment_edit, comment_list};
pub use discover::rpc_discover;
pub use error::{ERROR_KINDS, ErrorKind, RpcError};
pub use folder::{folder_create, folder_delete, folder_list, folder_update};
pub use gallery::{
    gallery_add_images, gallery_create, gallery_delete, gallery_get, gallery_list_mine, gallery_list_public,
    gallery_move_images, gallery_remove_images, gallery_reorder, gallery_set_cover, gallery_set_order, gallery_update,
};
pub use image::{
    image_confirm_upload, image_delete, image_delete_many, image_favourite, image_generate_upload_url,
    image_generate_view_url, image_get_metadata, image_import, image_like, image_list_favourites, image_list_mine,
    image_update, image_update_many,
};
pub use invitation::{invitation_create, invitation_list, invitation_revoke};
#[cfg(feature = "ssr")]
pub use method::{Cached, Method, PREFIX};
#[cfg(feature = "ssr")]
pub use methods::{find, methods};
pub use search::search_pictures;
pub use settings::{settings_get, settings_update};
pub use share::{share_create, share_list, share_revoke, share_unlock};
pub use tag::{tag_list, tag_pictures};
pub use token::{token_create, token_list, token_revoke};
pub use user::{
    user_change_password, user_delete, user_end_other_sessions, user_end_session, user_export, user_list_sessions,
    user_login, user_logout, user_me, user_register, user_update,
};
