//! The queue of an upload page: files, each with where it stands.

use crate::components::bytes;
use model::UploadDraft;

/// How many files are on their way at once.
const AT_ONCE: usize = 3;

/// Where a file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Waits for its turn.
    Waiting,
    /// On its way, in percent.
    Sending(u32),
    /// There, being looked at by the server.
    Checking,
    /// A picture of the library.
    Added,
    /// Not possible, and trying again changes nothing; says why.
    Refused(String),
    /// Did not work; says why and what to do.
    Failed(String),
    /// Stopped by hand.
    Cancelled,
}

impl Phase {
    /// Whether it has its turn just now.
    pub(super) fn is_active(&self) -> bool {
        matches!(self, Self::Sending(_) | Self::Checking)
    }

    /// Whether it takes room, or is about to.
    fn is_kept(&self) -> bool {
        matches!(self, Self::Waiting | Self::Sending(_) | Self::Checking | Self::Added)
    }

    /// Whether it may still be stopped.
    pub(super) fn may_cancel(&self) -> bool {
        matches!(self, Self::Waiting | Self::Sending(_))
    }

    /// Whether trying again may help.
    pub(super) fn may_retry(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Cancelled)
    }

    /// How far it is, in percent.
    pub(super) fn percent(&self) -> u32 {
        match self {
            Self::Sending(percent) => *percent,
            Self::Checking | Self::Added => 100,
            _ => 0,
        }
    }

    /// How the sentence is meant: `good`, `bad`, or nothing.
    pub(super) fn tone(&self) -> &'static str {
        match self {
            Self::Added => "good",
            Self::Refused(_) | Self::Failed(_) => "bad",
            _ => "",
        }
    }

    /// A sentence for the person who waits.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Waiting => "Waiting".into(),
            Self::Sending(percent) => format!("Sending, {percent} %"),
            Self::Checking => "Checking".into(),
            Self::Added => "Added".into(),
            Self::Refused(why) | Self::Failed(why) => why.clone(),
            Self::Cancelled => "Cancelled".into(),
        }
    }
}

/// A file of the queue.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Bytes.
    pub(super) size: u64,
    /// Where it stands.
    pub(super) phase: Phase,
}

/// All files of an upload page in the order they came: a file is known by its place.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    /// The files.
    pub(super) rows: Vec<Row>,
    /// Bytes that could still be stored when the page was made.
    left: u64,
    /// The most bytes one file may have.
    largest_file: u64,
}

impl Queue {
    /// An empty queue.
    pub(super) fn new(left: u64, largest_file: u64) -> Self {
        Self { rows: Vec::new(), left, largest_file }
    }

    /// Puts a file at the end, and answers its place. It waits, unless it need not be sent at all.
    pub(super) fn add(&mut self, filename: &str, content_type: &str, size: u64) -> usize {
        let refused = refusal(filename, content_type, size, self.largest_file, self.room());
        self.rows.push(Row { size, phase: refused.map_or(Phase::Waiting, Phase::Refused) });
        self.rows.len() - 1
    }

    /// Bytes that can still be stored beside the files of this queue that are not given up.
    fn room(&self) -> u64 {
        let kept = self.rows.iter().filter(|row| row.phase.is_kept());
        self.left.saturating_sub(kept.map(|row| row.size).sum())
    }

    /// Whether a file chosen before this one is still on its way.
    pub(super) fn any_active_before(&self, at: usize) -> bool {
        self.rows.iter().take(at).any(|row| row.phase.is_active())
    }

    /// Whether a file of this queue has become a picture.
    pub(super) fn any_added(&self) -> bool {
        self.rows.iter().any(|row| row.phase == Phase::Added)
    }

    /// The files whose turn it is.
    pub(super) fn next(&self) -> Vec<usize> {
        let active = self.rows.iter().filter(|row| row.phase.is_active()).count();
        let waiting = (0..self.rows.len()).filter(|&at| self.rows[at].phase == Phase::Waiting);
        waiting.take(AT_ONCE.saturating_sub(active)).collect()
    }
}

/// Why a file need not be sent at all, if so: known from its name, its declared type and its size.
fn refusal(filename: &str, content_type: &str, size: u64, largest_file: u64, left: u64) -> Option<String> {
    if let Err(invalid) = UploadDraft::parse(filename, content_type, Some(size)) {
        return invalid.reason("contentType").map(str::to_owned);
    }
    if size == 0 {
        Some("This file is empty.".into())
    } else if size > largest_file {
        Some(format!("This file has {}; the most is {}.", bytes(size), bytes(largest_file)))
    } else if size > left {
        Some(format!("This file has {}, and {} are left.", bytes(size), bytes(left)))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_taken_is_refused_before_it_is_sent() {
        for (filename, content_type, size, says) in [
            ("a.txt", "text/plain", 10, "not a picture"),
            ("a.cr2", "", 10, "Camera raw"),
            ("a.png", "image/png", 0, "empty"),
            ("a.png", "image/png", 2_000_000, "the most is 1 MB"),
            ("a.png", "image/png", 900, "800 B are left"),
        ] {
            let sentence = refusal(filename, content_type, size, 1_000_000, 800).unwrap();
            assert!(sentence.contains(says), "{sentence}");
        }
        assert_eq!(refusal("a", "image/jpeg", 800, 1_000_000, 800), None);
        assert_eq!(refusal("a.heic", "", 800, 1_000_000, 800), None, "the browser knows no such type");
    }

    #[test]
    fn a_file_that_was_given_up_leaves_its_room_to_others() {
        let mut queue = Queue::new(1_000, 1_000);
        let at = queue.add("a.jpg", "image/jpeg", 600);
        assert_eq!(queue.room(), 400);
        queue.rows[at].phase = Phase::Cancelled;
        assert_eq!(queue.room(), 1_000);
    }

    #[test]
    fn a_few_files_have_their_turn_at_once() {
        let mut queue = Queue::new(1_000, 1_000);
        for _ in 0..5 {
            queue.add("a.jpg", "image/jpeg", 10);
        }
        queue.rows[1].phase = Phase::Refused(String::new());
        assert_eq!(queue.next(), [0, 2, 3]);
        queue.rows[0].phase = Phase::Sending(20);
        queue.rows[2].phase = Phase::Checking;
        assert_eq!(queue.next(), [3]);
        assert!(queue.any_active_before(3) && !queue.any_active_before(0));
    }

    #[test]
    fn a_file_can_be_stopped_before_it_is_there_and_tried_again_after_it_failed() {
        assert!(Phase::Waiting.may_cancel() && Phase::Sending(40).may_cancel() && !Phase::Checking.may_cancel());
        assert!(Phase::Failed(String::new()).may_retry() && !Phase::Refused(String::new()).may_retry());
    }
}
