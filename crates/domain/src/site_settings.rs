//! What admins change while the site runs: rows that override what the operator set, and a copy of it in memory.
//!
//! A change puts a new mark into the key-value store ([`crate::changes`]). Every server compares it twice a second and
//! reads the rows anew when it differs.

use crate::database::sql;
use crate::{Changed, Error, Library, Result, Topic, Viewer, clock::now};
use model::{Hotlinks, SettingsChange, SiteSettings};
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Mutex;

/// The settings in force on this server.
pub(crate) struct LiveSettings {
    /// As the operator set them.
    operator: SiteSettings,
    in_force: RwLock<Arc<SiteSettings>>,
    /// The mark they were read under. Held while they are read, so that an older reading never replaces a newer one.
    mark: Mutex<String>,
}

impl LiveSettings {
    /// What the operator set, until rows are read.
    pub(crate) fn new(operator: SiteSettings) -> Self {
        Self { in_force: RwLock::new(Arc::new(operator.clone())), operator, mark: Mutex::default() }
    }
}

/// Puts one row over what the operator set; `None` if it is not a value of a setting. A file is never larger than the
/// operator allows: the store takes no more.
fn apply(settings: &mut SiteSettings, name: &str, value: &str) -> Option<()> {
    match name {
        "site.title" => settings.title = value.to_owned(),
        "site.registration" => settings.registration = value.parse().ok()?,
        "site.comments" => settings.comments = value.parse().ok()?,
        "site.largestFile" => settings.largest_file = value.parse::<u64>().ok()?.min(settings.largest_file),
        "site.quota" => settings.quota = Some(value.parse::<u64>().ok()?).filter(|quota| *quota > 0),
        "site.defaultLanguage" => settings.default_language = value.parse().ok()?,
        "site.hotlinks" => settings.hotlinks = Hotlinks::parse(value).ok()??.text(),
        _ => return None,
    }
    Some(())
}

/// The rows that keep a change.
fn rows(change: SettingsChange) -> Vec<(&'static str, String)> {
    let SettingsChange { title, registration, comments, largest_file, quota, default_language, hotlinks } = change;
    let values = [
        ("site.title", title.map(String::from)),
        ("site.registration", registration.map(|mode| mode.as_str().to_owned())),
        ("site.comments", comments.map(|open| open.to_string())),
        ("site.largestFile", largest_file.map(|bytes| bytes.to_string())),
        ("site.quota", quota.map(|bytes| bytes.to_string())),
        ("site.defaultLanguage", default_language.map(|language| language.as_str().to_owned())),
        ("site.hotlinks", hotlinks.map(|hotlinks| hotlinks.text())),
    ];
    values.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

impl Library {
    /// The settings in force, from memory.
    pub fn settings(&self) -> Arc<SiteSettings> {
        self.0.settings.in_force.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The most any stored file may have, in bytes, whatever admins set: what was stored before they set less stays
    /// readable.
    pub(crate) fn largest_object(&self) -> u64 {
        self.0.settings.operator.largest_file
    }

    /// Reads what admins changed. Once at start, before the first request.
    pub async fn load_settings(&self) -> Result<()> {
        let _turn = self.0.settings.mark.lock().await;
        self.read_settings().await
    }

    /// Reads the settings anew if a server has changed them since. Called twice a second; costs one look into the
    /// key-value store.
    pub async fn refresh_settings(&self) -> Result<()> {
        let current = self.marks(&[Topic::Settings]).await?;
        let mut mark = self.0.settings.mark.lock().await;
        if *mark != current {
            self.read_settings().await?;
            *mark = current;
        }
        Ok(())
    }

    async fn read_settings(&self) -> Result<()> {
        let query = sql!("SELECT name, value FROM settings WHERE name >= 'site.' AND name < 'site/'");
        let rows: Vec<(String, String)> = self.0.database.all(query).await?;
        let mut settings = self.0.settings.operator.clone();
        for (name, value) in rows {
            if apply(&mut settings, &name, &value).is_none() {
                tracing::warn!(%name, %value, "this row of the settings sets nothing");
            }
        }
        *self.0.settings.in_force.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(settings);
        Ok(())
    }

    /// The settings, for admins.
    pub async fn settings_for(&self, viewer: &Viewer) -> Result<SiteSettings> {
        viewer.admin()?;
        Ok(self.settings().as_ref().clone())
    }

    /// Changes settings, for admins; answers all of them. Here at once, on other servers within a second.
    pub async fn update_settings(&self, viewer: &Viewer, change: SettingsChange) -> Result<SiteSettings> {
        viewer.admin()?;
        let most = self.largest_object();
        if change.largest_file.is_some_and(|bytes| !(1..=most).contains(&bytes)) {
            let reason = format!("Use 1 to {most} bytes: TUKU_MAX_FILE_BYTES, set at the start, allows no more.");
            return Err(Error::field("largestFile", reason));
        }
        let write = |(name, value): (&'static str, String)| {
            sql!(
                "INSERT INTO settings (name, value, updated_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at"
            )
            .bind(name)
            .bind(value)
            .bind(now())
        };
        let writes: Vec<_> = rows(change).into_iter().map(write).collect();
        if !writes.is_empty() {
            self.0.database.batch(writes).await?;
            self.load_settings().await?;
            self.changed(&[Changed::Settings]).await;
        }
        Ok(self.settings().as_ref().clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{Language, RegistrationMode, SiteTitle};

    fn operator() -> SiteSettings {
        SiteSettings {
            title: "Tuku".into(),
            registration: RegistrationMode::Open,
            comments: true,
            largest_file: 1_000,
            quota: Some(5_000),
            default_language: Language::En,
            hotlinks: "*".into(),
        }
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let change = SettingsChange {
            title: Some(SiteTitle::parse("图库").unwrap()),
            registration: Some(RegistrationMode::Invitation),
            comments: Some(false),
            largest_file: Some(500),
            quota: Some(0),
            default_language: Some(Language::Zh),
            hotlinks: Hotlinks::parse("a.example").unwrap(),
        };
        let mut settings = operator();
        for (name, value) in rows(change) {
            apply(&mut settings, name, &value).unwrap();
        }
        let wanted = SiteSettings {
            title: "图库".into(),
            registration: RegistrationMode::Invitation,
            comments: false,
            largest_file: 500,
            quota: None,
            default_language: Language::Zh,
            hotlinks: "a.example".into(),
        };
        assert_eq!(settings, wanted);
        assert!(rows(SettingsChange::default()).is_empty(), "what is left out stays");
    }

    #[test]
    fn a_row_that_sets_nothing_leaves_all_as_it_is() {
        let mut settings = operator();
        for (name, value) in [("site.comments", "perhaps"), ("site.colour", "red"), ("setup_token", "x")] {
            assert_eq!(apply(&mut settings, name, value), None);
        }
        assert_eq!(settings, operator());
        apply(&mut settings, "site.largestFile", "1000000").unwrap();
        assert_eq!(settings.largest_file, 1_000, "the operator’s limit holds");
    }
}
