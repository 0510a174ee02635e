//! A member's own account: seen and changed.

use crate::database::sql;
use crate::error::OnTaken;
use crate::originals::downloads;
use crate::sessions::role;
use crate::{Changed, Error, Library, Result, Viewer, clock::now};
use model::{Downloads, Profile, ProfileChange};

#[derive(sqlx::FromRow)]
struct ProfileRow {
    username: String,
    email: String,
    role: String,
    downloads: String,
    created_at: i64,
}

impl Library {
    /// The viewer's own account.
    pub async fn profile(&self, viewer: &Viewer) -> Result<Profile> {
        let member = viewer.signed_in()?;
        let query = sql!("SELECT username, email, role, downloads, created_at FROM users WHERE id = ?1");
        let row: ProfileRow = self.0.database.one(query.bind(member.id.as_str())).await?.ok_or(Error::SIGN_IN)?;
        let usage = self.usage_of(member.id.as_str()).await?;
        Ok(Profile {
            id: member.id.clone(),
            username: row.username,
            email: row.email,
            role: role(&row.role),
            created_at: row.created_at,
            used: usage.used,
            downloads: downloads(&row.downloads),
            quota: usage.quota,
        })
    }

    /// Changes the viewer's name, address or what others may download; answers the account as it is now. Another
    /// address needs the password.
    pub async fn update_profile(&self, viewer: &Viewer, change: ProfileChange) -> Result<Profile> {
        let (member, _) = viewer.session()?;
        let ProfileChange { username, email, current_password, downloads } = change;
        let kept = self.kept_password(&member.id).await?;
        // A form sends the address also where it stays.
        let email = email.filter(|email| email.as_str() != kept.email);
        if email.is_some() {
            let Some(typed) = current_password else {
                let reason = "Enter your password, too, to change the address you sign in with.";
                return Err(Error::field("currentPassword", reason));
            };
            self.confirm_password(viewer, &kept, typed, "currentPassword").await?;
        }
        let update = sql!(
            "UPDATE users SET username = coalesce(?2, username), email = coalesce(?3, email), updated_at = ?4,
                              downloads = coalesce(?5, downloads)
             WHERE id = ?1"
        );
        let update = update.bind(member.id.as_str()).bind(username.map(String::from)).bind(email.map(String::from));
        let update = update.bind(now()).bind(downloads.map(Downloads::as_str));
        let updated = self.0.database.write(update).await;
        updated.on_taken("users.username", "username", "This name is taken. Choose another.").on_taken(
            "users.email",
            "email",
            "Another account has this address. Use another one.",
        )?;
        self.refresh_sessions(&member.id).await?;
        self.changed(&[Changed::User(member.id.clone())]).await;
        self.profile(viewer).await
    }
}
