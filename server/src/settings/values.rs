//! What a setting can be, and how it is written.

use std::str::FromStr;

/// Where originals are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageKind {
    /// In the data folder, and served as S3 on the site's own address.
    BuiltIn,
    /// In a bucket of Cloudflare R2 or any S3.
    S3,
}

impl FromStr for StorageKind {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "builtin" => Ok(Self::BuiltIn),
            "s3" => Ok(Self::S3),
            _ => Err("write builtin or s3"),
        }
    }
}

/// Where what is short-lived is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyValuesKind {
    /// In memory and the database: for one server.
    BuiltIn,
    /// In a Redis or Valkey that several servers share.
    Redis,
}

impl FromStr for KeyValuesKind {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "builtin" => Ok(Self::BuiltIn),
            "redis" => Ok(Self::Redis),
            _ => Err("write builtin or redis"),
        }
    }
}

/// A number of bytes, as `250`, `100 MB` or `2GB` (decimal).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes(pub u64);

impl FromStr for Bytes {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim().to_ascii_uppercase();
        let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).trim_end();
        let factor = match text[digits.len()..].trim() {
            "" | "B" => 1,
            "KB" => 1_000,
            "MB" => 1_000_000,
            "GB" => 1_000_000_000,
            "TB" => 1_000_000_000_000,
            _ => return Err("write a number of bytes, such as 100MB or 2GB"),
        };
        let number: u64 = digits.parse().map_err(|_| "write a number of bytes, such as 100MB or 2GB")?;
        number.checked_mul(factor).map(Self).ok_or("this number is too large")
    }
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switch(pub bool);

impl FromStr for Switch {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "on" | "true" | "yes" | "1" => Ok(Self(true)),
            "off" | "false" | "no" | "0" => Ok(Self(false)),
            _ => Err("write on or off"),
        }
    }
}

/// A setting that may be left empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maybe<T>(pub Option<T>);

impl<T: FromStr> FromStr for Maybe<T> {
    type Err = T::Err;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() { Ok(Self(None)) } else { text.parse().map(|value| Self(Some(value))) }
    }
}
