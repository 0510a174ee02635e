//! Access keys: what S3 clients sign with, and which part of the bucket they reach.

use crate::{AccessKeyId, AccessKeyName, FolderPath, Invalid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What an access key lets its holder do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Right {
    /// List and read.
    Read,
    /// Store and remove.
    Write,
}

impl Right {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Read, Self::Write];

    /// As written in lists.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

/// A checked wish for an access key.
#[derive(Clone, Debug)]
pub struct AccessKeyDraft {
    /// Tells it from others.
    pub name: AccessKeyName,
    /// What it reaches; the member's own folder if absent.
    pub folder: Option<FolderPath>,
    /// At least one, each once.
    pub rights: Vec<Right>,
}

impl AccessKeyDraft {
    /// Checks everything together. A right named twice counts once; an empty folder is none.
    pub fn parse(name: &str, folder: &str, rights: &[Right]) -> Result<Self, Invalid> {
        let rights: Vec<_> = Right::ALL.into_iter().filter(|right| rights.contains(right)).collect();
        let folder = Some(folder.trim()).filter(|folder| !folder.is_empty()).map(FolderPath::parse).transpose();
        match (AccessKeyName::parse(name), folder, rights.is_empty()) {
            (Ok(name), Ok(folder), false) => Ok(Self { name, folder, rights }),
            (name, folder, nothing) => Err(Invalid::default()
                .and("name", name.err())
                .and("folder", folder.err())
                .and("rights", nothing.then_some("Choose at least one thing that the key may do."))),
        }
    }
}

/// `accessKey.create` answers this: the only time the secret is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreatedAccessKey {
    /// What clients call the access key id. It also names the key, to revoke it.
    pub access_key: AccessKeyId,
    /// What they call the secret access key. It is not kept, and cannot be told again.
    pub secret_key: String,
    /// The address to give clients: the endpoint.
    pub endpoint: String,
    /// The bucket to give clients.
    pub bucket: String,
    /// What every name begins with that the key reaches.
    pub folder: String,
}

/// An access key as lists show it; its secret is not told again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccessKey {
    /// What clients show openly.
    pub access_key: AccessKeyId,
    /// As it was given.
    pub name: String,
    /// What every name begins with that it reaches.
    pub folder: String,
    /// What it may do.
    pub rights: Vec<Right>,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds, to the minute; absent if it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<i64>,
}

/// `accessKey.list` answers this: the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AccessKeys {
    /// At most 50.
    pub access_keys: Vec<AccessKey>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_a_name_a_folder_and_something_to_do() {
        let invalid = AccessKeyDraft::parse(" ", "a//b", &[]).unwrap_err();
        assert!(["name", "folder", "rights"].iter().all(|field| invalid.reason(field).is_some()));
        let draft = AccessKeyDraft::parse("backup", " ", &[Right::Write, Right::Write]).unwrap();
        assert_eq!((draft.folder, draft.rights), (None, vec![Right::Write]));
    }
}
