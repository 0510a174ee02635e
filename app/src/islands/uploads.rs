//! The queue of an upload page: files, each with where it stands. What the uploader shows, and what its browser
//! half moves on.

use leptos::prelude::*;
use std::sync::Arc;

/// Where a file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
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
    pub fn is_active(&self) -> bool {
        matches!(self, Self::Sending(_) | Self::Checking)
    }

    /// Whether it takes room, or is about to.
    pub fn is_kept(&self) -> bool {
        matches!(self, Self::Waiting | Self::Sending(_) | Self::Checking | Self::Added)
    }

    /// Whether it may still be stopped.
    pub fn may_cancel(&self) -> bool {
        matches!(self, Self::Waiting | Self::Sending(_))
    }

    /// Whether trying again may help.
    pub fn may_retry(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Cancelled)
    }

    /// How far it is, in percent.
    pub fn percent(&self) -> u32 {
        match self {
            Self::Sending(percent) => *percent,
            Self::Checking | Self::Added => 100,
            _ => 0,
        }
    }

    /// A sentence for the person who waits.
    pub fn sentence(&self) -> String {
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
pub struct Row {
    /// Names it within this page.
    pub id: u32,
    /// Its own name.
    pub name: Arc<str>,
    /// Bytes.
    pub size: u64,
    /// The address of a thumbnail in this browser.
    pub preview: Option<String>,
    /// Where it stands.
    pub phase: ArcRwSignal<Phase>,
}

/// All files of an upload page.
#[derive(Clone, Copy, Debug)]
pub struct Queue {
    /// In the order they came.
    pub rows: RwSignal<Vec<Row>>,
    /// Bytes that could still be stored when the page was made.
    pub left: u64,
    /// The most bytes one file may have.
    pub largest_file: u64,
    /// Whether something is being dragged over the page.
    pub dragging: RwSignal<bool>,
}

impl Queue {
    /// An empty queue.
    pub fn new(left: u64, largest_file: u64) -> Self {
        Self { rows: RwSignal::default(), left, largest_file, dragging: RwSignal::new(false) }
    }

    /// Bytes that can still be stored beside the files of this queue that are not given up.
    pub fn room(&self) -> u64 {
        self.rows.with_untracked(|rows| {
            let kept = rows.iter().filter(|row| row.phase.with_untracked(Phase::is_kept));
            self.left.saturating_sub(kept.map(|row| row.size).sum())
        })
    }

    /// Whether a file chosen before this one is still on its way.
    pub fn any_active_before(&self, id: u32) -> bool {
        let rows = self.rows.get_untracked();
        rows.iter().any(|row| row.id < id && row.phase.with_untracked(Phase::is_active))
    }

    /// Whether a file of this queue has become a picture.
    pub fn any_added(&self) -> bool {
        self.rows.with(|rows| rows.iter().any(|row| row.phase.with(|phase| *phase == Phase::Added)))
    }

    /// The file of this id.
    pub fn row(&self, id: u32) -> Option<Row> {
        self.rows.with_untracked(|rows| rows.iter().find(|row| row.id == id).cloned())
    }
}

/// Why a file need not be sent at all, if so: known from its name, its declared type and its size.
pub fn refusal(filename: &str, content_type: &str, size: u64, largest_file: u64, left: u64) -> Option<String> {
    use crate::components::bytes;
    if let Err(invalid) = model::UploadDraft::parse(filename, content_type, Some(size)) {
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
        let owner = Owner::new();
        owner.with(|| {
            let queue = Queue::new(1_000, 1_000);
            let row = Row {
                id: 0,
                name: "a.jpg".into(),
                size: 600,
                preview: None,
                phase: ArcRwSignal::new(Phase::Sending(3)),
            };
            queue.rows.set(vec![row.clone()]);
            assert_eq!(queue.room(), 400);
            row.phase.set(Phase::Cancelled);
            assert_eq!(queue.room(), 1_000);
        });
    }

    #[test]
    fn a_file_can_be_stopped_before_it_is_there_and_tried_again_after_it_failed() {
        assert!(Phase::Waiting.may_cancel() && Phase::Sending(40).may_cancel() && !Phase::Checking.may_cancel());
        assert!(Phase::Failed(String::new()).may_retry() && !Phase::Refused(String::new()).may_retry());
    }
}
