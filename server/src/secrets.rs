//! Secrets: made at the first start, kept in the data folder, readable by its owner only.

use rand::RngExt;
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

const FILE: &str = "secrets.json";

/// What nobody else may know.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Secrets {
    /// Signs sessions: 64 hexadecimal digits.
    pub(crate) signing_key: String,
    /// The built-in store's key pair, for the program itself and for S3 clients.
    pub(crate) storage_access_key: String,
    pub(crate) storage_secret_key: String,
}

fn random(length: usize) -> String {
    let mut rng = rand::rng();
    (0..length).map(|_| char::from(b"0123456789abcdef"[rng.random_range(0..16)])).collect()
}

impl Secrets {
    /// Reads the secrets of a data folder, making them if there are none.
    pub(crate) fn open(data: &Path) -> io::Result<Self> {
        let path = data.join(FILE);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(data),
            Err(error) => Err(error),
        }
    }

    fn make(data: &Path) -> io::Result<Self> {
        let secrets = Self { signing_key: random(64), storage_access_key: random(20), storage_secret_key: random(40) };
        // Written aside and renamed: a crash leaves either no secrets or all of them.
        let aside = data.join("secrets.json.new");
        let _ = std::fs::remove_file(&aside);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&aside)?;
        file.write_all(&serde_json::to_vec_pretty(&secrets)?)?;
        file.sync_all()?;
        std::fs::rename(&aside, data.join(FILE))?;
        File::open(data)?.sync_all()?;
        Ok(secrets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn secrets_stay_the_same_and_are_the_owner_s_alone() {
        let data = tempfile::tempdir().unwrap();
        let first = Secrets::open(data.path()).unwrap();
        let second = Secrets::open(data.path()).unwrap();
        assert_eq!(first.signing_key, second.signing_key);
        let mode = std::fs::metadata(data.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
