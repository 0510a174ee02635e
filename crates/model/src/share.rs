//! Share links: whoever holds one sees what it is for.

use crate::{GalleryId, ImageId, Invalid, Password, ShareId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest a share link may work, in seconds: ten years. One without an end works until it is revoked.
pub const LONGEST_SHARE: u64 = 10 * 365 * 24 * 60 * 60;

/// What a share link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareTarget {
    /// One picture.
    Image(ImageId),
    /// A gallery, and so the pictures in it.
    Gallery(GalleryId),
}

/// A checked wish for a share link.
#[derive(Clone, Debug)]
pub struct ShareDraft {
    /// What it opens.
    pub target: ShareTarget,
    /// What whoever holds it has to type first.
    pub password: Option<Password>,
    /// After how many seconds it ends, 1 to [`LONGEST_SHARE`]; never if absent.
    pub expires_in: Option<u64>,
}

impl ShareDraft {
    /// Checks everything together. An empty password is none, as an unfilled field sends it.
    pub fn parse(
        image: Option<ImageId>,
        gallery: Option<GalleryId>,
        password: Option<&str>,
        expires_in: Option<u64>,
    ) -> Result<Self, Invalid> {
        let target = match (image, gallery) {
            (Some(image), None) => Ok(ShareTarget::Image(image)),
            (None, Some(gallery)) => Ok(ShareTarget::Gallery(gallery)),
            (Some(_), Some(_)) => Err("A link opens a picture or a gallery: name one of them."),
            (None, None) => Err("Name a picture or a gallery to share."),
        };
        let password = password.filter(|typed| !typed.is_empty()).map(Password::parse).transpose();
        let fits = expires_in.is_none_or(|seconds| (1..=LONGEST_SHARE).contains(&seconds));
        match (target, password, fits) {
            (Ok(target), Ok(password), true) => Ok(Self { target, password, expires_in }),
            (target, password, fits) => Err(Invalid::default()
                .and("imageId", target.err())
                .and("password", password.err())
                .and("expiresIn", (!fits).then_some("A link works for 1 second to 10 years."))),
        }
    }
}

/// `share.create` answers this: the only time the link is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreatedShare {
    /// Names the link, to revoke it.
    pub share_id: ShareId,
    /// The link itself. Only its SHA-256 is kept, so that it cannot be told again.
    pub url: String,
}

/// A share link as lists show it; the link itself is not told again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Share {
    /// Names the link.
    pub id: ShareId,
    /// The picture it opens, if it opens one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_id: Option<ImageId>,
    /// The gallery it opens, if it opens one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gallery_id: Option<GalleryId>,
    /// The picture's title, which may be empty, or the gallery's name.
    pub name: String,
    /// Whether a password is asked for.
    pub has_password: bool,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds; absent if it works until it is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
}

/// `share.list` answers this: the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Shares {
    /// At most 100.
    pub shares: Vec<Share>,
    /// Give it back as `cursor` for those that follow; absent at the end.
    pub next_cursor: Option<String>,
}

/// `share.unlock` answers this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unlocked {
    /// The page that is open now: `/gallery/{slug}` or `/photos/{id}`.
    pub path: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_opens_one_thing() {
        let (image, gallery) = (ImageId::parse("a"), GalleryId::parse("b"));
        let draft = ShareDraft::parse(None, gallery.clone(), Some(""), None).unwrap();
        assert!(draft.password.is_none() && draft.target == ShareTarget::Gallery(gallery.clone().unwrap()));
        for (image, gallery) in [(None, None), (image, gallery)] {
            let invalid = ShareDraft::parse(image, gallery, Some("short"), Some(0)).unwrap_err();
            let named: Vec<_> = invalid.0.iter().map(|problem| problem.field.as_str()).collect();
            assert_eq!(named, ["imageId", "password", "expiresIn"]);
        }
    }
}
