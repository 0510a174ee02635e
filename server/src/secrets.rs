//! Secrets: made at the first start, kept in the data folder, readable by its owner only.

use domain::{SESSION_LIFETIME, SigningKeys};
use rand::RngExt;
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

const FILE: &str = "secrets.json";

/// What nobody else may know.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Secrets {
    /// Sign sessions and opened links; the newest first, which alone signs.
    signing_keys: Vec<SigningKey>,
    /// The built-in store's key pair, for the program itself and for S3 clients.
    pub(crate) storage_access_key: String,
    pub(crate) storage_secret_key: String,
}

#[derive(Clone, Serialize, Deserialize)]
struct SigningKey {
    id: String,
    /// 64 hexadecimal digits.
    key: String,
    /// Unix seconds.
    made: i64,
}

fn random(length: usize) -> String {
    let mut rng = rand::rng();
    (0..length).map(|_| char::from(b"0123456789abcdef"[rng.random_range(0..16)])).collect()
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(since).unwrap_or(i64::MAX)
}

impl SigningKey {
    fn make(now: i64) -> Self {
        Self { id: random(8), key: random(64), made: now }
    }
}

/// Puts a new signing key into a data folder's secrets. Older keys that may have signed a session still living stay,
/// so that nobody is signed out; answers how many. Running programs take the new key at their next start.
pub fn rotate_keys(data: &Path) -> io::Result<usize> {
    let mut secrets = Secrets::read(data)?;
    let kept = secrets.rotate(now());
    secrets.write(data)?;
    Ok(kept)
}

impl Secrets {
    /// Reads the secrets of a data folder, making them if there are none.
    pub(crate) fn open(data: &Path) -> io::Result<Self> {
        match Self::read(data) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let secrets = Self {
                    signing_keys: vec![SigningKey::make(now())],
                    storage_access_key: random(20),
                    storage_secret_key: random(40),
                };
                secrets.write(data)?;
                Ok(secrets)
            }
            read => read,
        }
    }

    /// The keys as the library takes them.
    pub(crate) fn signing_keys(&self) -> io::Result<SigningKeys> {
        let keys = self.signing_keys.iter().map(|key| (key.id.as_str(), key.key.as_bytes()));
        SigningKeys::new(keys).ok_or_else(|| io::Error::other(format!("{FILE} holds no signing key")))
    }

    fn read(data: &Path) -> io::Result<Self> {
        Ok(serde_json::from_slice(&std::fs::read(data.join(FILE))?)?)
    }

    fn rotate(&mut self, now: i64) -> usize {
        self.signing_keys.insert(0, SigningKey::make(now));
        // A key signs no more once the next is there; when that one is older than any session, it has nothing left.
        let living = |pair: &&[SigningKey]| pair[0].made > now - SESSION_LIFETIME;
        let kept = self.signing_keys.windows(2).take_while(living).count();
        self.signing_keys.truncate(1 + kept);
        kept
    }

    /// Written aside and renamed: a crash leaves the secrets there were, or all of the new ones.
    fn write(&self, data: &Path) -> io::Result<()> {
        let aside = data.join("secrets.json.new");
        let _ = std::fs::remove_file(&aside);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&aside)?;
        file.write_all(&serde_json::to_vec_pretty(self)?)?;
        file.sync_all()?;
        std::fs::rename(&aside, data.join(FILE))?;
        File::open(data)?.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    const DAY: i64 = 24 * 60 * 60;

    fn ids(secrets: &Secrets) -> Vec<&str> {
        secrets.signing_keys.iter().map(|key| key.id.as_str()).collect()
    }

    #[test]
    fn secrets_stay_the_same_and_are_the_owner_s_alone() {
        let data = tempfile::tempdir().unwrap();
        let first = Secrets::open(data.path()).unwrap();
        let second = Secrets::open(data.path()).unwrap();
        assert_eq!(first.signing_keys[0].key, second.signing_keys[0].key);
        assert_eq!(rotate_keys(data.path()).unwrap(), 1);
        let rotated = Secrets::open(data.path()).unwrap();
        assert_eq!(rotated.signing_keys[1].key, first.signing_keys[0].key, "what it signed still counts");
        assert_eq!(rotated.storage_secret_key, first.storage_secret_key);
        let mode = std::fs::metadata(data.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_key_goes_once_nothing_it_signed_can_live() {
        let mut secrets = Secrets {
            signing_keys: vec![SigningKey::make(0)],
            storage_access_key: String::new(),
            storage_secret_key: String::new(),
        };
        let first = secrets.signing_keys[0].id.clone();
        assert_eq!(secrets.rotate(100 * DAY), 1, "it signed until now, however old it is");
        assert_eq!(secrets.rotate(129 * DAY), 2);
        assert!(ids(&secrets).contains(&first.as_str()));
        assert_eq!(secrets.rotate(131 * DAY), 2, "its last session ended a day ago");
        assert!(!ids(&secrets).contains(&first.as_str()));
        assert_eq!(secrets.rotate(400 * DAY), 1);
        assert!(secrets.signing_keys().is_ok());
    }

    #[test]
    fn there_is_nothing_to_rotate_before_the_first_start() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(rotate_keys(data.path()).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
