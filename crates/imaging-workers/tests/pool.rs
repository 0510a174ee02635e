//! The pool with real workers: this very program, started again with the worker's argument.
//!
//! The tests run one after another, so that every worker there is belongs to the one that runs.

use bytes::Bytes;
use futures::future::join_all;
use imaging::{Fit, Format, Gravity, Output, Recipe, Refusal};
use imaging_workers::{ARGUMENT, Failure, Limits, Pool, Settings};
use rustix::process::{Pid, Signal, kill_process};
use std::{env, fs, path::PathBuf, sync::Arc, sync::LazyLock, time::Duration};
use tokio::runtime::Runtime;
use tokio::time::{sleep, timeout};

macro_rules! run {
    ($($test:ident),* $(,)?) => {{
        let wanted = env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
        let runtime = Runtime::new().unwrap();
        $(if stringify!($test).contains(&wanted) {
            runtime.block_on(async {
                $test().await;
                assert!(comes_true(|| workers().is_empty()).await, "no worker outlives its pool");
            });
            println!("test {} ... ok", stringify!($test));
        })*
    }};
}

fn main() {
    if env::args().nth(1).as_deref() == Some(ARGUMENT) {
        return imaging_workers::serve().unwrap();
    }
    run![
        a_worker_is_used_again,
        a_refusal_costs_no_worker,
        no_more_run_at_once_than_there_are_places,
        workers_are_bound_and_know_no_secrets,
        a_job_that_takes_too_long_is_broken_off,
        an_answer_that_is_too_large_is_refused,
        a_picture_larger_than_memory_is_refused,
        a_worker_that_crashes_at_work_takes_only_its_own_job,
        a_worker_that_is_killed_at_work_is_replaced,
        a_picture_whose_workers_are_killed_twice_is_refused,
        a_worker_told_to_end_leaves_its_job_to_be_tried_again,
        a_worker_that_dies_idle_takes_no_job,
        a_job_nobody_waits_for_is_broken_off,
        a_job_nobody_waits_for_leaves_the_queue,
        without_a_program_nothing_is_the_picture_s_fault,
    ];
}

fn settings() -> Settings {
    Settings {
        program: env::current_exe().unwrap(),
        jobs: 1,
        limits: Limits::default(),
        largest_answer: 64_000_000,
        seconds: 60,
        niceness: 1,
    }
}

fn recipe(width: u32, output: Output) -> Recipe {
    let (fit, gravity) = (Fit::Inside, Gravity::Centre);
    Recipe { width: Some(width), height: None, fit, gravity, quality: None, output, moving: false }
}

/// A JPEG of noise, which is work for decoders and encoders.
fn picture(side: usize) -> Bytes {
    let mut state = 1_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let pixels: Vec<u8> = (0..side * side * 3).map(|_| noise()).collect();
    let format = turbojpeg::PixelFormat::RGB;
    let image = turbojpeg::Image { pixels: pixels.as_slice(), width: side, pitch: side * 3, height: side, format };
    Bytes::copy_from_slice(&turbojpeg::compress(image, 90, turbojpeg::Subsamp::Sub2x2).unwrap())
}

/// The fields of `/proc/…/stat` that follow the name of the program.
fn stat(pid: i32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    Some(stat.rsplit_once(')')?.1.split_whitespace().map(str::to_owned).collect())
}

/// The ids of our living workers, in order.
fn workers() -> Vec<i32> {
    let ours = std::process::id().to_string();
    let ids = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<i32>().ok());
    let mut ids: Vec<i32> = ids.filter(|id| stat(*id).is_some_and(|stat| stat[0] != "Z" && stat[1] == ours)).collect();
    ids.sort_unstable();
    ids
}

/// Ticks of processor time that a process has used.
fn ticks(pid: i32) -> u64 {
    stat(pid).map_or(0, |stat| stat[11].parse().unwrap())
}

