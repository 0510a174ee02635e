//! A real Redis of the test's own: `redis-server` on a free port, keeping nothing on disk.

use std::env;
use std::io::ErrorKind;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use url::Url;

/// A running server, stopped when dropped.
pub struct RedisServer {
    port: u16,
    folder: TempDir,
    server: Child,
}

impl RedisServer {
    /// Starts one. Where it is not installed the test is skipped, unless `CI` or `TUKU_TEST_REDIS` is set.
    pub async fn start(options: &[&str]) -> Option<Self> {
        let port = free_port().await;
        let folder = tempfile::tempdir().unwrap();
        let server = match spawn(port, &folder, options) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let needed = env::var_os("CI").is_some() || env::var_os("TUKU_TEST_REDIS").is_some();
                assert!(!needed, "redis-server is not installed");
                eprintln!("SKIPPED: redis-server is not installed, so only the built-in key-value store was tried");
                return None;
            }
            started => started.unwrap(),
        };
        let mut redis = Self { port, folder, server };
        redis.wait().await;
        Some(redis)
    }

    /// Its address; `user` as `name:password@`, or nothing.
    pub fn url(&self, user: &str) -> Url {
        Url::parse(&format!("redis://{user}127.0.0.1:{}/0", self.port)).unwrap()
    }

    /// Stops it and starts an empty one in its place.
    pub async fn restart(&mut self, options: &[&str]) {
        self.stop();
        self.server = spawn(self.port, &self.folder, options).unwrap();
        self.wait().await;
    }

    async fn wait(&mut self) {
        for _ in 0..300 {
            if TcpStream::connect(("127.0.0.1", self.port)).await.is_ok() {
                return;
            }
            if let Some(status) = self.server.try_wait().unwrap() {
                panic!("redis-server stopped at once: {status}");
            }
            sleep(Duration::from_millis(100)).await;
        }
        panic!("redis-server does not answer");
    }

    fn stop(&mut self) {
        // It may have stopped by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn spawn(port: u16, folder: &TempDir, options: &[&str]) -> std::io::Result<Child> {
    let mut command = Command::new("redis-server");
    command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port"]).arg(port.to_string());
    command.arg("--dir").arg(folder.path()).args(options);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}

pub async fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}
