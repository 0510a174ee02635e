//! Listing keys in order, straight from the folders.

use std::fs;
use std::io;
use std::path::Path;

use super::layout::{Entry, Kind, folder_path, split};
use crate::Key;

/// Which part of the keys is wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    /// Only keys that start with this text.
    pub prefix: String,
    /// Only keys after this text, which need not be one.
    pub after: Option<String>,
    /// Whether all keys that share the text up to the first slash after the prefix are one row.
    pub folded: bool,
    /// At most so many rows.
    pub limit: usize,
}

/// One row of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// An object.
    Object(Key),
    /// What several keys start with, ending in a slash.
    Folder(String),
}

impl Row {
    /// The text rows are ordered by. As a query's `after` it continues behind this row.
    pub fn text(&self) -> &str {
        match self {
            Self::Object(key) => key.as_str(),
            Self::Folder(prefix) => prefix,
        }
    }
}

/// The rows a query asks for, and whether there are more after them. Reads only folders that can hold such keys.
pub(super) fn rows(objects: &Path, query: &Query) -> io::Result<(Vec<Row>, bool)> {
    if query.prefix.len() > Key::MAX_BYTES || query.prefix.chars().any(char::is_control) {
        return Ok((Vec::new(), false));
    }
    let (base, _) = split(&query.prefix);
    let mut walk = Walk { query, rows: Vec::new() };
    walk.folder(&folder_path(objects, base), base)?;

    let more = walk.rows.len() > query.limit;
    walk.rows.truncate(query.limit);
    Ok((walk.rows, more))
}

struct Walk<'a> {
    query: &'a Query,
    rows: Vec<Row>,
}

/// A name in the folder being read.
struct Found {
    name: String,
    order: Vec<u8>,
    kind: Kind,
    /// The key of an object, or what all keys below start with.
    text: String,
}