async fn comes_true(mut condition: impl FnMut() -> bool) -> bool {
    let waits = async {
        while !condition() {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(60), waits).await.is_ok()
}

/// Seconds of work.
static LARGE: LazyLock<Bytes> = LazyLock::new(|| picture(5000));

/// A worker that is well under way; another than this one.
async fn busy(other: Option<i32>) -> i32 {
    let busy = || workers().into_iter().find(|worker| Some(*worker) != other && ticks(*worker) > 10);
    let mut found = None;
    let is_found = || {
        found = busy();
        found.is_some()
    };
    assert!(comes_true(is_found).await, "it works");
    found.unwrap()
}

/// A job that takes long, well under way.
async fn at_work(pool: &Arc<Pool>) -> tokio::task::JoinHandle<Result<imaging::Rendered, Failure>> {
    let (pool, large) = (pool.clone(), LARGE.clone());
    let job = tokio::spawn(async move { pool.render(large, recipe(3000, Output::WebP)).await });
    busy(None).await;
    job
}

/// One that is dead already stays so.
fn send(worker: i32, signal: Signal) {
    let _ = kill_process(Pid::from_raw(worker).unwrap(), signal);
}

fn kill(worker: i32) {
    send(worker, Signal::KILL);
}

async fn works(pool: &Pool) {
    let rendered = pool.render(picture(200), recipe(100, Output::WebP)).await.unwrap();
    assert_eq!((rendered.width, rendered.height), (100, 100));
    assert_eq!(Format::sniff(&rendered.bytes), Some(Format::WebP));
    assert!(pool.is_idle());
}

async fn a_worker_is_used_again() {
    let pool = Pool::new(settings());
    let inspected = pool.inspect(picture(300)).await.unwrap();
    assert_eq!((inspected.probe.format, inspected.probe.width), (Format::Jpeg, 300));
    assert!(inspected.colour.iter().all(|channel| channel.abs_diff(128) < 20), "{:?}", inspected.colour);
    let first = workers();
    assert_eq!(first.len(), 1);
    works(&pool).await;
    let stripped = pool.strip(picture(300)).await.unwrap();
    assert_eq!((stripped.format, Format::sniff(&stripped.bytes)), (Format::Jpeg, Some(Format::Jpeg)));
    assert_eq!(workers(), first);
}

async fn a_refusal_costs_no_worker() {
    let pool = Pool::new(settings());
    works(&pool).await;
    let first = workers();
    let refused = pool.inspect(Bytes::from_static(b"only words")).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::NotAPicture))), "{refused:?}");
    let pixels = Pool::new(Settings { limits: Limits { max_pixels: 100, ..Limits::default() }, ..settings() });
    let refused = pixels.inspect(picture(20)).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::TooManyPixels { pixels: 400, most: 100 }))));
    drop(pixels);
    works(&pool).await;
    assert!(comes_true(|| workers() == first).await);
}

async fn no_more_run_at_once_than_there_are_places() {
    let pool = Pool::new(Settings { jobs: 2, ..settings() });
    let jobs = (0..8).map(|_| pool.render(picture(400), recipe(200, Output::Jpeg)));
    let done = join_all(jobs).await;
    assert!(done.iter().all(Result::is_ok));
    assert!((1..=2).contains(&workers().len()));
    assert!(pool.is_idle() && pool.waiting() == 0);
}

async fn workers_are_bound_and_know_no_secrets() {
    assert!(env::vars_os().count() > 2, "there is something to keep from them");
    let pool = Pool::new(Settings { limits: Limits { max_memory: 300_000_000, ..Limits::default() }, ..settings() });
    works(&pool).await;
    let worker = workers()[0];
    let limits = fs::read_to_string(format!("/proc/{worker}/limits")).unwrap();
    let limit = |name: &str| {
        let line = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().next().unwrap().to_owned()
    };
    assert_eq!(limit("Max address space"), "812000000");
    assert_eq!(limit("Max core file size"), "0");
    let status = fs::read_to_string(format!("/proc/{worker}/status")).unwrap();
    assert!(status.lines().any(|line| line == "NoNewPrivs:\t1"), "{status}");
    let environment = fs::read(format!("/proc/{worker}/environ")).unwrap();
    let environment = String::from_utf8_lossy(&environment);
    let known = ["LD_LIBRARY_PATH=", "RUST_BACKTRACE=", "MALLOC_ARENA_MAX=1"];
    let mut told = environment.split('\0').filter(|variable| !variable.is_empty());
    assert!(told.all(|variable| known.iter().any(|name| variable.starts_with(name))), "{environment}");
}

async fn a_job_that_takes_too_long_is_broken_off() {
    let pool = Pool::new(Settings { seconds: 0, ..settings() });
    let refused = pool.render(LARGE.clone(), recipe(5000, Output::WebP)).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::TooSlow { seconds: 0 }))), "{refused:?}");
    assert!(pool.is_idle());
    assert!(comes_true(|| workers().is_empty()).await, "its worker is killed");
}

