//! The server's side: as many jobs at once as there are places, each in a worker of its own.

use crate::death::Death;
use crate::protocol::Answer;
use crate::worker::{Lost, Worker};
use crate::{Failure, Inspected, Job, Settings};
use bytes::Bytes;
use imaging::{Recipe, Refusal, Rendered, Stripped};
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// The workers. They are started when first needed, kept for the next job, and replaced when they die.
///
/// A job whose future is dropped is broken off: one that waits leaves the queue, one that runs has its worker killed.
pub struct Pool {
    settings: Settings,
    places: Semaphore,
    waiting: AtomicUsize,
    idle: Mutex<Vec<Worker>>,
}

impl Pool {
    /// A pool without workers yet.
    pub fn new(settings: Settings) -> Self {
        let jobs = settings.jobs.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            settings: Settings { jobs, ..settings },
            places: Semaphore::new(jobs),
            waiting: AtomicUsize::new(0),
            idle: Mutex::default(),
        }
    }

    /// Looks into an upload: what it is, whether all of it is there, and its mean colour.
    pub async fn inspect(&self, picture: Bytes) -> Result<Inspected, Failure> {
        match self.run(Job::Inspect, &picture).await? {
            (Answer::Inspected(inspected), _) => Ok(*inspected),
            (other, _) => Err(unasked(&other)),
        }
    }

    /// Draws a picture by a recipe.
    pub async fn render(&self, picture: Bytes, recipe: Recipe) -> Result<Rendered, Failure> {
        match self.run(Job::Render(recipe), &picture).await? {
            (Answer::Rendered { width, height }, bytes) => Ok(Rendered { bytes, width, height }),
            (other, _) => Err(unasked(&other)),
        }
    }

    /// The picture without anything else that the file tells.
    pub async fn strip(&self, picture: Bytes) -> Result<Stripped, Failure> {
        match self.run(Job::Strip, &picture).await? {
            (Answer::Stripped { format }, bytes) => Ok(Stripped { bytes, format }),
            (other, _) => Err(unasked(&other)),
        }
    }

    /// Whether no job runs and none waits.
    pub fn is_idle(&self) -> bool {
        self.places.available_permits() == self.settings.jobs
    }

    /// How many jobs wait for a place.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    async fn run(&self, job: Job, picture: &[u8]) -> Result<(Answer, Vec<u8>), Failure> {
        let (needed, most) = (picture.len() as u64, self.settings.limits.max_memory);
        if needed > most {
            return Err(Failure::Refused(Refusal::TooMuchMemory { needed, most }));
        }
        // Given back last, when the worker is kept or killed.
        let _place = self.place().await?;
        let mut tried = match self.idle_worker() {
            Some(worker) => match self.attempt(worker, job, picture).await {
                // It had died meanwhile, and not of this picture.
                Err(Miss::Unseen(error)) => {
                    tracing::warn!(%error, "an imaging worker was lost while it was idle");
                    self.attempt_afresh(job, picture).await
                }
                tried => tried,
            },
            None => self.attempt_afresh(job, picture).await,
        };
        if let Err(Miss::Died(Death::Killed, _)) = tried {
            // Perhaps for want of memory that something else had taken.
            tried = self.attempt_afresh(job, picture).await;
        }
        match tried {
            Ok((Answer::Refused(refusal), _)) => Err(Failure::Refused(refusal)),
            Ok(answered) => Ok(answered),
            Err(Miss::Unseen(error) | Miss::Died(Death::Ended, error)) => Err(Failure::Broken(error)),
            Err(Miss::Died(Death::Killed | Death::Crashed, _)) => Err(Failure::Refused(Refusal::Crashed)),
        }
    }

    async fn attempt_afresh(&self, job: Job, picture: &[u8]) -> Result<(Answer, Vec<u8>), Miss> {
        let worker = Worker::start(&self.settings).await.map_err(Miss::Unseen)?;
        self.attempt(worker, job, picture).await
    }

    async fn attempt(&self, mut worker: Worker, job: Job, picture: &[u8]) -> Result<(Answer, Vec<u8>), Miss> {
        let seconds = self.settings.seconds;
        let work = worker.work(job, picture, self.settings.largest_answer);
        let outcome = timeout(Duration::from_secs(seconds), work).await;
        match outcome {
            // It ends by itself.
            Ok(Ok(crashed @ (Answer::Refused(Refusal::Crashed), _))) => Ok(crashed),
            Ok(Ok(answered)) => {
                self.keep(worker);
                Ok(answered)
            }
            Ok(Err(Lost::Before(error))) => Err(Miss::Unseen(error)),
            Ok(Err(Lost::AtWork(error))) => {
                let end = worker.end().await;
                let died_of = end.map_or_else(|| String::from("it still runs, and is killed"), |end| end.to_string());
                tracing::warn!(%error, died_of, ?job, "an imaging worker was lost at work");
                Err(Miss::Died(Death::of(end), error))
            }
            Err(_) => {
                tracing::warn!(seconds, ?job, "an imaging worker took too long and is killed");
                Ok((Answer::Refused(Refusal::TooSlow { seconds }), Vec::new()))
            }
        }
    }

    async fn place(&self) -> Result<SemaphorePermit<'_>, Failure> {
        if let Ok(place) = self.places.try_acquire() {
            return Ok(place);
        }
        let _waits = Waiting::new(&self.waiting);
        self.places.acquire().await.map_err(|closed| Failure::Broken(io::Error::other(closed)))
    }

    /// The one that worked last: what it needs is still at hand.
    fn idle_worker(&self) -> Option<Worker> {
        let mut idle = self.idle();
        while let Some(mut worker) = idle.pop() {
            if worker.lives() {
                return Some(worker);
            }
        }
        None
    }

    fn keep(&self, worker: Worker) {
        self.idle().push(worker);
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why an attempt came to no answer.
enum Miss {
    /// No worker had the whole picture.
    Unseen(io::Error),
    /// The worker died at work on it.
    Died(Death, io::Error),
}

/// Counts one that waits, for as long as it does.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Only a worker that a picture has taken over answers so.
fn unasked(answer: &Answer) -> Failure {
    tracing::error!(?answer, "an imaging worker answered what it was not asked");
    Failure::Refused(Refusal::Crashed)
}
