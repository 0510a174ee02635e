//! What a worker died of at work, and whether the picture is to blame.

use rustix::process::Signal;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

/// What a worker died of at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Death {
    /// Somebody told it to end, or the machine goes down. The picture has nothing to do with it.
    Ended,
    /// Killed without a word: perhaps by the machine, whose memory ran out, over this picture or over anything else.
    Killed,
    /// Anything else: the picture is to blame.
    Crashed,
}

impl Death {
    /// By how the process ended; none if it still ran, and only talked nonsense.
    pub(crate) fn of(end: Option<ExitStatus>) -> Self {
        let signal = end.and_then(|status| status.signal());
        let is = |known: Signal| signal == Some(known.as_raw());
        if is(Signal::KILL) {
            Self::Killed
        } else if [Signal::TERM, Signal::INT, Signal::HUP].into_iter().any(is) {
            Self::Ended
        } else {
            Self::Crashed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Death by a signal, as wait(2) tells it.
    fn by(signal: Signal) -> Death {
        Death::of(Some(ExitStatus::from_raw(signal.as_raw())))
    }

    #[test]
    fn signals_from_outside_are_told_from_crashes() {
        for signal in [Signal::TERM, Signal::INT, Signal::HUP] {
            assert_eq!(by(signal), Death::Ended, "{signal:?}");
        }
        assert_eq!(by(Signal::KILL), Death::Killed);
        for signal in [Signal::SEGV, Signal::ABORT, Signal::BUS, Signal::ILL, Signal::FPE] {
            assert_eq!(by(signal), Death::Crashed, "{signal:?}");
            let with_a_core_file = ExitStatus::from_raw(signal.as_raw() | 0x80);
            assert_eq!(Death::of(Some(with_a_core_file)), Death::Crashed, "{signal:?}");
        }
    }

    #[test]
    fn an_exit_at_work_is_a_crash_whatever_its_code() {
        // 137 and 143 are what a shell would say of SIGKILL and SIGTERM.
        for code in [0, 1, 101, 137, 143] {
            assert_eq!(Death::of(Some(ExitStatus::from_raw(code << 8))), Death::Crashed, "{code}");
        }
        assert_eq!(Death::of(None), Death::Crashed);
    }
}
