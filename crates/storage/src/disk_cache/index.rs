//! What is on disk, as far as is known: sizes, and the order of last use.

use super::name::Name;
use std::collections::{BTreeSet, HashMap};
use std::time::{SystemTime, UNIX_EPOCH};

/// Microseconds of Unix time.
type Moment = u64;

fn moment(time: SystemTime) -> Moment {
    time.duration_since(UNIX_EPOCH).map_or(0, |since| u64::try_from(since.as_micros()).unwrap_or(u64::MAX))
}

/// What is known of the files.
pub(super) struct Index {
    limit: u64,
    held: u64,
    written: u64,
    files: HashMap<Name, (u64, Moment)>,
    by_use: BTreeSet<(Moment, Name)>,
}

impl Index {
    /// Nothing is known yet. `limit` is in bytes.
    pub fn new(limit: u64) -> Self {
        Self { limit, held: 0, written: 0, files: HashMap::new(), by_use: BTreeSet::new() }
    }

    /// The most bytes of all files.
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// The bytes of all files.
    pub fn held(&self) -> u64 {
        self.held
    }

    /// A file is there and was used now.
    pub fn put(&mut self, name: Name, size: u64, used: SystemTime) {
        self.remove(name);
        let used = moment(used);
        self.files.insert(name, (size, used));
        self.by_use.insert((used, name));
        self.held += size;
    }

    /// A file was come upon; of one that is known already more is known.
    pub fn found(&mut self, name: Name, size: u64, used: SystemTime) {
        if !self.files.contains_key(&name) {
            self.put(name, size, used);
        }
    }

    /// A file is not there any more.
    pub fn remove(&mut self, name: Name) {
        if let Some((size, used)) = self.files.remove(&name) {
            self.by_use.remove(&(used, name));
            self.held -= size;
        }
    }

    /// Takes out the files that have to go, those first that were not used for longest.
    pub fn overflow(&mut self) -> Vec<Name> {
        let mut doomed = Vec::new();
        while self.held > self.limit
            && let Some(&(_, name)) = self.by_use.first()
        {
            self.remove(name);
            doomed.push(name);
        }
        doomed
    }

    /// Whether so much was written since the last look that others may have written much, too. Then it is done.
    pub fn is_look_due(&mut self, size: u64) -> bool {
        self.written += size;
        let is_due = self.written > self.limit / 4;
        if is_due {
            self.written = 0;
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn name(number: u64) -> Name {
        Name::new("", &number.to_string())
    }

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let mut index = Index::new(30);
        for number in [1, 2, 3] {
            index.put(name(number), 10, at(number));
        }
        assert!(index.overflow().is_empty());
        index.put(name(1), 10, at(4));
        index.put(name(4), 10, at(5));
        assert_eq!(index.overflow(), [name(2)]);
        index.put(name(5), 15, at(6));
        assert_eq!(index.overflow(), [name(3), name(1)]);
        assert_eq!(index.held(), 25);
    }

    #[test]
    fn a_file_counts_once() {
        let mut index = Index::new(100);
        index.put(name(1), 10, at(1));
        index.put(name(1), 20, at(2));
        index.found(name(1), 10, at(0));
        assert_eq!(index.held(), 20);
        index.remove(name(1));
        index.remove(name(1));
        assert_eq!(index.held(), 0);
        assert!(index.by_use.is_empty());
    }
}
