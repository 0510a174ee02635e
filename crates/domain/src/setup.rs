//! The first admin: a one-time link, printed at start while there is no admin.

use crate::database::sql;
use crate::{
    Library, Result,
    clock::now,
    ids::{new_token, sha256},
};

impl Library {
    /// A new one-time token for making the first admin, or `None` when there is an admin. Earlier tokens end.
    pub async fn offer_setup(&self) -> Result<Option<String>> {
        let admins = self.0.database.count(sql!("SELECT count(*) FROM users WHERE role = 'admin'")).await?;
        if admins > 0 {
            return Ok(None);
        }
        let token = new_token();
        self.0
            .database
            .write(
                sql!(
                    "INSERT INTO settings (name, value, updated_at) VALUES ('setup_token', ?1, ?2)
                     ON CONFLICT (name) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at"
                )
                .bind(sha256(&token))
                .bind(now()),
            )
            .await?;
        Ok(Some(token))
    }

    /// Whether this token still makes an admin.
    pub async fn setup_open(&self, token: &str) -> Result<bool> {
        let query = sql!("SELECT count(*) FROM settings WHERE name = 'setup_token' AND value = ?1").bind(sha256(token));
        Ok(self.0.database.count(query).await? > 0)
    }
}
