//! What a setting can be, and how it is written.

use http::uri::PathAndQuery;
use model::{Hotlinks, RandomRequest};
use std::str::FromStr;
use url::form_urlencoded;

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
/// Hosts, separated by commas, without ports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts(pub Vec<String>);

impl FromStr for Hosts {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hosts = text.split(',').map(str::trim).filter(|host| !host.is_empty());
        hosts
            .map(|host| is_host(host).then(|| host.to_owned()).ok_or("write hosts alone, such as photos.example.com"))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// Hosts that stand for addresses of random pictures: `hpic=/random/landscape`, separated by commas. One without a dot
/// is the first label of any host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RandomHosts(pub Vec<(String, PathAndQuery)>);

impl RandomHosts {
    /// What a host stands for.
    pub fn of(&self, host: &str) -> Option<&PathAndQuery> {
        let label = host.split_once('.').map(|(label, _)| label);
        let named = |name: &str| match name.contains('.') {
            true => name.eq_ignore_ascii_case(host),
            false => label.is_some_and(|label| name.eq_ignore_ascii_case(label)),
        };
        self.0.iter().find(|(name, _)| named(name)).map(|(_, target)| target)
    }
}

impl FromStr for RandomHosts {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        let parsed = entries.map(|entry| {
            let (host, target) = entry.split_once('=').ok_or("write host=/random/landscape, separated by commas")?;
            if !is_host(host) {
                return Err(format!("“{host}” is no host"));
            }
            Ok((host.to_owned(), random_address(target)?))
        });
        parsed.collect::<Result<_, _>>().map(Self)
    }
}

fn is_host(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'[' | b']' | b':');
    !text.is_empty() && text.bytes().all(is_part)
}

/// Which other sites may show pictures.
#[derive(Clone, Debug)]
pub struct HotlinkRule(pub Hotlinks);

impl FromStr for HotlinkRule {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let rule = Hotlinks::parse(text).map_err(|problem| problem.trim_end_matches('.').to_owned())?;
        Ok(Self(rule.unwrap_or(Hotlinks::Everyone)))
    }
}

/// An address below `/random` that answers something.
fn random_address(text: &str) -> Result<PathAndQuery, String> {
    let unknown = || format!("“{text}” is no address of random pictures, such as /random/landscape?gallery=sea");
    let target: PathAndQuery = text.parse().map_err(|_| unknown())?;
    let below = target.path().strip_prefix("/random").ok_or_else(unknown)?;
    let asked = RandomRequest::parse(below, form_urlencoded::parse(target.query().unwrap_or_default().as_bytes()));
    asked.ok_or_else(unknown)?.map_err(|problem| problem.trim_end_matches('.').to_owned())?;
    Ok(target)
}
