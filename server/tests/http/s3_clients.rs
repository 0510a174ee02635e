//! The clients that people have: rclone and the aws command line, as they are, against the bucket of a running site.
//!
//! `TUKU_RCLONE` and `TUKU_AWS` name them where they are not in the path. Where one is missing its tests are skipped,
//! unless `CI` or `TUKU_TEST_CLIENTS` is set.

use crate::site::{Person, Site, pictures::jpeg};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    env,
    fs::{self, File},
    io::{Seek, SeekFrom, Write},
    path::Path,
    process::{Output, Stdio},
    time::Duration,
};
use tokio::process::Command;

/// Room for what is copied here, in bytes.
const ROOM: (&str, &str) = ("TUKU_QUOTA", "20GB");

/// A client, with an access key of a member's.
struct Client {
    program: String,
    settings: Vec<(&'static str, String)>,
}

impl Client {
    /// Whether there is one: the first word of a program, and how to ask whether it is there.
    async fn find(variable: &str, name: &str) -> Option<String> {
        let program = env::var(variable).unwrap_or_else(|_| name.to_owned());
        let there = Command::new(&program).arg("--version").output().await.is_ok_and(|done| done.status.success());
        let needed = env::var_os("CI").is_some() || env::var_os("TUKU_TEST_CLIENTS").is_some();
        assert!(there || !needed, "{program} is not here: `make test-rust` installs it");
        if !there {
            eprintln!("skipped: {program} is not here");
        }
        there.then_some(program)
    }

    async fn rclone(ann: &Person) -> Option<Self> {
        let program = Self::find("TUKU_RCLONE", "rclone").await?;
        let [access_key, secret_key] = key(ann).await;
        let settings = vec![
            ("RCLONE_CONFIG", "/dev/null".to_owned()),
            ("RCLONE_CONFIG_TUKU_TYPE", "s3".to_owned()),
            ("RCLONE_CONFIG_TUKU_PROVIDER", "Other".to_owned()),
            ("RCLONE_CONFIG_TUKU_ACCESS_KEY_ID", access_key),
            ("RCLONE_CONFIG_TUKU_SECRET_ACCESS_KEY", secret_key),
            ("RCLONE_CONFIG_TUKU_ENDPOINT", ann.address("")),
            ("RCLONE_CONFIG_TUKU_REGION", "auto".to_owned()),
        ];
        Some(Self { program, settings })
    }

