//! The worker's side: jobs from standard input, answers to standard output, until the input ends.

use crate::protocol::{Answer, Setup, hear, tell};
use crate::watchdog::Watchdog;
use crate::{Inspected, Job, bounds};
use imaging::{Limits, Refusal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{fs::File, io, os::fd::AsFd, process, time::Duration};

/// How much longer than a job may take this process waits to be killed by the pool, before it ends itself.
const GRACE: Duration = Duration::from_secs(5);

/// Serves a [`Pool`](crate::Pool) until it has no more jobs. To be called first thing, in a program without threads.
pub fn serve() -> io::Result<()> {
    let mut input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let mut output = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    // What a decoder prints goes to the log, never between the answers.
    rustix::stdio::dup2_stdout(rustix::stdio::stderr())?;
    match answer_all(&mut input, &mut output) {
        // The server is gone: there is nobody to tell.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        ended => ended,
    }
}

fn answer_all(input: &mut File, output: &mut File) -> io::Result<()> {
    let Some((setup, _)) = hear::<Setup>(input)? else { return Ok(()) };
    bounds::bind(&setup)?;
    let watchdog = Watchdog::start(Duration::from_secs(setup.seconds).saturating_add(GRACE), end)?;
    while let Some((job, picture)) = hear::<Job>(input)? {
        tell(output, &Answer::Taken, &[])?;
        let done = watchdog.during(|| catch_unwind(AssertUnwindSafe(|| work(job, &picture, &setup.limits))));
        let Ok(done) = done else {
            // What the panic left behind is not to be trusted with another picture.
            return tell(output, &Answer::Refused(Refusal::Crashed), &[]);
        };
        let done = done.and_then(|done| bounded(done, setup.largest_answer));
        let (answer, bytes) = done.unwrap_or_else(|refusal| (Answer::Refused(refusal), Vec::new()));
        tell(output, &answer, &bytes)?;
    }
    Ok(())
}

/// At once: what tidies up could wait for what hangs.
fn end() {
    process::abort()
}

/// What came of a job, if it is not more than the pool takes.
fn bounded(done: (Answer, Vec<u8>), most: u64) -> Result<(Answer, Vec<u8>), Refusal> {
    let needed = done.1.len() as u64;
    if needed > most { Err(Refusal::TooMuchMemory { needed, most }) } else { Ok(done) }
}

fn work(job: Job, picture: &[u8], limits: &Limits) -> Result<(Answer, Vec<u8>), Refusal> {
    match job {
        Job::Inspect => {
            let probe = imaging::probe(picture, limits)?;
            let colour = imaging::mean_colour(picture, &probe, limits)?;
            Ok((Answer::Inspected(Box::new(Inspected { probe, colour })), Vec::new()))
        }
        Job::Render(recipe) => {
            let rendered = imaging::render(picture, &recipe, limits)?;
            Ok((Answer::Rendered { width: rendered.width, height: rendered.height }, rendered.bytes))
        }
        Job::Strip => {
            let stripped = imaging::strip(picture, limits)?;
            Ok((Answer::Stripped { format: stripped.format }, stripped.bytes))
        }
    }
}
