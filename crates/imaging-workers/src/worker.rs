//! One worker, as the pool holds it.

use crate::protocol::{Answer, Setup, receive, send};
use crate::{ARGUMENT, Job, Settings};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use std::{env, io};
use tokio::io::BufReader;
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// What of our environment a worker gets. Never the rest: keys and passwords are in it.
const KEPT: [&str; 2] = ["LD_LIBRARY_PATH", "RUST_BACKTRACE"];

/// How much fits into a pipe, in bytes: the most that Linux allows without privileges.
#[cfg(target_os = "linux")]
const PIPE: usize = 1 << 20;

/// How long one may take to be buried, for us to know what it died of.
const BURIAL: Duration = Duration::from_secs(1);

/// A running worker. Dropped, it is killed.
pub(crate) struct Worker {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// How a worker was lost.
#[derive(Debug)]
pub(crate) enum Lost {
    /// Before it had the whole picture: that has nothing to do with it.
    Before(io::Error),
    /// While it was at work on the picture.
    AtWork(io::Error),
}

impl Worker {
    /// Starts one.
    pub(crate) async fn start(settings: &Settings) -> io::Result<Self> {
        let mut command = Command::new(&settings.program);
        command.arg(ARGUMENT).env_clear();
        command.envs(KEPT.into_iter().filter_map(|name| Some((name, env::var_os(name)?))));
        // One thread does the work, so one heap will do.
        command.env("MALLOC_ARENA_MAX", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        // In a group of its own: Ctrl-C is for the server, which lets jobs under way end.
        command.process_group(0).kill_on_drop(true);
        let mut child = command.spawn()?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("a worker without pipes"));
        };
        #[cfg(target_os = "linux")]
        {
            // Where it is not allowed, smaller ones do.
            let _ = rustix::pipe::fcntl_setpipe_size(&input, PIPE);
            let _ = rustix::pipe::fcntl_setpipe_size(&output, PIPE);
        }
        let Settings { limits, largest_answer, seconds, niceness, .. } = *settings;
        let setup = Setup { limits, largest_answer, seconds, niceness };
        send(&mut input, &setup, &[]).await?;
        Ok(Self { child, input, output: BufReader::new(output) })
    }

    /// Whether it still lives, as far as is known.
    pub(crate) fn lives(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Has one job done; at most so many bytes come of it.
    pub(crate) async fn work(&mut self, job: Job, picture: &[u8], most: u64) -> Result<(Answer, Vec<u8>), Lost> {
        send(&mut self.input, &job, picture).await.map_err(Lost::Before)?;
        match receive::<Answer, _>(&mut self.output, 0).await.map_err(Lost::Before)? {
            (Answer::Taken, _) => {}
            _ => return Err(Lost::Before(io::Error::other("a worker that answers before it is asked"))),
        }
        receive(&mut self.output, most).await.map_err(Lost::AtWork)
    }

    /// How it ended; none if it still runs, and is killed.
    pub(crate) async fn end(mut self) -> Option<ExitStatus> {
        tokio::time::timeout(BURIAL, self.child.wait()).await.ok()?.ok()
    }
}
