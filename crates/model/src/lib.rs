//! Plain types that cross the wire: ids, checked text, and what the library answers.
//!
//! No I/O. Builds for the server and for the browser. JSON names are camelCase, times are Unix seconds,
//! sizes are bytes, widths and heights are pixels as shown (after EXIF orientation).

mod access_key;
mod account;
mod comment;
mod export;
mod folder;
mod gallery;
mod hotlinks;
mod id;
mod invalid;
mod invitation;
mod picture;
mod picture_types;
mod random;
mod session;
mod settings;
mod share;
mod tag;
mod text;
mod token;
mod upload;
mod user;
mod variant;
mod variant_options;

pub use access_key::{AccessKey, AccessKeyDraft, AccessKeys, CreatedAccessKey, Right};
pub use account::{Account, Accounts};
pub use comment::{AddedComment, Comment, CommentCount, CommentPage};
pub use export::{Export, ExportedComment, ExportedGallery, ExportedMark, ExportedPicture};
pub use folder::{Folder, FolderDraft, FolderGalleries, FolderPath, Folders, RefusedFile};
pub use gallery::{
    Added, CreatedGallery, Gallery, GalleryCard, GalleryDraft, GalleryList, GalleryPage, Moved, OwnGalleries,
};
pub use hotlinks::Hotlinks;
pub use id::{AccessKeyId, CommentId, GalleryId, ImageId, InvitationId, SessionId, ShareId, TokenId, UserId};
pub use invalid::{FieldProblem, Invalid};
pub use invitation::{CreatedInvitation, Invitation, Invitations, LONGEST_INVITATION};
pub use picture::{
    Camera, ChangedPictures, DeletedPictures, Favourite, Likes, Picture, PictureChange, PicturePage, TagsChange, Thumb,
    VariantUrl, ViewUrl,
};
pub use picture_types::{NOT_TAKEN, PICTURE_TYPES, PictureType, pictures_taken};
pub use random::{Among, Chosen, RandomAnswer, RandomRequest, RandomSource, Shape};
pub use session::{Ended, Session, Sessions};
pub use settings::{Language, RegistrationMode, SettingsChange, SiteSettings};
pub use share::{CreatedShare, LONGEST_SHARE, Share, ShareDraft, ShareTarget, Shares, Unlocked};
pub use tag::{TagCount, TagCounts, TagName};
pub use text::{
    AccessKeyName, CommentText, Description, Email, GalleryName, Password, SiteTitle, Tags, Title, TokenName, Username,
};
pub use token::{CreatedToken, LONGEST_TOKEN, Scope, Token, TokenDraft, Tokens};
pub use upload::{Confirmed, OwnPicture, OwnPictures, PictureCounts, UploadDraft, UploadState, UploadTicket, Usage};
pub use user::{
    Credentials, Downloads, PasswordChange, Profile, ProfileChange, Registered, Registration, Role, Success,
};
pub use variant::{
    DEFAULT_WIDTH, Fit, Gravity, PRESETS, PictureFormat, Preset, QUALITIES, Variant, WIDTHS, variant_path,
};
pub use variant_options::{LARGEST_SIDE, VariantOptions, VariantProblem, VariantRequest};
