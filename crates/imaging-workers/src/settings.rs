//! How the pool works.

use imaging::Limits;
use std::path::PathBuf;

/// The argument that makes the program a worker.
pub const ARGUMENT: &str = "imaging-worker";

/// How the pool works.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The program that calls [`serve`](crate::serve) when its one argument is [`ARGUMENT`].
    pub program: PathBuf,
    /// How many jobs run at once, each in a worker of its own; at least 1.
    pub jobs: usize,
    /// How large pictures may be, and what a job may take.
    pub limits: Limits,
    /// The most that may come of a job, in bytes: it ends up in the memory of the server.
    pub largest_answer: u64,
    /// After so many seconds a job is broken off.
    pub seconds: u64,
    /// How far workers stand back behind other processes: 0 (not at all) to 19.
    pub niceness: i32,
}
