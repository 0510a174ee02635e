//! Small files, good and bad: `tests/corpus` says what they are. Each ends in an answer, within the room of a worker.

use crate::draw::contains;
use imaging::{Fit, Format, Gravity, Limits, Output, Recipe, Refusal, mean_colour, probe, render, strip};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, panic};

const OUTPUTS: [Output; 5] = [Output::Jpeg, Output::Png, Output::WebP, Output::Avif, Output::Gif];

/// The files of a folder of the corpus: names and bytes, in order.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    let read = |path: PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap());
    paths.into_iter().map(read).collect()
}

fn small(output: Output, moving: bool) -> Recipe {
    let (width, height) = (Some(20), Some(16));
    Recipe { width, height, fit: Fit::Cover, gravity: Gravity::SouthEast, quality: None, output, moving }
}

/// An answer, so long as nothing broke down over it.
fn answered<T>(answer: Result<T, Refusal>) -> Result<T, Refusal> {
    answer.inspect_err(|refusal| assert_ne!(*refusal, Refusal::Crashed))
}

/// What an upload ends in.
fn verdict(bytes: &[u8]) -> Result<[u8; 3], Refusal> {
    let limits = Limits::default();
    let colour = probe(bytes, &limits).and_then(|seen| {
        assert!((1..=limits.max_pixels).contains(&(u64::from(seen.width) * u64::from(seen.height))));
        assert!((1..=limits.max_frames).contains(&seen.frames));
        mean_colour(bytes, &seen, &limits)
    });
    answered(colour)
}

/// Draws a file in every format, moving and still.
fn drawn(name: &str, bytes: &[u8]) -> Vec<Result<(), Refusal>> {
    let draw = |recipe: Recipe| {
        let rendered = answered(render(bytes, &recipe, &Limits::default()))?;
        assert!((1..=20).contains(&rendered.width) && (1..=16).contains(&rendered.height), "{name}");
        let kind = Format::sniff(&rendered.bytes).map(Format::content_type);
        assert_eq!(kind, Some(recipe.output.content_type()), "{name}");
        Ok::<_, Refusal>(())
    };
    OUTPUTS.into_iter().flat_map(|output| [small(output, true), small(output, false)]).map(draw).collect()
}

fn assert_is_taken(name: &str, bytes: &[u8]) {
    let limits = Limits::default();
    assert_eq!(verdict(bytes).err(), None, "{name}");
    for result in drawn(name, bytes) {
        assert_eq!(result, Ok(()), "{name}");
    }
    let seen = probe(bytes, &limits).unwrap();
    assert_eq!(seen.frames > 1, name.starts_with("moving"), "{name}");
    let stripped = strip(bytes, &limits).unwrap();
    assert_eq!(Format::sniff(&stripped.bytes), Some(stripped.format), "{name}");
    assert!(!contains(&stripped.bytes, b"Secret"), "{name} keeps who made it");
    let again = probe(&stripped.bytes, &limits).unwrap();
    assert_eq!((again.width, again.height), (seen.width, seen.height), "{name}");
}

fn assert_is_refused(name: &str, bytes: &[u8]) {
    let refusal = verdict(bytes).expect_err(name).to_string();
    assert!(refusal.len() > 20 && refusal.ends_with('.'), "{name}: {refusal}");
    assert!(drawn(name, bytes).iter().all(Result::is_err), "{name}");
    let _ = answered(strip(bytes, &Limits::default()));
}

fn assert_is_answered(name: &str, bytes: &[u8]) {
    let _ = (verdict(bytes), drawn(name, bytes), answered(strip(bytes, &Limits::default())));
}

/// The names of the files of a folder that are not as they should be. Each is told before it is looked at.
fn wrong(folder: &str, check: fn(&str, &[u8])) -> Vec<String> {
    let is_wrong = |(name, bytes): &(String, Vec<u8>)| {
        eprintln!("{folder}/{name}");
        panic::catch_unwind(|| check(name, bytes)).is_err()
    };
    files(folder).into_iter().filter(is_wrong).map(|(name, _)| format!("{folder}/{name}")).collect()
}

#[test]
#[ignore = "run by the test below, in a process of its own"]
fn replay() {
    type Check = (&'static str, fn(&str, &[u8]));
    let checks: [Check; 3] = [("taken", assert_is_taken), ("refused", assert_is_refused), ("odd", assert_is_answered)];
    let wrong: Vec<String> = checks.into_iter().flat_map(|(folder, check)| wrong(folder, check)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    eprintln!("all answered");
}

/// The process has the memory that a worker has (1 GB for the picture and half of one beside it), and five minutes of
/// a core for all files together. When it breaks, it is the last file named that broke it.
#[test]
fn every_file_is_answered_within_the_room_of_a_worker() {
    let limited = r#"ulimit -v 1500000; ulimit -t 300; ulimit -c 0; exec "$0" "$@""#;
    let arguments = ["--exact", "corpus::replay", "--ignored", "--nocapture", "--test-threads=1"];
    let mut child = Command::new("sh");
    child.args(["-c", limited]).arg(env::current_exe().unwrap()).args(arguments);
    child.env("MALLOC_ARENA_MAX", "1").env("RUST_BACKTRACE", "0");
    let child = child.output().unwrap();
    let said = String::from_utf8_lossy(&child.stderr);
    assert!(child.status.success() && said.contains("all answered"), "{}\n{said}", child.status);
}
