//! What admins do with accounts. There is always one admin left who can sign in.

use crate::cursors::{below, cut};
use crate::database::{Query, sql};
use crate::sessions::role;
use crate::{Changed, Error, Library, Result, Viewer, clock::now};
use model::{Account, Accounts, Role, UserId};

/// How many a page of accounts holds.
const PAGE: usize = 100;

/// The most characters that are searched for.
const LONGEST_QUERY: usize = 100;

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: String,
    username: String,
    email: String,
    role: String,
    suspended: bool,
    created_at: i64,
    used: i64,
    quota: Option<i64>,
    pictures: i64,
}

impl AccountRow {
    fn account(self) -> Option<Account> {
        Some(Account {
            id: UserId::parse(&self.id)?,
            username: self.username,
            email: self.email,
            role: role(&self.role),
            suspended: self.suspended,
            created_at: self.created_at,
            used: self.used.max(0).unsigned_abs(),
            quota: self.quota.map(|quota| quota.max(0).unsigned_abs()),
            pictures: self.pictures.max(0).unsigned_abs(),
        })
    }
}

/// A statement that reads a page of accounts with what they store: those below ?1, at most ?2, that the caller picks.
macro_rules! select_accounts {
    ($which:literal) => {
        sql!(concat!(
            "SELECT u.id, u.username, u.email, u.role, u.suspended_at IS NOT NULL AS suspended, u.created_at,
                    u.quota_bytes AS quota,
                    coalesce(sum(CASE WHEN i.upload_status <> 'failed' THEN i.bytes END), 0) AS used,
                    count(CASE WHEN i.upload_status = 'completed' THEN 1 END) AS pictures
             FROM (SELECT id, username, email, role, suspended_at, created_at, quota_bytes FROM users
                   WHERE id < ?1 AND deleting_at IS NULL ",
            $which,
            " ORDER BY id DESC LIMIT ?2) u
             LEFT JOIN images i ON i.user_id = u.id GROUP BY u.id ORDER BY u.id DESC"
        ))
    };
}

/// Above every text that begins like this: the last code point there is stands at its end.
fn above(beginning: &str) -> String {
    format!("{beginning}\u{10ffff}")
}

impl Library {
    /// Accounts, for admins, the newest first, from the cursor on. With a query, those whose name or address begins
    /// with it, whatever the case.
    pub async fn accounts(&self, viewer: &Viewer, cursor: Option<&str>, query: Option<&str>) -> Result<Accounts> {
        viewer.admin()?;
        let (below, limit) = (below(cursor)?, PAGE as u64 + 1);
        let statement = match query.map(str::trim).filter(|query| !query.is_empty()) {
            None => select_accounts!("").bind(below).bind(limit),
            Some(query) if query.chars().count() > LONGEST_QUERY => {
                return Err(Error::field("query", "Search for at most 100 characters."));
            }
            Some(name) => {
                let email = name.to_lowercase();
                let found = select_accounts!("AND (username >= ?3 AND username < ?4 OR email >= ?5 AND email < ?6)");
                found.bind(below).bind(limit).bind(name).bind(above(name)).bind(email.as_str()).bind(above(&email))
            }
        };
        let rows: Vec<AccountRow> = self.0.database.all(statement).await?;
        let (rows, next_cursor) = cut(rows, PAGE, |row| row.id.clone());
        Ok(Accounts { users: rows.into_iter().filter_map(AccountRow::account).collect(), next_cursor })
    }

    /// Keeps an account from signing in, and ends its sessions and tokens at once; or lets it in again. For admins;
    /// not for their own account.
    pub async fn suspend(&self, viewer: &Viewer, user: &UserId, suspended: bool) -> Result<()> {
        let admin = viewer.admin()?;
        if suspended && admin.id == *user {
            return Err(Error::field("userId", "You cannot suspend your own account. Ask another admin."));
        }
        let query = if suspended {
            sql!(
                "UPDATE users SET suspended_at = coalesce(suspended_at, ?2), updated_at = ?2
                 WHERE id = ?1 AND deleting_at IS NULL AND (role <> 'admin' OR EXISTS (
                     SELECT 1 FROM users o WHERE o.role = 'admin' AND o.suspended_at IS NULL AND o.id <> ?1))"
            )
        } else {
            sql!("UPDATE users SET suspended_at = NULL, updated_at = ?2 WHERE id = ?1 AND deleting_at IS NULL")
        };
        self.change_account(user, query.bind(user.as_str()).bind(now())).await?;
        if suspended {
            self.end_sessions(user, None).await?;
        }
        self.changed(&[Changed::User(user.clone())]).await;
        Ok(())
    }

    /// Makes an account an admin, or a member again; counts at once. For admins.
    pub async fn set_role(&self, viewer: &Viewer, user: &UserId, role: Role) -> Result<()> {
        viewer.admin()?;
        let query = sql!(
            "UPDATE users SET role = ?2, updated_at = ?3
             WHERE id = ?1 AND deleting_at IS NULL AND (?2 = 'admin' OR role <> 'admin' OR EXISTS (
                 SELECT 1 FROM users o WHERE o.role = 'admin' AND o.suspended_at IS NULL AND o.id <> ?1))"
        );
        self.change_account(user, query.bind(user.as_str()).bind(role.as_str()).bind(now())).await?;
        self.refresh_sessions(user).await?;
        self.changed(&[Changed::User(user.clone())]).await;
        Ok(())
    }

    /// Gives an account a limit of its own, in bytes, or the site's. Counts at the next upload. For admins.
    pub async fn set_quota(&self, viewer: &Viewer, user: &UserId, quota: Option<u64>) -> Result<()> {
        viewer.admin()?;
        let query = sql!("UPDATE users SET quota_bytes = ?2, updated_at = ?3 WHERE id = ?1 AND deleting_at IS NULL");
        self.change_account(user, query.bind(user.as_str()).bind(quota).bind(now())).await?;
        self.changed(&[Changed::User(user.clone())]).await;
        Ok(())
    }

    /// Runs a statement that changes one account, unless it would leave the site without an admin.
    async fn change_account(&self, user: &UserId, query: Query) -> Result<()> {
        if self.0.database.write(query).await? > 0 {
            return Ok(());
        }
        let there = sql!("SELECT count(*) FROM users WHERE id = ?1 AND deleting_at IS NULL").bind(user.as_str());
        Err(match self.0.database.count(there).await? {
            0 => Error::NotFound,
            _ => Error::field("userId", "This is the last admin who can sign in. Make another one first."),
        })
    }
}
