//! Plain types that cross the wire: ids, checked text, and what the library answers.
//!
//! No I/O. Builds for the server and for the browser. JSON names are camelCase, times are Unix seconds,
//! sizes are bytes, widths and heights are pixels as shown (after EXIF orientation).

mod comment;
mod gallery;
mod id;
mod invalid;
mod picture;
mod text;
mod upload;
mod user;

pub use comment::{AddedComment, Comment, CommentPage};
pub use gallery::{Added, CreatedGallery, Gallery, GalleryCard, GalleryDraft, GalleryList, GalleryPage};
pub use id::{CommentId, GalleryId, ImageId, SessionId, UserId};
pub use invalid::{FieldProblem, Invalid};
pub use picture::{
    Camera, DEFAULT_WIDTH, Likes, Picture, PictureChange, QUALITIES, Thumb, Variant, VariantProblem, ViewUrl, WIDTHS,
    variant_path,
};
pub use text::{CommentText, Description, Email, GalleryName, Password, Tags, Title, Username};
pub use upload::{Confirmed, OwnPicture, OwnPictures, PictureCounts, UploadDraft, UploadState, UploadTicket, Usage};
pub use user::{Credentials, Registered, Registration, Role, Success};
