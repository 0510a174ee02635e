//! Who signs requests to the built-in store, besides the program that keeps it.

use async_trait::async_trait;

use crate::{Key, ObjectInfo, Result};

/// What an access key lets its holder do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// What clients show openly.
    pub access_key: String,
    /// What they sign with.
    pub secret_key: String,
    /// What every key begins with that they reach; empty, or it ends in a slash.
    pub prefix: String,
    /// Whether they may read and list.
    pub reads: bool,
    /// Whether they may store and remove.
    pub writes: bool,
}

impl Grant {
    /// Whether the holder reaches this key, or a folder of it.
    pub fn covers(&self, key: &str) -> bool {
        key.starts_with(&self.prefix)
    }
}

/// The access keys that the [`endpoint()`](crate::endpoint()) takes, and who is told of what their holders do.
#[async_trait]
pub trait Keyring: Send + Sync {
    /// What an access key stands for; `None` if nobody holds it, or may use it no longer.
    async fn grant(&self, access_key: &str) -> Result<Option<Grant>>;

    /// How many bytes its holder may store besides what there is.
    async fn room(&self, access_key: &str) -> Result<u64>;

    /// A holder has stored an object, perhaps in place of another.
    async fn stored(&self, object: &ObjectInfo) -> Result<()>;

    /// A holder has removed what had this key, if anything had.
    async fn removed(&self, key: &Key) -> Result<()>;
}
