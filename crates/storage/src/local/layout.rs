//! Where a key's file lies.
//!
//! Every segment of a key but the last becomes a folder `<segment>.dir`, the last one a file `<segment>.obj`, so the
//! keys `a` and `a/b` have different names on disk and a name ending in `.dir` is not taken for a folder. File systems
//! allow 255 bytes a name where S3 allows 1024 a key: a segment of [`LONGEST`] bytes or more is cut, and its beginning
//! becomes a folder `<beginning>.more`. The marks are short because a key may have 512 segments and a path at most
//! 4096 bytes.

use std::path::{Path, PathBuf};

/// Segments are cut so that no name is longer than this many bytes, its mark not counted.
pub(super) const LONGEST: usize = 240;

/// What a name on disk stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The file of an object.
    Object,
    /// A folder: what follows is after a slash.
    Folder,
    /// The beginning of a long segment: what follows is the rest of it.
    More,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Object, Self::Folder, Self::More];

    fn mark(self) -> &'static str {
        match self {
            Self::Object => ".obj",
            Self::Folder => ".dir",
            Self::More => ".more",
        }
    }
}

/// One name on disk, read back.
pub(super) struct Entry<'a> {
    pub kind: Kind,
    /// The part of the key it carries, without the slash of a folder.
    pub part: &'a str,
}

impl<'a> Entry<'a> {
    /// Reads a file name; `None` if it is not one of ours.
    pub fn read(name: &'a str) -> Option<Self> {
        Kind::ALL.into_iter().find_map(|kind| Some(Self { kind, part: name.strip_suffix(kind.mark())? }))
    }

    /// What to sort the names of one folder by, so that walking them in this order visits keys in byte order.
    ///
    /// A folder's keys continue with a slash. The keys of a cut segment continue with the character that the cut would
    /// have split: it has more bytes than were left before the limit, so its first byte is not below the one here.
    /// Other names with the same beginning had room for what follows it: a slash, or shorter characters.
    pub fn order(&self) -> Vec<u8> {
        let mut order = self.part.as_bytes().to_vec();
        match (self.kind, LONGEST.saturating_sub(self.part.len())) {
            (Kind::Object, _) | (Kind::More, 0) => {}
            (Kind::Folder, _) => order.push(b'/'),
            (Kind::More, 1) => order.push(0xC2),
            (Kind::More, 2) => order.push(0xE0),
            (Kind::More, _) => order.push(0xF0),
        }
        order
    }
}

/// The file of the object with this key.
pub(super) fn object_path(objects: &Path, key: &str) -> PathBuf {
    let (folders, name) = split(key);
    let mut path = folder_path(objects, folders);
    push(&mut path, name, Kind::Object);
    path
}

/// The folder of all keys that start with this text, which is empty or ends in a slash.
pub(super) fn folder_path(objects: &Path, prefix: &str) -> PathBuf {
    let mut path = objects.to_path_buf();
    for segment in prefix.split_terminator('/') {
        push(&mut path, segment, Kind::Folder);
    }
    path
}

/// A key or prefix as its folders, with the last slash, and what follows them.
pub(super) fn split(key: &str) -> (&str, &str) {
    key.split_at(key.rfind('/').map_or(0, |slash| slash + 1))
}

fn push(path: &mut PathBuf, mut segment: &str, kind: Kind) {
    while segment.len() >= LONGEST {
        let (beginning, rest) = segment.split_at(segment.floor_char_boundary(LONGEST));
        path.push(format!("{beginning}{}", Kind::More.mark()));
        segment = rest;
    }
    path.push(format!("{segment}{}", kind.mark()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(key: &str) -> String {
        object_path(Path::new(""), key).to_str().unwrap().to_owned()
    }

    #[test]
    fn an_object_and_a_folder_of_one_name_are_different_files() {
        assert_eq!(path("a"), "a.obj");
        assert_eq!(path("a/b"), "a.dir/b.obj");
        assert_eq!(path("a.dir/b"), "a.dir.dir/b.obj");
        assert_eq!(path("a.obj"), "a.obj.obj");
    }

    #[test]
    fn nothing_leaves_the_root() {
        assert_eq!(path("../a"), "...dir/a.obj");
        assert_eq!(path("/etc/passwd"), ".dir/etc.dir/passwd.obj");
        assert_eq!(folder_path(Path::new("root"), "../"), Path::new("root/...dir"));
    }

    #[test]
    fn long_segments_are_cut_between_characters() {
        assert_eq!(path(&"x".repeat(239)), format!("{}.obj", "x".repeat(239)));
        assert_eq!(path(&"x".repeat(240)), format!("{}.more/.obj", "x".repeat(240)));
        let key = format!("x{}", "山".repeat(100));
        assert_eq!(path(&key), format!("x{}.more/{}.obj", "山".repeat(79), "山".repeat(21)));
    }

    #[test]
    fn names_and_paths_stay_within_what_file_systems_allow() {
        let deepest = format!("{}a", "a/".repeat(511));
        assert!(path(&deepest).len() < 4096 - 512);
        for key in ["x".repeat(1024), "山".repeat(341), "🏔".repeat(256)] {
            assert!(path(&key).split('/').all(|name| name.len() <= 255));
        }
    }

    #[test]
    fn foreign_names_are_not_ours() {
        assert!(Entry::read(".DS_Store").is_none());
        assert!(Entry::read("lost+found").is_none());
        let entry = Entry::read("a.more.obj").unwrap();
        assert_eq!((entry.kind, entry.part), (Kind::Object, "a.more"));
    }
}
