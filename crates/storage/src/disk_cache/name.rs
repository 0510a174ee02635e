//! How files are named: by the SHA-256 of their family, shortened, and of family and key together.

use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::{Path, PathBuf};

const FAMILY: usize = 8;
const LENGTH: usize = FAMILY + 20;

/// The name of a file: of its first byte a folder is made, so that none holds too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Name([u8; LENGTH]);

impl Name {
    pub fn new(family: &str, key: &str) -> Self {
        let mut name = [0; LENGTH];
        name[..FAMILY].copy_from_slice(&Sha256::digest(family)[..FAMILY]);
        // The first part alone is short enough for two families to meet in it. No family has the byte between: nothing
        // moves from the one to the other.
        let both = Sha256::new().chain_update(family).chain_update([0_u8]).chain_update(key).finalize();
        name[FAMILY..].copy_from_slice(&both[..LENGTH - FAMILY]);
        Self(name)
    }

    /// Reads a file name; `None` if it is not one of ours.
    pub fn read(text: &str) -> Option<Self> {
        let is_hex = |digit: u8| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != LENGTH * 2 || !text.bytes().all(is_hex) {
            return None;
        }
        let mut name = [0; LENGTH];
        for (byte, digits) in name.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        Some(Self(name))
    }

    pub fn path(&self, folder: &Path) -> PathBuf {
        let mut text = String::with_capacity(LENGTH * 2);
        for byte in self.0 {
            let _ = write!(text, "{byte:02x}");
        }
        folder.join(&text[..2]).join(&text)
    }

    pub fn is_kin_of(&self, other: Self) -> bool {
        self.0[..FAMILY] == other.0[..FAMILY]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_back_and_nothing_else_is_one() {
        let name = Name::new("picture", "width=320");
        let path = name.path(Path::new("cache"));
        let text = path.file_name().unwrap().to_str().unwrap();
        assert_eq!(Name::read(text), Some(name));
        assert_eq!(path.parent().unwrap(), Path::new("cache").join(&text[..2]));
        for foreign in ["", "draft-x", &text[1..], &text.to_uppercase(), &format!("{text}0")] {
            assert_eq!(Name::read(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn kin_are_those_of_one_family() {
        let name = Name::new("a", "1");
        assert!(name.is_kin_of(Name::new("a", "2")) && !name.is_kin_of(Name::new("b", "1")));
        assert_ne!(name, Name::new("a", "2"));
    }

    #[test]
    fn families_whose_hashes_meet_share_no_files() {
        let key = |family, key| Name::new(family, key).0[FAMILY..].to_vec();
        assert_ne!(key("a", "1"), key("b", "1"));
        assert_ne!(key("a", "b1"), key("ab", "1"));
        assert_eq!(key("a", "1"), key("a", "1"));
    }
}
