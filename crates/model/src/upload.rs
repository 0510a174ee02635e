//! Uploads: a ticket, the bytes straight to storage, a confirmation.

use crate::{ImageId, Invalid, NOT_TAKEN, PictureType, Thumb, pictures_taken};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The most characters of a declared type.
const LONGEST_TYPE: usize = 200;

/// A checked wish to upload a file.
#[derive(Clone, Debug)]
pub struct UploadDraft {
    /// The file's own name, without folders; becomes the title.
    pub filename: String,
    /// One of the types taken.
    pub content_type: &'static str,
    /// The `Content-Type` that the bytes are sent with: the declared type as it was written or, where none was, the one
    /// that the name tells.
    pub sent_as: String,
    /// How files of this type end, without the dot.
    pub ending: &'static str,
    /// Bytes, if the client says so beforehand.
    pub size: Option<u64>,
}

impl UploadDraft {
    /// Checks name and declared type; where no type is declared, the name's end tells it. What the bytes really are
    /// is looked at when they are there.
    pub fn parse(filename: &str, content_type: &str, size: Option<u64>) -> Result<Self, Invalid> {
        let name = filename.rsplit(['/', '\\']).next().unwrap_or_default().trim();
        let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
        let declared = content_type.trim();
        match (name.is_empty(), kind(&name, declared)) {
            (false, Ok(kind)) => Ok(Self {
                filename: name,
                content_type: kind.content_type,
                sent_as: if declared.is_empty() { kind.content_type.to_owned() } else { declared.to_owned() },
                ending: kind.ending(),
                size,
            }),
            (unnamed, kind) => {
                let invalid = Invalid::default().and("filename", unnamed.then_some("Give the file a name."));
                Err(invalid.and("contentType", kind.err()))
            }
        }
    }
}

/// The kind a file is said to be, or why it cannot be uploaded.
fn kind(filename: &str, declared: &str) -> Result<&'static PictureType, String> {
    let kind = PictureType::declared(filename, declared)
        .ok_or_else(|| format!("This is not a picture Tuku takes: use {}. {NOT_TAKEN}", pictures_taken()))?;
    // It becomes a header's value.
    let is_plain = declared.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_plain && declared.len() <= LONGEST_TYPE {
        Ok(kind)
    } else {
        Err(format!("Declare the type in at most {LONGEST_TYPE} characters of ASCII, such as {}.", kind.content_type))
    }
}

/// `image.generateUploadUrl` answers this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct UploadTicket {
    /// PUT the bytes here.
    pub upload_url: String,
    /// The `Content-Type` that the PUT has to carry: the declared type as it was written or, where none was declared,
    /// the one that files of this ending have.
    pub content_type: String,
    /// The picture that will be.
    pub asset_id: ImageId,
    /// Seconds until the address stops working.
    pub expires_in: u64,
}

/// Where an upload stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UploadState {
    /// The bytes are not there yet.
    Pending,
    /// It is a picture of the library.
    Completed,
    /// It was refused.
    Failed,
}

impl UploadState {
    /// As kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }
}

/// `image.confirmUpload` answers this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Confirmed {
    /// Where it stands now.
    pub state: UploadState,
    /// Why it was refused, as a sentence.
    pub reason: Option<String>,
    /// The picture, when completed.
    pub picture: Option<Thumb>,
}

/// What a member has stored and may store, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Usage {
    /// Bytes of completed pictures and of uploads under way that told their size.
    pub used: u64,
    /// The most this member may store; absent without a limit.
    pub quota: Option<u64>,
    /// The most one file may have.
    pub largest_file: u64,
}

impl Usage {
    /// Bytes left; `u64::MAX` without a limit.
    pub fn left(&self) -> u64 {
        self.quota.map_or(u64::MAX, |quota| quota.saturating_sub(self.used))
    }
}

/// How many pictures a member has in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PictureCounts {
    /// Bytes not there yet.
    pub pending: u64,
    /// In the library.
    pub completed: u64,
    /// Refused.
    pub failed: u64,
}

/// A picture as its owner's lists show it, whatever became of its upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnPicture {
    /// Width and height are 0 until completed.
    #[serde(flatten)]
    pub thumb: Thumb,
    /// As uploaded.
    pub filename: String,
    /// Where the upload stands.
    pub state: UploadState,
    /// Why it failed, as a sentence.
    pub reason: Option<String>,
    /// Its size.
    pub bytes: u64,
    /// Whether anyone may see it.
    pub is_public: bool,
    /// Unix seconds.
    pub created_at: i64,
}

/// One page of a member's own pictures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnPictures {
    /// The newest first.
    pub pictures: Vec<OwnPicture>,
    /// Gives the page after this one; absent on the last.
    pub next_cursor: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_taken_by_its_name_alone_and_a_known_type() {
        let draft = UploadDraft::parse(r"C:\photos\a/海.jpg", "image/JPEG", None).unwrap();
        assert_eq!((draft.filename.as_str(), draft.content_type), ("海.jpg", "image/jpeg"));
        let draft = UploadDraft::parse("IMG_1.HEIC", "", None).unwrap();
        assert_eq!((draft.content_type, draft.ending), ("image/heic", "heic"));
        let invalid = UploadDraft::parse("", "text/html", None).unwrap_err();
        assert!(invalid.reason("filename").is_some() && invalid.reason("contentType").is_some());
    }

    #[test]
    fn a_file_is_sent_as_it_was_declared() {
        for (content_type, sent_as) in [
            ("image/jpeg", "image/jpeg"),
            ("application/octet-stream", "application/octet-stream"),
            (" IMAGE/JPG; q=1 ", "IMAGE/JPG; q=1"),
            ("", "image/jpeg"),
        ] {
            let draft = UploadDraft::parse("a.jpg", content_type, None).unwrap();
            assert_eq!((draft.content_type, draft.sent_as.as_str()), ("image/jpeg", sent_as));
        }
        let long = format!("image/jpeg;{}", "x".repeat(LONGEST_TYPE));
        for content_type in ["image/jpeg; name=海", "image/jpeg;\r\nX: y", &long] {
            let invalid = UploadDraft::parse("a.jpg", content_type, None).unwrap_err();
            assert!(invalid.reason("contentType").is_some_and(|reason| reason.contains("ASCII")), "{content_type}");
        }
    }
}