impl Walk<'_> {
    /// Adds the rows of one folder, whose keys start with `base`.
    fn folder(&mut self, folder: &Path, base: &str) -> io::Result<()> {
        for found in self.wanted(folder, base)? {
            if self.rows.len() > self.query.limit {
                break;
            }
            let path = folder.join(&found.name);
            match found.kind {
                Kind::Object => self.rows.extend(Key::parse(found.text).ok().map(Row::Object)),
                Kind::Folder if self.query.folded => {
                    if self.holds_any(&path, &found.text)? {
                        self.rows.push(Row::Folder(found.text));
                    }
                }
                Kind::Folder | Kind::More => self.folder(&path, &found.text)?,
            }
        }
        Ok(())
    }

    /// The names in a folder that can lead to a wanted key, in key order.
    fn wanted(&self, folder: &Path, base: &str) -> io::Result<Vec<Found>> {
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut wanted = Vec::new();
        for entry in entries {
            let Ok(name) = entry?.file_name().into_string() else { continue };
            let Some(entry) = Entry::read(&name) else { continue };
            let slash = if entry.kind == Kind::Folder { "/" } else { "" };
            let text = format!("{base}{}{slash}", entry.part);
            if self.can_lead_on(entry.kind, &text) {
                let (order, kind) = (entry.order(), entry.kind);
                wanted.push(Found { name, order, kind, text });
            }
        }
        wanted.sort_by(|a, b| a.order.cmp(&b.order));
        Ok(wanted)
    }

    fn can_lead_on(&self, kind: Kind, text: &str) -> bool {
        let prefix = self.query.prefix.as_str();
        let in_prefix = text.starts_with(prefix) || (kind != Kind::Object && prefix.starts_with(text));
        let after = match &self.query.after {
            None => true,
            Some(after) if text > after.as_str() => true,
            // A folded folder that is itself the last row of the page before is behind us; one that holds the last
            // key of the page before is not.
            Some(after) if kind == Kind::Folder && self.query.folded && text == after => false,
            Some(after) => kind != Kind::Object && after.starts_with(text),
        };
        in_prefix && after
    }

    fn holds_any(&self, folder: &Path, base: &str) -> io::Result<bool> {
        let inside = Query { prefix: base.to_owned(), after: self.query.after.clone(), folded: false, limit: 0 };
        let mut walk = Walk { query: &inside, rows: Vec::new() };
        walk.folder(folder, base)?;
        Ok(!walk.rows.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::layout::object_path;

    fn tree<'a>(keys: impl IntoIterator<Item = &'a String>) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for key in keys {
            let path = object_path(root.path(), key);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        root
    }

    fn texts(root: &tempfile::TempDir, query: &Query) -> (Vec<String>, bool) {
        let (rows, more) = rows(root.path(), query).unwrap();
        (rows.iter().map(|row| row.text().to_owned()).collect(), more)
    }

    /// Keys around every place where order could break: beside folders, and where long segments are cut.
    fn tricky() -> Vec<String> {
        let short = ["a", "a!", "a/b", "a/b/c", "a/b!", "a0", "B", "é", "山/水.jpg", "ri/h/1.jpg", "ri/x", "z.obj"];
        let mut keys: Vec<String> = short.map(String::from).into();
        for start in 236..=241 {
            let start = "x".repeat(start);
            for end in ["", "!", "~", "~~", "é", "€", "🏔", "/!", "/~", "!/a", "é/a", "🏔🏔/a"] {
                keys.push(format!("{start}{end}"));
            }
        }
        keys.push("y".repeat(1024));
        keys.sort();
        keys.dedup();
        keys
    }

    #[test]
    fn keys_come_in_byte_order() {
        let keys = tricky();
        let root = tree(&keys);
        assert_eq!(texts(&root, &Query { limit: 1000, ..Query::default() }), (keys, false));
    }

    #[test]
    fn pages_continue_where_the_last_one_ended() {
        let keys = tricky();
        let root = tree(&keys);
        for limit in [1, 2, 7] {
            let mut seen = Vec::new();
            loop {
                let after = seen.last().cloned();
                let (page, more) = texts(&root, &Query { after, limit, ..Query::default() });
                seen.extend(page);
                if !more {
                    break;
                }
            }
            assert_eq!(seen, keys);
        }
    }

    #[test]
    fn every_prefix_finds_its_keys() {
        let keys = tricky();
        let root = tree(&keys);
        for key in &keys {
            for end in (0..=key.len()).filter(|end| key.is_char_boundary(*end)) {
                let prefix = &key[..end];
                let expected: Vec<_> = keys.iter().filter(|key| key.starts_with(prefix)).cloned().collect();
                let query = Query { prefix: prefix.to_owned(), limit: 1000, ..Query::default() };
                if !(8..=230).contains(&end) {
                    assert_eq!(texts(&root, &query).0, expected, "{prefix}");
                }
            }
        }
    }

    #[test]
    fn folders_fold() {
        let root = tree(&["a", "a/b", "a/c/d", "b/c", "c"].map(String::from));
        let query = Query { folded: true, limit: 2, ..Query::default() };
        assert_eq!(texts(&root, &query), (vec!["a".to_owned(), "a/".to_owned()], true));
        let query = Query { after: Some("a/".to_owned()), ..query };
        assert_eq!(texts(&root, &query), (vec!["b/".to_owned(), "c".to_owned()], false));
        let query = Query { after: Some("a/b".to_owned()), ..query };
        assert_eq!(texts(&root, &query), (vec!["a/".to_owned(), "b/".to_owned()], true));
        let query = Query { prefix: "a/".to_owned(), after: None, ..query };
        assert_eq!(texts(&root, &query), (vec!["a/b".to_owned(), "a/c/".to_owned()], false));
    }

    #[test]
    fn folders_without_objects_and_foreign_files_are_not_listed() {
        let root = tree(&["a/b".to_owned()]);
        fs::create_dir_all(root.path().join("empty.dir")).unwrap();
        fs::write(root.path().join(".DS_Store"), "").unwrap();
        fs::write(root.path().join("lost+found"), "").unwrap();
        let query = Query { folded: true, limit: 10, ..Query::default() };
        assert_eq!(texts(&root, &query), (vec!["a/".to_owned()], false));
    }

    #[test]
    fn prefixes_that_no_key_has_find_nothing() {
        let root = tree(&["a/b".to_owned()]);
        for prefix in ["..", "../", "/", "a//", "a/b/", "\0", "x".repeat(5000).as_str()] {
            let query = Query { prefix: prefix.to_owned(), limit: 10, ..Query::default() };
            assert_eq!(texts(&root, &query), (Vec::new(), false));
        }
    }
}
