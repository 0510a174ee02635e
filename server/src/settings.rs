//! Settings: by environment variable, by an optional file, each with a working default.
//!
//! `TUKU_MAX_FILE_BYTES` in the environment is `max_file_bytes` in the file. The environment wins.

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf, str::FromStr};
use url::Url;

/// Where the optional file is looked for, unless `TUKU_SETTINGS_FILE` says otherwise.
const FILE: &str = "tuku.toml";

/// A setting that cannot be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SettingsError(String);

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
            "on" | "true" | "yes" | "1" | "open" => Ok(Self(true)),
            "off" | "false" | "no" | "0" | "closed" => Ok(Self(false)),
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

struct Description {
    name: &'static str,
    default: &'static str,
    about: &'static str,
    secret: bool,
}

macro_rules! settings {
    ($($(#[secret = $secret:literal])? #[doc = $about:literal] $name:ident: $type:ty = $default:literal;)*) => {
        /// What the operator set.
        #[derive(Clone, Debug)]
        pub struct Settings {
            $(#[doc = $about] pub $name: $type,)*
            values: BTreeMap<&'static str, String>,
        }

        const DESCRIPTIONS: &[Description] = &[$(Description {
            name: stringify!($name),
            default: $default,
            about: $about,
            secret: false $(|| $secret)?,
        }),*];

        impl Settings {
            fn parse(values: BTreeMap<&'static str, String>) -> Result<Self, SettingsError> {
                Ok(Self { $($name: parse(stringify!($name), &values)?,)* values })
            }
        }
    };
}

settings! {
    /// The address and port to listen on
    addr: SocketAddr = "127.0.0.1:3000";
    /// The folder for the database, the built-in store and secrets
    data_dir: PathBuf = "data";
    /// The site's address as browsers reach it, such as https://photos.example.com; empty: as each request says
    public_url: Maybe<Url> = "";
    /// The site's name
    site_title: String = "Tuku";
    /// Whether anyone may make an account: open or closed
    registration: Switch = "open";
    /// Where originals are kept: builtin or s3
    storage: StorageKind = "builtin";
    /// S3: the endpoint; for R2 https://ACCOUNT.r2.cloudflarestorage.com
    s3_endpoint: Maybe<Url> = "";
    /// S3: the region; auto for R2
    s3_region: String = "auto";
    /// S3: the bucket
    s3_bucket: String = "";
    /// S3: the access key, with object read and write on that bucket alone
    s3_access_key: String = "";
    #[secret = true]
    /// S3: the secret key
    s3_secret_key: String = "";
    /// S3: whether the bucket goes into the path rather than the host
    s3_path_style: Switch = "off";
    /// The most one file may have
    max_file_bytes: Bytes = "100MB";
    /// The most pixels a picture may have, in millions
    max_megapixels: u64 = "100";
    /// The most a member may store; empty: no limit
    quota: Maybe<Bytes> = "";
    /// How many minutes an upload address works, 5 to 15
    upload_minutes: u64 = "15";
    /// Memory for ready variants of pictures
    variant_memory: Bytes = "128MB";
    /// How many pictures are decoded or encoded at once; 0: as many as there are cores
    imaging_jobs: usize = "0";
    /// The folder with the built site; empty: beside the program
    site_dir: Maybe<PathBuf> = "";
    /// What is logged: error, warn, info, debug, or a list of target=level
    log: String = "info";
}

fn parse<T: FromStr<Err: std::fmt::Display>>(
    name: &'static str,
    values: &BTreeMap<&'static str, String>,
) -> Result<T, SettingsError> {
    let text = values.get(name).map_or("", String::as_str);
    text.parse().map_err(|problem| SettingsError(format!("{} is “{text}”: {problem}.", variable(name))))
}

fn variable(name: &str) -> String {
    format!("TUKU_{}", name.to_uppercase())
}

impl Settings {
    /// Reads the environment and the file.
    pub fn load() -> Result<Self, SettingsError> {
        let chosen = std::env::var("TUKU_SETTINGS_FILE").ok();
        let file = match std::fs::read_to_string(chosen.as_deref().unwrap_or(FILE)) {
            Ok(text) => text,
            Err(_) if chosen.is_none() => String::new(),
            Err(error) => {
                let chosen = chosen.unwrap_or_default();
                return Err(SettingsError(format!("TUKU_SETTINGS_FILE is “{chosen}”, which cannot be read: {error}.")));
            }
        };
        Self::from(&file, |variable| std::env::var(variable).ok())
    }

    /// Reads a file's text and an environment.
    pub fn from(file: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let file: toml::Table =
            file.parse().map_err(|error| SettingsError(format!("The settings file is not TOML: {error}")))?;
        if let Some(unknown) = file.keys().find(|key| !DESCRIPTIONS.iter().any(|setting| setting.name == *key)) {
            return Err(SettingsError(format!("The settings file names “{unknown}”, which is not a setting.")));
        }
        let value = |setting: &Description| {
            let in_file = file.get(setting.name).map(|value| match value {
                toml::Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            environment(&variable(setting.name)).or(in_file).unwrap_or_else(|| setting.default.to_owned())
        };
        let settings = Self::parse(DESCRIPTIONS.iter().map(|setting| (setting.name, value(setting))).collect())?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<(), SettingsError> {
        if !(5..=15).contains(&self.upload_minutes) {
            return Err(SettingsError("TUKU_UPLOAD_MINUTES is a number from 5 to 15.".into()));
        }
        if self.storage == StorageKind::S3 {
            let needed = [
                ("s3_bucket", &self.s3_bucket),
                ("s3_access_key", &self.s3_access_key),
                ("s3_secret_key", &self.s3_secret_key),
            ];
            if let Some((name, _)) = needed.into_iter().find(|(_, value)| value.is_empty()) {
                return Err(SettingsError(format!("TUKU_STORAGE is s3, so {} must be set.", variable(name))));
            }
        }
        Ok(())
    }

    /// Every setting with its value and what it is for; secrets are not shown.
    pub fn listing(&self) -> String {
        let line = |setting: &Description| {
            let value = self.values.get(setting.name).map_or("", String::as_str);
            let value = if setting.secret && !value.is_empty() { "(set)" } else { value };
            let default = if value == setting.default { "" } else { " (changed)" };
            format!("{}={value}{default}\n    {}\n", variable(setting.name), setting.about.trim())
        };
        DESCRIPTIONS.iter().map(line).collect()
    }

    /// The reference of all settings, as a Markdown table; `docs/settings.md` is tested against it.
    pub fn reference() -> String {
        let row = |setting: &Description| {
            format!("| `{}` | `{}` | {} |\n", variable(setting.name), setting.default, setting.about.trim())
        };
        let rows: String = DESCRIPTIONS.iter().map(row).collect();
        format!("| variable | default | what it is |\n| --- | --- | --- |\n{}", rows.replace("| `` |", "| (empty) |"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_string())
    }

    #[test]
    fn every_default_works() {
        let settings = Settings::from("", |_| None).unwrap();
        assert_eq!(settings.max_file_bytes, Bytes(100_000_000));
        assert_eq!(settings.quota, Maybe(None));
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let file = "site_title = 'From file'\nmax_megapixels = 50";
        let settings = Settings::from(file, environment(&[("TUKU_SITE_TITLE", "图库")])).unwrap();
        assert_eq!((settings.site_title.as_str(), settings.max_megapixels), ("图库", 50));
    }

    #[test]
    fn a_setting_that_cannot_be_used_is_named() {
        for (name, value) in [
            ("TUKU_ADDR", "here"),
            ("TUKU_MAX_FILE_BYTES", "much"),
            ("TUKU_UPLOAD_MINUTES", "60"),
            ("TUKU_REGISTRATION", "perhaps"),
        ] {
            let error = Settings::from("", environment(&[(name, value)])).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
        assert!(Settings::from("colour = 'red'", |_| None).unwrap_err().to_string().contains("colour"));
        let error = Settings::from("storage = 's3'", |_| None).unwrap_err().to_string();
        assert!(error.contains("TUKU_S3_BUCKET"), "{error}");
    }

    #[test]
    fn secrets_are_not_listed() {
        let settings = Settings::from("", environment(&[("TUKU_S3_SECRET_KEY", "hush")])).unwrap();
        assert!(!settings.listing().contains("hush"));
    }

    #[test]
    fn the_reference_lists_every_setting() {
        let written = include_str!("../../docs/settings.md");
        assert!(written.contains(&Settings::reference()), "docs/settings.md should hold:\n{}", Settings::reference());
    }
}
