//! Cursors: where a page of a list ended, given back for the one after it.

use crate::{Error, Result};

/// Above every id: where a list that goes from the newest to the oldest begins.
const ABOVE: &str = "~";

fn unknown() -> Error {
    Error::field("cursor", "Give back nextCursor as it was answered.")
}

fn is_id(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The id that those of this page are below. Ids sort by age, so the last one of the page before is enough. A form
/// sends an empty cursor for none.
pub(crate) fn below(cursor: Option<&str>) -> Result<&str> {
    match cursor {
        None | Some("") => Ok(ABOVE),
        Some(cursor) if is_id(cursor) => Ok(cursor),
        Some(_) => Err(unknown()),
    }
}

/// A place in a list by time, as [`at`] writes it.
pub(crate) fn place(cursor: &str) -> Result<(i64, &str)> {
    cursor
        .split_once('.')
        .and_then(|(time, id)| Some((time.parse().ok()?, Some(id).filter(|id| is_id(id))?)))
        .ok_or_else(unknown)
}

/// A place in a list by time: Unix seconds, and the id among those of the same second.
pub(crate) fn at(time: i64, id: &str) -> String {
    format!("{time}.{id}")
}

/// Cuts rows, of which one more was read than a page holds, to a page; with the place of its last if more follow.
pub(crate) fn cut<T>(mut rows: Vec<T>, page: usize, place: impl FnOnce(&T) -> String) -> (Vec<T>, Option<String>) {
    let more = rows.len() > page;
    rows.truncate(page);
    let next = rows.last().filter(|_| more).map(place);
    (rows, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written_and_nothing_else_is() {
        assert_eq!(place(&at(1_700_000_000, "abc")).unwrap(), (1_700_000_000, "abc"));
        for bad in ["", "1", "1.", ".a", "x.a", "1.a b", "1.a.b"] {
            assert!(place(bad).is_err(), "{bad:?}");
        }
        assert!(below(Some("a'b")).is_err() && below(Some("abc")).is_ok());
        assert_eq!((below(None).unwrap(), below(Some("")).unwrap()), (ABOVE, ABOVE));
    }

    #[test]
    fn the_last_page_has_no_next() {
        let number = |rows: Vec<u8>| cut(rows, 2, u8::to_string);
        assert_eq!(number(vec![3, 2, 1]), (vec![3, 2], Some("2".into())));
        assert_eq!(number(vec![3, 2]), (vec![3, 2], None));
        assert_eq!(number(vec![]), (vec![], None));
    }
}
