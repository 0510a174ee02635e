//! Where one object lies, and changes to it that depend on what lies there.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use super::draft::{self, Draft};
use super::open;
use super::record::Record;
use crate::{Error, Result};

/// Names what lies at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Whatever lies there.
    Any,
    /// The object with this ETag, without quotes.
    Is(String),
}

impl Tag {
    fn names(&self, record: &Record) -> bool {
        match self {
            Self::Any => true,
            Self::Is(etag) => *etag == record.etag,
        }
    }
}

/// What has to lie at a place for a change to be made (RFC 9110, section 13.1); anything or nothing by default.
#[derive(Clone, Debug, Default)]
pub(crate) struct Condition {
    /// `If-Match`: this.
    pub matching: Option<Tag>,
    /// `If-None-Match`: not this.
    pub not_matching: Option<Tag>,
}

impl Condition {
    /// Whether it is met by anything and by nothing.
    pub fn is_none(&self) -> bool {
        self.matching.is_none() && self.not_matching.is_none()
    }

    /// [`Error::NotFound`] when something should lie there and nothing does, [`Error::Changed`] when it is not that.
    fn check(&self, there: Option<&Record>) -> Result<()> {
        let fits = match (&self.matching, there) {
            (Some(_), None) => return Err(Error::NotFound),
            (Some(tag), Some(record)) => tag.names(record),
            (None, _) => true,
        };
        let excluded = self.not_matching.as_ref().zip(there).is_some_and(|(tag, record)| tag.names(record));
        if fits && !excluded { Ok(()) } else { Err(Error::Changed) }
    }
}

/// The place of an object. What waits for the disk here is for threads that may wait.
pub(super) struct Place {
    /// The folder of all objects.
    pub objects: PathBuf,
    /// The object's file.
    pub file: PathBuf,
    /// Who changes objects holds this file: with others, or alone while nothing may change meanwhile.
    pub lock: PathBuf,
}

impl Place {
    /// Whether a change would be made now.
    pub fn check(&self, condition: &Condition) -> io::Result<Result<()>> {
        if condition.is_none() {
            return Ok(Ok(()));
        }
        let there = match open(&self.file) {
            Ok((_, record)) => Some(record),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        Ok(condition.check(there.as_ref()))
    }

    /// Puts a draft there.
    pub fn publish(&self, draft: Draft, record: &Record, condition: &Condition) -> io::Result<Result<()>> {
        let _held = self.hold(condition)?;
        match self.check(condition)? {
            Ok(()) => draft.publish(&self.objects, &self.file, record).map(Ok),
            refused => Ok(refused),
        }
    }

    /// Removes what lies there, if anything does.
    pub fn clear(&self, condition: &Condition) -> io::Result<Result<()>> {
        let _held = self.hold(condition)?;
        match self.check(condition)? {
            Ok(()) => draft::remove(&self.objects, &self.file).map(Ok),
            refused => Ok(refused),
        }
    }

    /// Until the file is dropped.
    fn hold(&self, condition: &Condition) -> io::Result<File> {
        let lock = File::open(&self.lock)?;
        if condition.is_none() {
            lock.lock_shared()?
        } else {
            lock.lock()?
        }
        Ok(lock)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::Details;

    #[test]
    fn conditions_are_met_by_what_lies_there() {
        let record = Record { size: 1, etag: "a".into(), modified: 0, details: Details::default() };
        let [none, any, is, other] = [None, Some(Tag::Any), Some(Tag::Is("a".into())), Some(Tag::Is("b".into()))];
        // Whether it is met by the object with this ETag, and by nothing.
        for (matching, not_matching, met, met_by_nothing) in [
            (&none, &none, true, true),
            (&any, &none, true, false),
            (&is, &none, true, false),
            (&other, &none, false, false),
            (&none, &any, false, true),
            (&none, &is, false, true),
            (&none, &other, true, true),
            (&is, &any, false, false),
        ] {
            let condition = Condition { matching: matching.clone(), not_matching: not_matching.clone() };
            assert_eq!(condition.check(Some(&record)).is_ok(), met, "{condition:?}");
            assert_eq!(condition.check(None).is_ok(), met_by_nothing, "{condition:?}");
        }
    }
}