    async fn aws(ann: &Person) -> Option<Self> {
        let program = Self::find("TUKU_AWS", "aws").await?;
        let [access_key, secret_key] = key(ann).await;
        let settings = vec![
            ("AWS_CONFIG_FILE", "/dev/null".to_owned()),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null".to_owned()),
            ("AWS_ACCESS_KEY_ID", access_key),
            ("AWS_SECRET_ACCESS_KEY", secret_key),
            ("AWS_ENDPOINT_URL", ann.address("")),
            ("AWS_DEFAULT_REGION", "auto".to_owned()),
            ("AWS_PAGER", String::new()),
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
        ];
        Some(Self { program, settings })
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        // Nothing of who runs the tests: no proxy, no keys, no certificates.
        let path = env::var_os("PATH").unwrap_or_default();
        command.args(words).env_clear().env("PATH", path).env("HOME", env::temp_dir()).env("LANG", "C.UTF-8");
        command.envs(self.settings.iter().cloned()).stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    async fn output(&self, words: &[&str]) -> Output {
        self.command(words).output().await.unwrap()
    }

    /// What it prints when all is well.
    async fn run(&self, words: &[&str]) -> String {
        let done = self.output(words).await;
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{words:?}: {said}");
        String::from_utf8(done.stdout).unwrap()
    }

    async fn json(&self, words: &[&str]) -> Value {
        let said = self.run(words).await;
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{words:?}: {error}: {said}"))
    }
}

async fn key(ann: &Person) -> [String; 2] {
    let made = ann.ok("accessKey.create", json!({"name": "A client", "rights": ["read", "write"]})).await;
    ["accessKey", "secretKey"].map(|name| made[name].as_str().unwrap().to_owned())
}

async fn completed(ann: &Person, wanted: u64) {
    let mut counts = Value::Null;
    for _ in 0..600 {
        counts = ann.ok("folder.list", json!({})).await["folders"][0].clone();
        if counts["pictures"] == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{wanted} pictures were expected: {counts}");
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A file of so many bytes, the last of which are told.
fn large(path: &Path, size: u64, end: &str) {
    let mut file = File::create(path).unwrap();
    file.write_all(b"it begins").unwrap();
    file.seek(SeekFrom::Start(size - end.len() as u64)).unwrap();
    file.write_all(end.as_bytes()).unwrap();
}

/// A thousand files in folders with names of all kinds, some of them pictures; how many of those there are.
fn thousand(root: &Path) -> u64 {
    let folders = ["Trip to the sea", "照片/2024 夏", "🏔 hills & dales/day+1", "plain", "a/b/c/d"];
    let mut pictures = 0;
    for number in 0..1000_usize {
        let folder = root.join(folders[number % folders.len()]);
        fs::create_dir_all(&folder).unwrap();
        let (name, bytes) = match number % 40 {
            0 => (format!("Sea {number} 海 🌊 'quoted' (1).jpg"), jpeg(20 + number, 20, 1)),
            _ => (format!("file {number} #100%.txt"), format!("the words of file {number}").repeat(40).into_bytes()),
        };
        pictures += u64::from(number % 40 == 0);
        fs::write(folder.join(name), bytes).unwrap();
    }
    pictures
}

#[tokio::test]
async fn rclone_keeps_a_thousand_files_in_step() {
    let site = Site::start_with(&[ROOM]).await;
    let ann = site.member("ann").await;
    let Some(rclone) = Client::rclone(&ann).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let (root, there) = (folder.path().join("here"), "tuku:tuku/ann");
    let pictures = thousand(&root);
    let sync = ["sync", text(&root), there, "--transfers", "8"];

    // Broken off, and begun again.
    let mut first = rclone.command(&sync).stderr(Stdio::null()).spawn().unwrap();
    tokio::time::sleep(Duration::from_millis(700)).await;
    first.kill().await.unwrap();
    rclone.run(&sync).await;
    rclone.run(&["check", text(&root), there]).await;
    let listed = async |place: &str| {
        let said = rclone.run(&["lsf", "-R", "--files-only", "--format", "ps", place]).await;
        let mut lines: Vec<_> = said.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let here = listed(text(&root)).await;
    assert_eq!(here.len(), 1000);
    assert_eq!(listed(there).await, here);
    completed(&ann, pictures).await;
    assert_eq!(rclone.run(&["lsf", "tuku:tuku"]).await, "ann/\n", "from the top it finds its way");
    let names: Vec<_> = ann.ok("gallery.listMine", json!({})).await["galleries"].as_array().unwrap().clone();
    let mut names: Vec<_> = names.iter().map(|gallery| gallery["name"].as_str().unwrap().to_owned()).collect();
    names.sort();
    assert_eq!(names, ["Trip to the sea"], "pictures lie in one of the folders alone");

    // What goes here goes there, and what changes changes.
    let trip = root.join("Trip to the sea");
    let gone = trip.join("Sea 40 海 🌊 'quoted' (1).jpg");
    fs::remove_file(&gone).unwrap();
    fs::write(root.join("plain/file 3 #100%.txt"), "other words").unwrap();
    fs::rename(trip.join("Sea 80 海 🌊 'quoted' (1).jpg"), root.join("plain/Renamed.jpg")).unwrap();
    rclone.run(&["sync", text(&root), there, "--track-renames"]).await;
    rclone.run(&["check", text(&root), there]).await;
    assert_eq!(listed(there).await, listed(text(&root)).await);
    completed(&ann, pictures - 1).await;
    rclone.run(&["purge", &format!("{there}/Trip to the sea")]).await;
    completed(&ann, 1).await;
}

#[tokio::test]
async fn rclone_stores_three_gigabytes_in_parts_and_reads_them_back() {
    let site = Site::start_with(&[ROOM]).await;
    let ann = site.member("ann").await;
    let Some(rclone) = Client::rclone(&ann).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.bin");
    large(&file, 3_000_000_000, "and this is its end");
    let there = "tuku:tuku/ann/large.bin";
    let parts = ["--s3-chunk-size", "64M", "--s3-disable-checksum", "--ignore-checksum"];
    rclone.run(&[&["copyto", text(&file), there][..], &parts].concat()).await;
    assert_eq!(rclone.run(&["size", there]).await.lines().count(), 2);
    let described = rclone.json(&["lsjson", there]).await;
    assert_eq!(described[0]["Size"], 3_000_000_000_u64);
    assert_eq!(rclone.run(&["cat", "--tail", "19", there]).await, "and this is its end");
    assert_eq!(rclone.run(&["cat", "--head", "9", there]).await, "it begins");
    assert_eq!(ann.ok("user.me", json!({})).await["used"], 3_000_000_000_u64);
    rclone.run(&["deletefile", there]).await;
    assert_eq!(ann.ok("user.me", json!({})).await["used"], 0);
}

#[tokio::test]
async fn the_aws_command_line_does_what_it_does_elsewhere() {
    let site = Site::start_with(&[ROOM]).await;
    let ann = site.member("ann").await;
    let Some(aws) = Client::aws(&ann).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let here = |name: &str| folder.path().join(name);
    let s3 = |name: &str| format!("s3://tuku/ann/{name}");
    let api = async |operation: &str, words: &[&str]| {
        aws.json(&[&["s3api", operation, "--bucket", "tuku", "--output", "json"], words].concat()).await
    };
    assert!(aws.run(&["s3", "ls"]).await.ends_with(" tuku\n"));

    // Names, types, ranges, conditions.
    fs::write(here("a b.jpg"), jpeg(300, 200, 1)).unwrap();
    aws.run(&["s3", "cp", text(&here("a b.jpg")), &s3("Sea 海/a b 🌊.jpg")]).await;
    let name = "ann/Sea 海/a b 🌊.jpg";
    let head = api("head-object", &["--key", name]).await;
    assert_eq!(head["ContentType"], "image/jpeg");
    assert_eq!(head["ContentLength"], fs::metadata(here("a b.jpg")).unwrap().len());
    let etag = head["ETag"].as_str().unwrap();
    let part = here("part");
    let got = api("get-object", &["--key", name, "--range", "bytes=0-1", text(&part)]).await;
    assert_eq!((&got["ContentLength"], fs::read(&part).unwrap()), (&json!(2), vec![0xff, 0xd8]));
    let known = ["s3api", "get-object", "--bucket", "tuku", "--key", name, "--if-none-match", etag, text(&part)];
    let refused = aws.output(&known).await;
    assert!(String::from_utf8_lossy(&refused.stderr).contains("304"), "{refused:?}");
    completed(&ann, 1).await;

    // Listings of both kinds, page by page.
    for number in 0..7 {
        fs::write(here("x"), format!("{number}")).unwrap();
        aws.run(&["s3", "cp", text(&here("x")), &s3(&format!("many/{number}.txt"))]).await;
    }
    for operation in ["list-objects", "list-objects-v2"] {
        let listed = api(operation, &["--prefix", "ann/many/", "--page-size", "2"]).await;
        let names: Vec<_> = listed["Contents"].as_array().unwrap().iter().map(|object| object["Key"].clone()).collect();
        assert_eq!(names, (0..7).map(|number| json!(format!("ann/many/{number}.txt"))).collect::<Vec<_>>());
        let folded = api(operation, &["--prefix", "ann/", "--delimiter", "/", "--page-size", "1"]).await;
        let folders = json!([{"Prefix": "ann/Sea 海/"}, {"Prefix": "ann/many/"}]);
        assert_eq!(folded["CommonPrefixes"], folders, "{operation}");
    }

    // Folders, as programs with windows make them.
    api("put-object", &["--key", "ann/empty/"]).await;
    let listed = api("list-objects-v2", &["--prefix", "ann/", "--delimiter", "/"]).await;
    assert_eq!(listed["CommonPrefixes"][1], json!({"Prefix": "ann/empty/"}));
    assert_eq!(api("head-object", &["--key", "ann/empty/"]).await["ContentLength"], 0);
    aws.run(&["s3", "rm", &s3("empty/")]).await;

    // In parts: one that is given up, and one that is broken off, found again and finished.
    let given_up = api("create-multipart-upload", &["--key", "ann/x.bin"]).await["UploadId"].clone();
    let given_up = given_up.as_str().unwrap();
    let abort = ["s3api", "abort-multipart-upload", "--bucket", "tuku", "--key", "ann/x.bin", "--upload-id", given_up];
    aws.run(&abort).await;
    api("create-multipart-upload", &["--key", "ann/parts.bin"]).await;
    let uploads = api("list-multipart-uploads", &[]).await["Uploads"].clone();
    let found: Vec<_> = uploads.as_array().unwrap().iter().map(|upload| upload["Key"].clone()).collect();
    assert_eq!(found, [json!("ann/parts.bin")], "what was given up is gone");
    let id = uploads[0]["UploadId"].as_str().unwrap();
    let upload = ["--key", "ann/parts.bin", "--upload-id", id];
    let mut tags = BTreeMap::new();
    for (number, size) in [("1", 6_000_000), ("2", 5_000)] {
        fs::write(here("part"), vec![number.as_bytes()[0]; size]).unwrap();
        let words = [&upload[..], &["--part-number", number, "--body", text(&part)]].concat();
        let sent = api("upload-part", &words).await;
        tags.insert(number, sent["ETag"].clone());
        let there = api("list-parts", &upload).await["Parts"].as_array().unwrap().len();
        assert_eq!(there, tags.len(), "what has come is told");
    }
    let parts: Vec<_> =
        tags.iter().map(|(number, tag)| json!({"PartNumber": number.parse::<u32>().unwrap(), "ETag": tag})).collect();
    let list = json!({"Parts": parts}).to_string();
    api("complete-multipart-upload", &[&upload[..], &["--multipart-upload", &list]].concat()).await;
    assert_eq!(api("head-object", &["--key", "ann/parts.bin"]).await["ContentLength"], 6_005_000);

    // Only if it is new, only if it is as known.
    let put = async |condition: [&str; 2]| {
        let body = here("part");
        let put = ["s3api", "put-object", "--bucket", "tuku", "--key", "ann/parts.bin", "--body", text(&body)];
        let done = aws.output(&[&put[..], &condition].concat()).await;
        (done.status.success(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let (stored, told) = put(["--if-none-match", "*"]).await;
    assert!(!stored && told.contains("PreconditionFailed"), "{told}");
    let (stored, told) = put(["--if-match", "\"0000\""]).await;
    assert!(!stored && told.contains("PreconditionFailed"), "{told}");
    let etag = api("head-object", &["--key", "ann/parts.bin"]).await["ETag"].clone();
    assert!(put(["--if-match", etag.as_str().unwrap()]).await.0);

    // By itself: a file in parts, copied in parts, moved, removed.
    large(&here("large.bin"), 30_000_000, "its end");
    aws.run(&["s3", "cp", text(&here("large.bin")), &s3("large.bin"), "--only-show-errors"]).await;
    aws.run(&["s3", "cp", &s3("large.bin"), &s3("copy.bin"), "--only-show-errors"]).await;
    aws.run(&["s3", "cp", &s3("copy.bin"), text(&here("back.bin")), "--only-show-errors"]).await;
    assert_eq!(fs::read(here("back.bin")).unwrap(), fs::read(here("large.bin")).unwrap());
    assert!(api("head-object", &["--key", "ann/copy.bin"]).await["ETag"].as_str().unwrap().contains('-'), "in parts");
    aws.run(&["s3", "mv", &s3("Sea 海/a b 🌊.jpg"), &s3("Moved/a.jpg"), "--only-show-errors"]).await;
    completed(&ann, 1).await;
    aws.run(&["s3", "cp", &s3("large.bin"), text(&here("back.bin")), "--only-show-errors"]).await;
    assert_eq!(fs::read(here("back.bin")).unwrap(), fs::read(here("large.bin")).unwrap());
    aws.run(&["s3", "rm", "--recursive", "s3://tuku/ann/", "--only-show-errors"]).await;
    assert_eq!(api("list-objects-v2", &["--prefix", "ann/"]).await.get("Contents"), None);
    completed(&ann, 0).await;
    let denied = aws.output(&["s3", "ls", "s3://tuku/originals/"]).await;
    assert!(String::from_utf8_lossy(&denied.stderr).contains("AccessDenied"), "{denied:?}");
}