async fn an_answer_that_is_too_large_is_refused() {
    let pool = Pool::new(Settings { largest_answer: 1000, ..settings() });
    let refused = pool.render(picture(200), recipe(200, Output::WebP)).await;
    assert!(
        matches!(refused, Err(Failure::Refused(Refusal::TooMuchMemory { needed, most: 1000 })) if needed > 1000),
        "{refused:?}"
    );
    let first = workers();
    assert_eq!(first.len(), 1, "it costs no worker");
    let rendered = pool.render(picture(200), recipe(2, Output::WebP)).await.unwrap();
    assert!(rendered.bytes.len() <= 1000);
    assert_eq!(workers(), first);
}

async fn a_picture_larger_than_memory_is_refused() {
    let picture = picture(200);
    let needed = picture.len() as u64;
    let pool = |max_memory| Pool::new(Settings { limits: Limits { max_memory, ..Limits::default() }, ..settings() });
    let small = pool(needed - 1);
    let refused = Refusal::TooMuchMemory { needed, most: needed - 1 };
    assert!(matches!(small.inspect(picture.clone()).await, Err(Failure::Refused(why)) if why == refused));
    assert!(matches!(small.strip(picture).await, Err(Failure::Refused(why)) if why == refused));
    assert!(workers().is_empty(), "no worker is asked");
    assert!(small.is_idle());
}

async fn a_worker_that_crashes_at_work_takes_only_its_own_job() {
    for signal in [Signal::ABORT, Signal::SEGV] {
        let pool = Arc::new(Pool::new(settings()));
        let job = at_work(&pool).await;
        assert!(!pool.is_idle());
        let worker = workers()[0];
        // Rust handles a SIGSEGV that comes from outside once, and lets the next one kill.
        let dies = || {
            send(worker, signal);
            job.is_finished()
        };
        assert!(comes_true(dies).await, "{signal:?}");
        let refused = job.await.unwrap();
        assert!(matches!(refused, Err(Failure::Refused(Refusal::Crashed))), "{signal:?}: {refused:?}");
        assert!(workers().is_empty(), "no other one is tried");
        works(&pool).await;
        drop(pool);
        assert!(comes_true(|| workers().is_empty()).await);
    }
}

async fn a_worker_that_is_killed_at_work_is_replaced() {
    let pool = Arc::new(Pool::new(settings()));
    let job = at_work(&pool).await;
    let first = workers();
    kill(first[0]);
    let rendered = job.await.unwrap().unwrap();
    assert_eq!((rendered.width, rendered.height), (3000, 3000));
    assert_ne!(workers(), first);
    works(&pool).await;
}

async fn a_picture_whose_workers_are_killed_twice_is_refused() {
    let pool = Arc::new(Pool::new(settings()));
    let job = at_work(&pool).await;
    let first = workers()[0];
    kill(first);
    kill(busy(Some(first)).await);
    let refused = job.await.unwrap();
    assert!(matches!(refused, Err(Failure::Refused(Refusal::Crashed))), "{refused:?}");
    works(&pool).await;
}

async fn a_worker_told_to_end_leaves_its_job_to_be_tried_again() {
    let pool = Arc::new(Pool::new(settings()));
    let job = at_work(&pool).await;
    send(workers()[0], Signal::TERM);
    let broken = job.await.unwrap();
    assert!(matches!(broken, Err(Failure::Broken(_))), "{broken:?}");
    works(&pool).await;
}

async fn a_worker_that_dies_idle_takes_no_job() {
    let pool = Pool::new(settings());
    for _ in 0..10 {
        works(&pool).await;
        kill(workers()[0]);
    }
    works(&pool).await;
}

async fn a_job_nobody_waits_for_is_broken_off() {
    let pool = Arc::new(Pool::new(settings()));
    let job = at_work(&pool).await;
    job.abort();
    assert!(job.await.unwrap_err().is_cancelled());
    assert!(pool.is_idle());
    assert!(comes_true(|| workers().is_empty()).await, "its worker is killed");
    works(&pool).await;
}

async fn a_job_nobody_waits_for_leaves_the_queue() {
    let pool = Arc::new(Pool::new(settings()));
    let first = at_work(&pool).await;
    let second = at_work(&pool).await;
    assert!(comes_true(|| pool.waiting() == 1).await);
    second.abort();
    assert!(second.await.unwrap_err().is_cancelled());
    assert_eq!((pool.waiting(), workers().len()), (0, 1));
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
}

async fn without_a_program_nothing_is_the_picture_s_fault() {
    for program in ["/nonexistent/tuku", "/bin/false", "/bin/true"] {
        let pool = Pool::new(Settings { program: PathBuf::from(program), ..settings() });
        let broken = pool.inspect(picture(20)).await;
        assert!(matches!(broken, Err(Failure::Broken(_))), "{program}: {broken:?}");
        assert!(pool.is_idle());
    }
}
