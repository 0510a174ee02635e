//! The database: one writer, several readers, and the list of every statement there is.
//!
//! D1 has no interactive transactions, so there are none here: what must be atomic is a [`Database::batch`].
//! Every statement is written through [`sql!`], which also lists it for the check against D1.

use crate::Result;
use deadpool::unmanaged::{Object, Pool};
use futures::future::try_join_all;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteRow, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, FromRow, query::Query as SqlxQuery, query::QueryAs};
use std::{path::Path, time::Duration};

/// A statement of the program. Written once, with [`sql!`].
pub struct Statement(#[doc(hidden)] pub &'static str);

inventory::collect!(Statement);

/// Every statement the program may run, for trying them on D1.
pub fn statements() -> Vec<&'static str> {
    let mut all: Vec<_> = inventory::iter::<Statement>.into_iter().map(|statement| statement.0).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// A [`Query`] from a literal statement with `?1`, `?2`…, which it also lists in [`statements`].
macro_rules! sql {
    ($text:expr) => {{
        const TEXT: &str = $text;
        inventory::submit! { $crate::database::Statement(TEXT) }
        $crate::database::Query::new(TEXT)
    }};
}
pub(crate) use sql;

/// A column that holds no negative number.
pub(crate) fn unsigned(column: i64) -> u32 {
    u32::try_from(column).unwrap_or(0)
}

/// A value bound to a statement.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(String),
    Integer(i64),
    Bytes(Vec<u8>),
    Null,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Integer(yes.into())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A statement and its bound values.
#[derive(Debug)]
pub(crate) struct Query {
    text: &'static str,
    values: Vec<Value>,
}

impl Query {
    pub(crate) fn new(text: &'static str) -> Self {
        Self { text, values: Vec::new() }
    }

    /// Binds the next value, `?1` first.
    pub(crate) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    fn statement(self) -> SqlxQuery<'static, sqlx::Sqlite, SqliteArguments> {
        self.values.into_iter().fold(sqlx::query(self.text), |query, value| match value {
            Value::Text(text) => query.bind(text),
            Value::Integer(number) => query.bind(number),
            Value::Bytes(bytes) => query.bind(bytes),
            Value::Null => query.bind(None::<String>),
        })
    }

    fn rows<T: for<'r> FromRow<'r, SqliteRow>>(self) -> QueryAs<'static, sqlx::Sqlite, T, SqliteArguments> {
        self.values.into_iter().fold(sqlx::query_as(self.text), |query, value| match value {
            Value::Text(text) => query.bind(text),
            Value::Integer(number) => query.bind(number),
            Value::Bytes(bytes) => query.bind(bytes),
            Value::Null => query.bind(None::<String>),
        })
    }
}

/// How many connections read at once.
const READERS: usize = 8;

/// How many rows a connection reads before the one who asked has taken them: those of a page, so that the two need not
/// wait for each other.
const ROWS_AHEAD: usize = 256;

/// How much of the file the readers see as memory, in bytes: what lies there needs no call to the system for each page.
const MAPPED: &str = "1073741824";

/// The SQLite file behind the library.
#[derive(Clone, Debug)]
pub struct Database {
    writer: SqlitePool,
    /// Not a pool of sqlx, which asks each connection whether it lives before it lends it again: that goes to a thread
    /// and back, as often as the statements themselves.
    readers: Pool<SqliteConnection>,
}

impl Database {
    /// Opens the file, making it if need be, and applies the migrations it lacks.
    ///
    /// Writes wait for one another in the program, on the one writing connection, so that they never meet
    /// SQLite's own lock.
    pub async fn open(file: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(30))
            .row_buffer_size(ROWS_AHEAD);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(60))
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("../../migrations").run(&writer).await.map_err(sqlx::Error::from)?;
        let options = options.read_only(true).pragma("mmap_size", MAPPED);
        let readers = try_join_all((0..READERS).map(|_| options.connect())).await?;
        Ok(Self { writer, readers: Pool::from(readers) })
    }

    /// Closes the file once what is running has ended; the write-ahead log is folded in.
    pub async fn close(&self) {
        for _ in 0..READERS {
            if let Ok(reader) = self.reader().await {
                let _ = Object::take(reader).close().await;
            }
        }
        self.readers.close();
        self.writer.close().await;
    }

    /// A connection to read by; waits until one is free.
    async fn reader(&self) -> Result<Object<SqliteConnection>> {
        Ok(self.readers.get().await.map_err(|_| sqlx::Error::PoolClosed)?)
    }

    /// All rows of a reading statement.
    pub(crate) async fn all<T>(&self, query: Query) -> Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        Ok(query.rows().fetch_all(&mut *self.reader().await?).await?)
    }

    /// The first row of a reading statement.
    pub(crate) async fn one<T>(&self, query: Query) -> Result<Option<T>>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        Ok(query.rows().fetch_optional(&mut *self.reader().await?).await?)
    }

    /// The number a counting statement answers.
    pub(crate) async fn count(&self, query: Query) -> Result<u64> {
        let row: Option<(i64,)> = self.one(query).await?;
        Ok(row.map_or(0, |(number,)| number.max(0) as u64))
    }

    /// Runs a writing statement; answers how many rows it changed.
    pub(crate) async fn write(&self, query: Query) -> Result<u64> {
        Ok(query.statement().execute(&self.writer).await?.rows_affected())
    }

    /// Runs writing statements, all or none; answers how many rows each changed. D1 calls it `batch()`.
    pub(crate) async fn batch(&self, queries: Vec<Query>) -> Result<Vec<u64>> {
        let mut transaction = self.writer.begin().await?;
        let mut changed = Vec::with_capacity(queries.len());
        for query in queries {
            changed.push(query.statement().execute(&mut *transaction).await?.rows_affected());
        }
        transaction.commit().await?;
        Ok(changed)
    }

    /// Runs writing statements, all or none; answers the rows of the last one, which ends in `RETURNING`.
    pub(crate) async fn batch_returning<T>(&self, mut queries: Vec<Query>) -> Result<Vec<T>>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        let Some(last) = queries.pop() else { return Ok(Vec::new()) };
        let mut transaction = self.writer.begin().await?;
        for query in queries {
            query.statement().execute(&mut *transaction).await?;
        }
        let rows = last.rows().fetch_all(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(rows)
    }
}
