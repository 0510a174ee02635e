//! A real S3 server of other hands: moto (`pip install 'moto[server]'`), as `moto_server` or what `TUKU_MOTO` names.

use std::env;
use std::io::ErrorKind;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use url::Url;

pub const BUCKET: &str = "photos";

/// A running server, stopped when dropped.
pub struct Moto {
    pub address: Url,
    server: Child,
}

impl Moto {
    /// Starts one with an empty bucket. Without moto the test is skipped, unless `CI` or `TUKU_TEST_S3` is set.
    pub async fn start() -> Option<Self> {
        let program = env::var_os("TUKU_MOTO").unwrap_or_else(|| "moto_server".into());
        let port = free_port().await;
        let mut command = Command::new(&program);
        command.args(["-H", "127.0.0.1", "-p"]).arg(port.to_string());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let server = match command.spawn() {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let needed = env::var_os("CI").is_some() || env::var_os("TUKU_TEST_S3").is_some();
                assert!(!needed, "{program:?} is not installed");
                eprintln!("SKIPPED: {program:?} is not installed, so no other S3 server was tried");
                return None;
            }
            started => started.unwrap(),
        };
        let address = Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap();
        let mut moto = Self { address, server };
        moto.wait(port).await;
        let created = super::presigned::browser().put(moto.address.join(BUCKET).unwrap()).send().await.unwrap();
        assert!(created.status().is_success(), "the bucket was not made: {}", created.status());
        Some(moto)
    }

    async fn wait(&mut self, port: u16) {
        for _ in 0..300 {
            if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return;
            }
            if let Some(status) = self.server.try_wait().unwrap() {
                panic!("moto stopped at once: {status}");
            }
            sleep(Duration::from_millis(100)).await;
        }
        panic!("moto does not answer");
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

async fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}
