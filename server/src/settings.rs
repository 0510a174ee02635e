//! Settings: by environment variable, by an optional file, each with a working default.
//!
//! `TUKU_MAX_FILE_BYTES` in the environment is `max_file_bytes` in the file. The environment wins.

use http::HeaderName;
use model::{Language, RegistrationMode};
use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf, str::FromStr};
use url::Url;

mod values;

pub use values::{Bytes, Hosts, HotlinkRule, KeyValuesKind, Maybe, RandomHosts, StorageKind, Switch};

/// Where the optional file is looked for, unless `TUKU_SETTINGS_FILE` says otherwise.
const FILE: &str = "tuku.toml";

/// A setting that cannot be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SettingsError(String);

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
    /// The hosts the site is reached by, separated by commas; all others are answered “Invalid domain”, but for those of random pictures; empty: any host
    hosts: Hosts = "";
    /// Hosts that stand for an address of random pictures, separated by commas; one without a dot is the first label of any host
    random_hosts: RandomHosts = "hpic=/random/landscape, vpic=/random/portrait, spic=/random/square, api-hpic=/random/landscape/count, api-vpic=/random/portrait/count, api-spic=/random/square/count";
    /// The header in which your proxy tells the client's address, such as X-Real-IP; empty: there is no proxy
    client_address_header: Maybe<HeaderName> = "";
    /// The site's name
    site_title: String = "Tuku";
    /// Who may make an account: open (anyone), invitation (whoever an admin invites) or closed (nobody)
    registration: RegistrationMode = "open";
    /// Whether members may comment: on or off
    comments: Switch = "on";
    /// The language for visitors whose browser names none the site speaks: en or zh
    default_language: Language = "en";
    /// Which other sites may show pictures in their pages: hosts such as example.com or *.example.com, * for all, none for none
    hotlinks: HotlinkRule = "*";
    /// Where originals are kept: builtin or s3
    storage: StorageKind = "builtin";
    /// Whether pictures may also be imported from addresses of private networks
    import_from_private: Switch = "off";
    #[secret = true]
    /// What a bucket elsewhere shows as its bearer token at /api/bucket-events; empty: nobody is believed
    bucket_events_token: String = "";
    /// The queue of R2's events, https://api.cloudflare.com/client/v4/accounts/ACCOUNT/queues/QUEUE; empty: there is none
    r2_queue_url: Maybe<Url> = "";
    #[secret = true]
    /// The token that may read and acknowledge its messages
    r2_queue_token: String = "";
    /// After how many minutes the folders of the bucket are compared with the library, again and again; 0: never
    bucket_sweep_minutes: u64 = "60";
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
    /// Where cached answers and counts of tries are kept: builtin (one server) or redis (several)
    key_values: KeyValuesKind = "builtin";
    #[secret = true]
    /// Redis: the address, redis://user:password@host:6379/0, or rediss:// for TLS
    redis_url: Maybe<Url> = "";
    /// Redis: what every key starts with, so that one Redis serves several sites
    redis_prefix: String = "tuku:";
    /// For how many seconds answers that visitors ask for most are kept, unless what they show changes; 0: never
    cached_reads_seconds: u64 = "60";
    /// Memory for ready pages as visitors see them; 0: each page is rendered when it is asked for
    page_memory: Bytes = "64MB";
    /// The most one file may have
    max_file_bytes: Bytes = "100MB";
    /// The most pixels a picture may have, in millions
    max_megapixels: u64 = "100";
    /// The most frames an animation may have
    max_frames: u32 = "500";
    /// The most pixels an animation may have in all its frames together, in millions
    max_moving_megapixels: u64 = "500";
    /// The most a member may store; empty: no limit
    quota: Maybe<Bytes> = "";
    /// How many minutes an upload address works, 5 to 15
    upload_minutes: u64 = "15";
    /// Memory for ready variants of pictures
    variant_memory: Bytes = "128MB";
    /// Disk for ready variants of pictures, in the data folder; 0: none
    variant_disk: Bytes = "2GB";
    /// The most pixels a variant may have to be sent as AVIF, in millions; larger ones are WebP or JPEG; 0: no AVIF
    avif_megapixels: u64 = "2";
    /// Whether the common sizes of a new picture, and at the start the pages most seen, are made ahead: on or off
    made_ahead: Switch = "on";
    /// How many pictures are decoded or encoded at once; 0: as many as there are cores
    imaging_jobs: usize = "0";
    /// After how many seconds the work on a picture is broken off
    imaging_seconds: u64 = "60";
    /// The most memory the work on one picture may take
    imaging_memory: Bytes = "1GB";
    /// The program that decodes and encodes pictures; empty: this one
    imaging_program: Maybe<PathBuf> = "";
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
    text.parse().map_err(|problem| {
        // A password may stand in an address that was mistyped.
        let secret = DESCRIPTIONS.iter().any(|setting| setting.name == name && setting.secret);
        let shown = if secret { "not usable".to_owned() } else { format!("“{text}”") };
        SettingsError(format!("{} is {shown}: {problem}.", variable(name)))
    })
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
        // The marks that drop kept answers live for a week.
        if self.cached_reads_seconds > 86_400 {
            return Err(SettingsError("TUKU_CACHED_READS_SECONDS is a number from 0 to 86400, a day.".into()));
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
        if self.key_values == KeyValuesKind::Redis && self.redis_url.0.is_none() {
            return Err(SettingsError("TUKU_KEY_VALUES is redis, so TUKU_REDIS_URL must be set.".into()));
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
            ("TUKU_CACHED_READS_SECONDS", "604800"),
            ("TUKU_REGISTRATION", "perhaps"),
            ("TUKU_HOSTS", "https://photos.example.com"),
            ("TUKU_RANDOM_HOSTS", "hpic"),
            ("TUKU_RANDOM_HOSTS", "hpic=/gallery/sea"),
            ("TUKU_RANDOM_HOSTS", "hpic=/random/wide"),
            ("TUKU_RANDOM_HOSTS", "hpic=/random?w=wide"),
            ("TUKU_RANDOM_HOSTS", "a b=/random"),
        ] {
            let error = Settings::from("", environment(&[(name, value)])).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
        assert!(Settings::from("colour = 'red'", |_| None).unwrap_err().to_string().contains("colour"));
        let error = Settings::from("storage = 's3'", |_| None).unwrap_err().to_string();
        assert!(error.contains("TUKU_S3_BUCKET"), "{error}");
        let error = Settings::from("key_values = 'redis'", |_| None).unwrap_err().to_string();
        assert!(error.contains("TUKU_REDIS_URL"), "{error}");
    }

    #[test]
    fn secrets_are_not_listed() {
        let secrets = [("TUKU_S3_SECRET_KEY", "hush"), ("TUKU_REDIS_URL", "redis://:hush@localhost")];
        let settings = Settings::from("", environment(&secrets)).unwrap();
        assert!(!settings.listing().contains("hush"));
        let error = Settings::from("", environment(&[("TUKU_REDIS_URL", "//:hush@localhost")])).unwrap_err();
        assert!(error.to_string().contains("TUKU_REDIS_URL") && !error.to_string().contains("hush"), "{error}");
    }

    #[test]
    fn the_reference_lists_every_setting() {
        let written = include_str!("../../docs/settings.md");
        assert!(written.contains(&Settings::reference()), "docs/settings.md should hold:\n{}", Settings::reference());
    }
}
