//! What requests to an S3 store are signed with.

use std::fmt;

/// An access key and its secret.
#[derive(Clone)]
pub struct KeyPair {
    /// What a client shows openly.
    pub access_key: String,
    /// What it signs with.
    pub secret_key: String,
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").field("access_key", &self.access_key).finish_non_exhaustive()
    }
}
