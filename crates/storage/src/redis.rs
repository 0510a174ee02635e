//! A key-value store shared by several servers: Redis from 6.2 on, Valkey, and what speaks like them.

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::io::tcp::TcpSettings;
use redis::{Client, Cmd, ErrorKind, FromRedisValue, IntoConnectionInfo, ProtocolVersion, RedisError, RedisResult};
use url::Url;

use crate::key_value::{check_key, check_value, milliseconds};
use crate::{Error, KeyValue, Result};

/// How long a connection may take to come about, and then an answer on it.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often connecting is tried again before the calls that wait for it fail.
const RETRIES: usize = 2;

/// One database of a Redis server.
#[derive(Debug)]
pub struct RedisStore {
    client: Client,
    prefix: String,
    manager: RwLock<ConnectionManager>,
}

fn config() -> ConnectionManagerConfig {
    ConnectionManagerConfig::new()
        .set_connection_timeout(Some(PATIENCE))
        .set_response_timeout(Some(PATIENCE))
        .set_number_of_retries(RETRIES)
}

/// Where a server is, without who connects to it.
fn place(url: &Url) -> String {
    match url.host_str() {
        Some(host) => format!("{host}:{}", url.port().unwrap_or(6379)),
        None => url.path().to_owned(),
    }
}

async fn connect(url: &Url) -> RedisResult<(Client, ConnectionManager)> {
    let info = url.clone().into_connection_info()?;
    // With this version of the protocol the manager hears that a server closed an idle connection, and connects anew
    // before the next call rather than after it has failed.
    let settings = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
    let info = info.set_redis_settings(settings).set_tcp_settings(TcpSettings::default().set_nodelay(true));
    let client = Client::open(info)?;
    let manager = ConnectionManager::new_with_config(client.clone(), config()).await?;
    Ok((client, manager))
}

/// Whether the manager would hold on to a connection that does not serve: it renews only those that were closed.
fn is_stuck(error: &RedisError) -> bool {
    error.is_timeout()
        || error.kind() == ErrorKind::AuthenticationFailed
        || matches!(error.code(), Some("NOAUTH" | "WRONGPASS"))
}

impl RedisStore {
    /// Connects. The URL is `redis://user:password@host:6379/0`, or `rediss://` for TLS; every key of this store starts
    /// with the prefix. The error names the host, and neither user nor password.
    pub async fn open(url: &Url, prefix: &str) -> Result<Self> {
        if !prefix.is_empty() {
            check_key(prefix)?;
        }
        let connected = connect(url).await;
        let (client, manager) =
            connected.map_err(|error| Error::unavailable(format!("Redis at {}: {error}", place(url))))?;
        Ok(Self { client, prefix: prefix.to_owned(), manager: RwLock::new(manager) })
    }

    fn key(&self, key: &str) -> Result<String> {
        check_key(key)?;
        Ok(format!("{}{key}", self.prefix))
    }

    fn manager(&self) -> ConnectionManager {
        self.manager.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn run<T: FromRedisValue>(&self, command: &Cmd) -> Result<T> {
        let mut manager = self.manager();
        self.answered(command.query_async(&mut manager).await)
    }

    fn answered<T>(&self, answer: RedisResult<T>) -> Result<T> {
        if let Err(error) = &answer
            && is_stuck(error)
            && let Ok(manager) = ConnectionManager::new_lazy_with_config(self.client.clone(), config())
        {
            *self.manager.write().unwrap_or_else(PoisonError::into_inner) = manager;
        }
        answer.map_err(Error::unavailable)
    }
}

/// `SET`, with what every value has: a lifetime.
fn set(key: &str, value: &[u8], lifetime: Duration) -> Cmd {
    let mut command = redis::cmd("SET");
    command.arg(key).arg(value).arg("PX").arg(milliseconds(lifetime));
    command
}

#[async_trait]
impl KeyValue for RedisStore {
    async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        let mut command = redis::cmd("GET");
        command.arg(self.key(key)?);
        self.run(&command).await
    }

    async fn put(&self, key: &str, value: Bytes, lifetime: Duration) -> Result<()> {
        check_value(&value)?;
        self.run(&set(&self.key(key)?, &value, lifetime)).await
    }

    async fn put_new(&self, key: &str, value: Bytes, lifetime: Duration) -> Result<bool> {
        check_value(&value)?;
        let mut command = set(&self.key(key)?, &value, lifetime);
        command.arg("NX");
        let put: Option<()> = self.run(&command).await?;
        Ok(put.is_some())
    }

    async fn delete(&self, key: &str) -> Result<()> {
        let mut command = redis::cmd("DEL");
        command.arg(self.key(key)?);
        self.run(&command).await
    }

    async fn increment(&self, key: &str, lifetime: Duration) -> Result<u64> {
        let key = self.key(key)?;
        let mut first = set(&key, b"0", lifetime);
        first.arg("NX");
        // In a transaction time stands still, so the key cannot expire in between and come back without a lifetime.
        let mut both = redis::pipe();
        both.atomic().add_command(first).ignore().cmd("INCR").arg(&key);
        let mut manager = self.manager();
        let (count,): (u64,) = self.answered(both.query_async(&mut manager).await)?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_tells_no_secrets() {
        for (url, expected) in [
            ("redis://localhost", "localhost:6379"),
            ("rediss://user:hush@redis.example.com:6380/2", "redis.example.com:6380"),
            ("redis://:hush@[::1]:7000", "[::1]:7000"),
            ("unix:///run/redis.sock?user=me&pass=hush", "/run/redis.sock"),
        ] {
            assert_eq!(place(&Url::parse(url).unwrap()), expected);
        }
    }
}
