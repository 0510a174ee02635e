//! Files made to break decoders, and decoders that break: the server answers on.

use crate::site::{Person, Site, pictures};
use reqwest::{Response, StatusCode, header};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{fs, os::unix};
use tokio::time::sleep;
use turbojpeg::{Image, PixelFormat, Subsamp};

/// The files of a folder of the corpus of `imaging`: names and bytes, in order. An upload has at least one byte.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/imaging/tests/corpus").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap());
    let files: Vec<_> = paths.into_iter().map(read).filter(|(_, bytes)| !bytes.is_empty()).collect();
    assert!(!files.is_empty());
    files
}

async fn view(person: &Person, id: &str, options: &str) -> Response {
    let request = person.client.get(person.address(&format!("/images/view/{id}/{options}")));
    request.header(header::ACCEPT, "image/webp").send().await.unwrap()
}

/// Someone else uploads a picture and looks at it.
async fn assert_all_is_well(site: &Site) {
    let ben = site.member("ben").await;
    let picture = ben.picture().await;
    assert_eq!(view(&ben, &picture, "width=320").await.status(), StatusCode::OK);
    ben.page("/").await;
}

#[tokio::test]
async fn files_that_are_broken_or_lie_end_as_failed_with_a_sentence() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    for (name, bytes) in files("refused") {
        let confirmed = ann.send(&name, "image/jpeg", bytes).await;
        assert_eq!(confirmed["state"], "failed", "{name}: {confirmed}");
        let reason = confirmed["reason"].as_str().unwrap();
        assert!(reason.len() > 20 && reason.ends_with('.'), "{name}: {reason}");
    }
    assert_all_is_well(&site).await;
}

#[tokio::test]
async fn odd_files_become_pictures_or_fail_and_nothing_in_between() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    for (name, bytes) in files("odd") {
        let confirmed = ann.send(&name, "image/png", bytes).await;
        if confirmed["state"] == "completed" {
            let id = confirmed["picture"]["id"].as_str().unwrap();
            let status = view(&ann, id, "width=320").await.status();
            // The first frame was fine; a later one need not be.
            assert!(status == StatusCode::OK || status.is_server_error(), "{name}: {status}");
        } else {
            assert_eq!(confirmed["state"], "failed", "{name}: {confirmed}");
            assert!(confirmed["reason"].as_str().unwrap().ends_with('.'), "{name}: {confirmed}");
        }
    }
    assert_all_is_well(&site).await;
}

/// A JPEG that takes long to draw: nothing repeats in it.
fn noise(width: usize, height: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut byte = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    let pixels: Vec<u8> = (0..width * height * 3).map(|_| byte()).collect();
    let image = Image { pixels: pixels.as_slice(), width, pitch: width * 3, height, format: PixelFormat::RGB };
    turbojpeg::compress(image, 80, Subsamp::Sub2x2).unwrap().to_vec()
}

/// The processes that run a program by this name.
fn running(program: &Path) -> Vec<String> {
    let processes = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let numbers = processes.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
    let name = program.as_os_str().as_encoded_bytes();
    let runs_it = |number: &String| {
        let words = fs::read(format!("/proc/{number}/cmdline")).unwrap_or_default();
        words.split(|&byte| byte == 0).next() == Some(name)
    };
    numbers.filter(runs_it).collect()
}

#[tokio::test]
async fn a_worker_that_dies_takes_its_own_job_along_and_nothing_else() {
    // By a name of its own the workers of this site are told from those of the other tests.
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("tuku");
    unix::fs::symlink(env!("CARGO_BIN_EXE_tuku"), &program).unwrap();
    let site = Site::start_with(&[("TUKU_IMAGING_PROGRAM", program.to_str().unwrap())]).await;
    let ann = site.member("ann").await;
    let confirmed = ann.send("noise.jpg", "image/jpeg", noise(2800, 2000)).await;
    assert_eq!(confirmed["state"], "completed", "{confirmed}");
    let id = confirmed["picture"]["id"].as_str().unwrap();

    let slow = ann.client.get(ann.address(&format!("/images/view/{id}/width=2560,format=avif")));
    let drawing = tokio::spawn(slow.send());
    // A worker that is killed is replaced once: so the next one dies, too.
    let mut killed = 0;
    while !drawing.is_finished() {
        for worker in running(&program) {
            killed += 1;
            Command::new("sh").args(["-c", r#"kill -9 "$0""#, &worker]).status().unwrap();
        }
        sleep(Duration::from_millis(20)).await;
    }
    let answer = drawing.await.unwrap().unwrap();
    assert!(killed > 0, "the picture was drawn by a worker");
    assert!(answer.status().is_server_error(), "{}", answer.status());
    assert_ne!(answer.text().await.unwrap(), "");

    let next = view(&ann, id, "width=320").await;
    assert_eq!(next.status(), StatusCode::OK);
    assert_eq!(next.headers()[header::CONTENT_TYPE], "image/webp");
    assert_all_is_well(&site).await;
}

#[tokio::test]
async fn what_takes_too_long_is_broken_off() {
    // Workers that stand still as soon as they are started.
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("tuku");
    let script = format!("#!/bin/sh\nkill -STOP $$\nexec {} \"$@\"\n", env!("CARGO_BIN_EXE_tuku"));
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let program = program.to_str().unwrap();
    let site = Site::start_with(&[("TUKU_IMAGING_PROGRAM", program), ("TUKU_IMAGING_SECONDS", "1")]).await;
    let ann = site.member("ann").await;
    let confirmed = ann.send("noise.jpg", "image/jpeg", pictures::jpeg(600, 400, 1)).await;
    assert_eq!(confirmed["state"], "failed", "{confirmed}");
    assert!(confirmed["reason"].as_str().unwrap().contains("second"), "{confirmed}");
    ann.page("/").await;
}
