//! The built-in key-value store: memory in front of a table of the library's own database.
//!
//! The row is the truth; memory saves reading it. For one server: others would not hear that a row has changed.

use crate::{
    Database, Library, Result,
    clock::now_millis,
    database::{Query, sql},
};
use async_trait::async_trait;
use bytes::Bytes;
use moka::{Expiry, future::Cache, ops::compute::Op};
use std::time::{Duration, Instant};
use storage::{
    KeyValue,
    key_value::{check_key, check_value, milliseconds},
};

/// Memory for values, in bytes.
const MEMORY: u64 = 32_000_000;

/// What an entry takes in memory beside its key and value, in bytes; about.
const OVERHEAD: usize = 200;

/// How long memory knows that there is nothing, in milliseconds.
const NOTHING_LIFETIME: i64 = 1_000;

/// How many rows one statement clears: few enough that no writer waits long for its turn.
const CLEARED_AT_ONCE: u64 = 500;

/// What memory knows of a key: its value, or that it has none.
#[derive(Clone)]
struct Known {
    value: Option<Bytes>,
    /// Unix milliseconds.
    expires_at: i64,
}

impl Known {
    fn remaining(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.expires_at - now_millis()).unwrap_or(0))
    }
}

impl From<(Vec<u8>, i64)> for Known {
    fn from((value, expires_at): (Vec<u8>, i64)) -> Self {
        Self { value: Some(value.into()), expires_at }
    }
}

/// Each value leaves memory when its row expires.
struct ByRow;

impl Expiry<String, Known> for ByRow {
    fn expire_after_create(&self, _: &String, known: &Known, _: Instant) -> Option<Duration> {
        Some(known.remaining())
    }

    fn expire_after_update(&self, _: &String, known: &Known, _: Instant, _: Option<Duration>) -> Option<Duration> {
        Some(known.remaining())
    }
}

/// The built-in key-value store. Cheap to clone; every clone is the same store.
#[derive(Clone)]
pub struct EmbeddedKeyValues {
    database: Database,
    memory: Cache<String, Known>,
}

impl EmbeddedKeyValues {
    /// A store in this database. There is to be one for each file.
    pub fn new(database: Database) -> Self {
        let weigh = |key: &String, known: &Known| {
            let bytes = key.len() + known.value.as_ref().map_or(0, Bytes::len) + OVERHEAD;
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        let memory = Cache::builder().max_capacity(MEMORY).weigher(weigh).expire_after(ByRow).build();
        Self { database, memory }
    }

    /// Removes the rows that have expired; answers how many.
    pub async fn clear_expired(&self) -> Result<u64> {
        clear_expired(&self.database).await
    }

    async fn read(&self, key: &str) -> Result<Known> {
        let now = now_millis();
        let query = sql!("SELECT value, expires_at FROM key_values WHERE key = ?1 AND expires_at > ?2");
        let row: Option<(Vec<u8>, i64)> = self.database.one(query.bind(key).bind(now)).await?;
        Ok(row.map_or(Known { value: None, expires_at: now + NOTHING_LIFETIME }, Known::from))
    }

    /// Writes a key's row and then what memory knows of it; answers the row that the statement returned.
    ///
    /// Memory lets in one at a time for each key, those who fill it from the row among them. So nobody who read the row
    /// before this write puts the old value into memory after it. And it is a task of its own: a caller who is gone (a
    /// request that was broken off) would otherwise leave a row that is written and memory that does not know.
    async fn change(&self, key: &str, query: Query) -> Result<Option<Known>> {
        let (Self { database, memory }, key) = (self.clone(), key.to_owned());
        let changing = async move {
            let mut written = Ok(None);
            let told = &mut written;
            let write = move |_| async move {
                let rows = database.batch_returning::<(Vec<u8>, i64)>(vec![query]).await;
                *told = rows.map(|rows| rows.into_iter().next().map(Known::from));
                // After an error it is open whether the row was written: then memory knows nothing, too.
                if let Ok(Some(known)) = told { Op::Put(known.clone()) } else { Op::Remove }
            };
            memory.entry(key).and_compute_with(write).await;
            written
        };
        tokio::spawn(changing).await?
    }
}

fn unavailable(error: crate::Error) -> storage::Error {
    storage::Error::Unavailable(Box::new(error))
}

#[async_trait]
impl KeyValue for EmbeddedKeyValues {
    async fn get(&self, key: &str) -> storage::Result<Option<Bytes>> {
        check_key(key)?;
        if let Some(known) = self.memory.get(key).await {
            return Ok(known.value);
        }
        let filled = self.memory.entry(key.to_owned()).and_try_compute_with(|known| async move {
            // Another filled it while this one waited for its turn.
            if known.is_some() { Ok(Op::Nop) } else { self.read(key).await.map(Op::Put) }
        });
        let known = filled.await.map_err(unavailable)?.into_entry();
        Ok(known.and_then(|entry| entry.into_value().value))
    }

