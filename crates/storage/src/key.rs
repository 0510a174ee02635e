//! Object keys.

use std::fmt;
use std::str::FromStr;

/// A checked object key: segments separated by `/`, at most 1024 bytes of UTF-8 (an S3 limit). There may be one more `/`
/// at the end: so clients name what stands for a folder, even an empty one.
///
/// Stricter than S3, which allows empty and dot segments that proxies and browsers rewrite, and control characters
/// that its own XML cannot carry. Ordered by UTF-8 bytes, as S3 orders listings.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

/// Why a name cannot be an object key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyProblem {
    /// It has no characters.
    #[error("it is empty")]
    Empty,
    /// It has more than [`Key::MAX_BYTES`] bytes.
    #[error("it is longer than {} bytes", Key::MAX_BYTES)]
    TooLong,
    /// It has a control character, or one that XML cannot carry.
    #[error("it has a control character")]
    Control,
    /// A segment is empty (a slash at the start, or two in a row), `.` or `..`.
    #[error("a part between slashes is empty, `.` or `..`")]
    Segment,
}

impl Key {
    /// The longest key, in bytes.
    pub const MAX_BYTES: usize = 1024;

    /// Checks a name and makes it a key.
    pub fn parse(name: impl Into<String>) -> Result<Self, KeyProblem> {
        let name = name.into();
        if name.is_empty() {
            return Err(KeyProblem::Empty);
        }
        if name.len() > Self::MAX_BYTES {
            return Err(KeyProblem::TooLong);
        }
        if name.chars().any(|c| c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}')) {
            return Err(KeyProblem::Control);
        }
        if name.strip_suffix('/').unwrap_or(&name).split('/').any(|segment| matches!(segment, "" | "." | "..")) {
            return Err(KeyProblem::Segment);
        }
        Ok(Self(name))
    }

    /// Whether it names what stands for a folder.
    pub fn is_folder(&self) -> bool {
        self.0.ends_with('/')
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Key {
    type Err = KeyProblem;

    fn from_str(name: &str) -> Result<Self, KeyProblem> {
        Self::parse(name)
    }
}

impl AsRef<str> for Key {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traversals_are_refused() {
        let attempts = [
            "..",
            ".",
            "../etc/passwd",
            "a/../../b",
            "a/..",
            "./a",
            "a/./b",
            "/a",
            "//a",
            "a//b",
            "a//",
            "../",
            "/",
            "../../../../../../../../etc/shadow",
        ];
        for attempt in attempts {
            assert_eq!(Key::parse(attempt), Err(KeyProblem::Segment), "{attempt:?}");
        }
    }

    #[test]
    fn control_characters_are_refused() {
        for attempt in ["a\0b", "a\nb", "\r", "a\u{7f}", "a\u{85}b", "a\u{FFFE}"] {
            assert_eq!(Key::parse(attempt), Err(KeyProblem::Control), "{attempt:?}");
        }
    }

    #[test]
    fn length_counts_bytes() {
        assert_eq!(Key::parse(""), Err(KeyProblem::Empty));
        assert!(Key::parse("x".repeat(1024)).is_ok());
        assert_eq!(Key::parse("x".repeat(1025)), Err(KeyProblem::TooLong));
        assert_eq!(Key::parse("山".repeat(342)), Err(KeyProblem::TooLong));
    }

    #[test]
    fn ordinary_and_odd_names_are_keys() {
        for name in
            ["a", "ri/h/1.jpg", "...", "a..b", "..a", "a/", "a/b/", "相册/春 天.png", "%2e%2e/a", "a\\b", "~", "-rf *"]
        {
            assert_eq!(Key::parse(name).as_ref().map(Key::as_str), Ok(name));
        }
    }

    #[test]
    fn order_is_by_bytes() {
        let mut keys = ["a/b", "a", "a0", "a!", "é", "B"].map(|name| Key::parse(name).unwrap());
        keys.sort();
        assert_eq!(keys.each_ref().map(Key::as_str), ["B", "a", "a!", "a/b", "a0", "é"]);
    }
}
