//! Folders of the bucket: whose pictures the files in them are.

use crate::{Invalid, Username};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest path of a folder, in bytes: a key has at most 1,024, and files in it have names as well.
const LONGEST: usize = 512;

/// Where the site keeps what is uploaded by browsers. Nothing there is a folder of anyone's.
const KEPT: [&str; 2] = ["originals", "incoming"];

/// A folder as the keys of its files begin: names with a slash behind each.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
pub struct FolderPath(String);

impl FolderPath {
    /// Reads what was typed, with or without slashes at its ends; the error is a sentence for who typed it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim().trim_matches('/');
        if text.is_empty() || text.split('/').any(|name| matches!(name, "" | "." | "..")) {
            return Err("Write a folder as names with a slash between them, such as photos/2024.".into());
        }
        if text.chars().any(char::is_control) {
            return Err("Remove the control characters from this folder.".into());
        }
        if text.len() > LONGEST {
            return Err(format!("A folder has at most {LONGEST} bytes."));
        }
        let first = text.split('/').next().unwrap_or_default();
        if KEPT.contains(&first) {
            return Err(format!("{first}/ is where the site keeps what browsers upload. Choose another folder."));
        }
        Ok(Self(format!("{text}/")))
    }

    /// With its last slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the other, or lies in it.
    pub fn is_within(&self, other: &str) -> bool {
        self.0.starts_with(other)
    }
}

impl TryFrom<String> for FolderPath {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<FolderPath> for String {
    fn from(path: FolderPath) -> String {
        path.0
    }
}

/// What galleries a folder's pictures hang in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FolderGalleries {
    /// In none.
    None,
    /// All in one, of the folder's name.
    One,
    /// Those of each folder in it in one of that name; what lies in the folder itself hangs nowhere.
    #[default]
    Each,
}

impl FolderGalleries {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Each, Self::One, Self::None];

    /// As kept in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::One => "one",
            Self::Each => "each",
        }
    }
}

/// A folder of the bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Folder {
    /// What the keys of its files begin with.
    pub path: String,
    /// Whose pictures they are.
    pub owner: String,
    /// What galleries they hang in.
    pub galleries: FolderGalleries,
    /// Whether galleries that are made for it are public at first.
    pub is_public: bool,
    /// How many of its files are pictures.
    pub pictures: u64,
    /// How many are none, or were refused.
    pub other_files: u64,
    /// Some of those, the newest first: at most 20.
    pub refused: Vec<RefusedFile>,
}

/// A file that did not become a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RefusedFile {
    /// Its key in the bucket.
    pub key: String,
    /// A sentence.
    pub reason: String,
}

/// `folder.list` answers this.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Folders {
    /// By path; at most 500.
    pub folders: Vec<Folder>,
}

/// A checked wish for a folder.
#[derive(Clone, Debug)]
pub struct FolderDraft {
    /// Where.
    pub path: FolderPath,
    /// Whose.
    pub owner: Username,
    /// What galleries its pictures hang in.
    pub galleries: FolderGalleries,
    /// Whether these are public at first.
    pub is_public: bool,
}

impl FolderDraft {
    /// Checks path and name together.
    pub fn parse(path: &str, owner: &str, galleries: FolderGalleries, is_public: bool) -> Result<Self, Invalid> {
        match (FolderPath::parse(path), Username::parse(owner)) {
            (Ok(path), Ok(owner)) => Ok(Self { path, owner, galleries, is_public }),
            (path, owner) => Err(Invalid::default().and("path", path.err()).and("owner", owner.err())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_names_with_a_slash_behind_each() {
        for (typed, kept) in [("ann", "ann/"), (" /ri/h/ ", "ri/h/"), ("照片/2024 夏", "照片/2024 夏/")] {
            assert_eq!(FolderPath::parse(typed).unwrap().as_str(), kept);
        }
        let long = "x".repeat(513);
        for typed in ["", "/", "a//b", "a/../b", ".", "a\u{7}b", "originals/a", "incoming", &long] {
            assert!(FolderPath::parse(typed).unwrap_err().ends_with('.'), "{typed:?}");
        }
        assert!(FolderPath::parse("a/b").unwrap().is_within("a/"));
        assert!(!FolderPath::parse("ab").unwrap().is_within("a/"));
    }
}
