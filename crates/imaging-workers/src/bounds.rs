//! What a worker may take from the machine.

use crate::protocol::Setup;
use rustix::process::{Resource, Rlimit, getrlimit, setpriority_process, setrlimit};
use std::{fs, io};

/// Address space beside the pictures, in bytes: the program itself, its stack, and fonts.
const OWN: u64 = 512_000_000;

/// Files open at once: the pipes, the log, and a font.
const FILES: u64 = 64;

/// Binds this process for good. To be called before there are other threads: not all of this reaches them later.
pub(crate) fn bind(setup: &Setup) -> io::Result<()> {
    bound(Resource::As, setup.limits.max_memory.saturating_add(OWN))?;
    bound(Resource::Nofile, FILES)?;
    // Nobody's pictures are left lying about in a core file.
    bound(Resource::Core, 0)?;
    // No program that it might start has more rights than it has.
    #[cfg(target_os = "linux")]
    rustix::thread::set_no_new_privs(true)?;
    // What follows are favours: a machine that does not grant them does without.
    let _ = setpriority_process(None, setup.niceness);
    // Should the machine itself run out of memory, this process goes first.
    let _ = fs::write("/proc/self/oom_score_adj", "1000");
    Ok(())
}

/// The operator may have set a tighter bound, which stays.
fn bound(resource: Resource, most: u64) -> io::Result<()> {
    let most = getrlimit(resource).maximum.map_or(most, |already| already.min(most));
    setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    Ok(())
}
