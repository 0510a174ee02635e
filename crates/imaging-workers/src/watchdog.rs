//! Ends a worker that hangs when the server is not there any more to kill it.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::{io, thread, time::Duration};

/// A thread that bites when a job takes too long. Dropped, it goes.
pub(crate) struct Watchdog(Sender<()>);

impl Watchdog {
    /// Starts one that has so much patience with each job.
    pub(crate) fn start(patience: Duration, bite: impl FnOnce() + Send + 'static) -> io::Result<Self> {
        let (turns, heard) = mpsc::channel();
        thread::Builder::new().name("watchdog".into()).spawn(move || watch(&heard, patience, bite))?;
        Ok(Self(turns))
    }

    /// Does a job that must not panic, watched.
    pub(crate) fn during<T>(&self, job: impl FnOnce() -> T) -> T {
        // Nobody hears it only when it has bitten already.
        let _ = self.0.send(());
        let done = job();
        let _ = self.0.send(());
        done
    }
}

/// It hears one word when a job begins and one when it ends.
fn watch(heard: &Receiver<()>, patience: Duration, bite: impl FnOnce()) {
    while heard.recv().is_ok() {
        if heard.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
            return bite();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_that_end_in_time_are_left_alone() {
        let (bite, bitten) = mpsc::channel();
        let watchdog = Watchdog::start(Duration::MAX, move || bite.send(()).unwrap()).unwrap();
        assert_eq!((0..100).map(|job| watchdog.during(|| job)).sum::<i32>(), 4950);
        drop(watchdog);
        assert!(bitten.recv().is_err(), "it went without a bite");
    }

    #[test]
    fn one_that_hangs_is_bitten() {
        let (bite, bitten) = mpsc::channel();
        let watchdog = Watchdog::start(Duration::ZERO, move || bite.send(()).unwrap()).unwrap();
        // This job ends by nothing but the bite.
        assert_eq!(watchdog.during(|| bitten.recv()), Ok(()));
    }
}