    async fn put(&self, key: &str, value: Bytes, lifetime: Duration) -> storage::Result<()> {
        check_key(key)?;
        check_value(&value)?;
        let query = sql!(
            "INSERT INTO key_values (key, value, expires_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
             RETURNING value, expires_at"
        )
        .bind(key)
        .bind(value.to_vec())
        .bind(now_millis() + milliseconds(lifetime));
        self.change(key, query).await.map_err(unavailable)?;
        Ok(())
    }

    async fn put_new(&self, key: &str, value: Bytes, lifetime: Duration) -> storage::Result<bool> {
        check_key(key)?;
        check_value(&value)?;
        let now = now_millis();
        let query = sql!(
            "INSERT INTO key_values (key, value, expires_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
                 WHERE key_values.expires_at <= ?4
             RETURNING value, expires_at"
        )
        .bind(key)
        .bind(value.to_vec())
        .bind(now + milliseconds(lifetime))
        .bind(now);
        let put = self.change(key, query).await.map_err(unavailable)?;
        Ok(put.is_some())
    }

    async fn delete(&self, key: &str) -> storage::Result<()> {
        check_key(key)?;
        let query = sql!("DELETE FROM key_values WHERE key = ?1").bind(key);
        self.change(key, query).await.map_err(unavailable)?;
        Ok(())
    }

    async fn increment(&self, key: &str, lifetime: Duration) -> storage::Result<u64> {
        check_key(key)?;
        let now = now_millis();
        // Kept as digits, so that a count reads as it does from Redis.
        let query = sql!(
            "INSERT INTO key_values (key, value, expires_at) VALUES (?1, CAST(1 AS BLOB), ?2)
             ON CONFLICT (key) DO UPDATE SET
                 value = CASE WHEN expires_at > ?3 THEN CAST(CAST(value AS INTEGER) + 1 AS BLOB)
                              ELSE excluded.value END,
                 expires_at = CASE WHEN expires_at > ?3 THEN expires_at ELSE excluded.expires_at END
             RETURNING value, expires_at"
        )
        .bind(key)
        .bind(now + milliseconds(lifetime))
        .bind(now);
        let counted = self.change(key, query).await.map_err(unavailable)?;
        let digits = counted.and_then(|known| String::from_utf8(known.value?.into()).ok());
        let count = digits.and_then(|digits| digits.parse().ok());
        count.ok_or_else(|| storage::Error::Unavailable("what is kept under this key is no count".into()))
    }
}

async fn clear_expired(database: &Database) -> Result<u64> {
    let mut cleared = 0;
    loop {
        let query = sql!(
            "DELETE FROM key_values WHERE key IN
                 (SELECT key FROM key_values WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)"
        );
        let rows = database.write(query.bind(now_millis()).bind(CLEARED_AT_ONCE)).await?;
        cleared += rows;
        if rows < CLEARED_AT_ONCE {
            return Ok(cleared);
        }
    }
}

impl Library {
    /// Removes what has expired from the built-in key-value store; answers how many values. Another store does so by
    /// itself, and there is nothing here.
    pub async fn sweep_key_values(&self) -> Result<u64> {
        clear_expired(&self.0.database).await
    }
}
