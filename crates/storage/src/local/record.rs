//! What is known of an object, kept in the same file as its bytes.
//!
//! A file is the object's bytes, then a trailer: the record as JSON, the length of that JSON in four bytes (little
//! endian), and eight bytes of mark. One file, put in place by one rename, cannot say one thing and hold another after
//! a crash; and as the bytes come first, a picture's file opens in any viewer.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use crate::{Key, ObjectInfo};

const MARK: [u8; 8] = *b"TUKUOBJ1";
/// Bytes after the JSON.
const TAIL: u64 = 4 + 8;
/// The longest JSON: S3 allows 2 KiB of user metadata, escapes included this is far below.
const LONGEST: u32 = 64 * 1024;

/// What a client says of an object besides its bytes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Details {
    /// Media type.
    pub content_type: String,
    /// User metadata (`x-amz-meta-…`): rclone keeps a file's time there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

impl Details {
    /// With a media type and nothing else.
    pub fn of_type(content_type: &str) -> Self {
        Self { content_type: content_type.to_owned(), metadata: BTreeMap::new() }
    }
}

/// Everything known of a stored object.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Record {
    /// Size in bytes.
    pub size: u64,
    /// MD5 of the bytes, or of the parts' MD5s with their number, as S3 does it; hexadecimal, no quotes.
    pub etag: String,
    /// Unix seconds.
    pub modified: i64,
    /// What the client said.
    #[serde(flatten)]
    pub details: Details,
}

impl Record {
    /// The bytes to write after the object's.
    pub fn trailer(&self) -> io::Result<Vec<u8>> {
        let mut trailer = serde_json::to_vec(self)?;
        let length = u32::try_from(trailer.len()).ok().filter(|length| *length <= LONGEST);
        let length = length.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "too much metadata"))?;
        trailer.extend_from_slice(&length.to_le_bytes());
        trailer.extend_from_slice(&MARK);
        Ok(trailer)
    }

    /// Reads the trailer of a file and checks that the file is as long as it says. Leaves the file's position anywhere.
    pub fn read(file: &mut File) -> io::Result<Self> {
        let whole = file.metadata()?.len();
        let json_end = whole.checked_sub(TAIL).ok_or_else(|| damaged("shorter than a trailer"))?;

        let mut length = [0; 4];
        let mut mark = [0; 8];
        file.seek(SeekFrom::Start(json_end))?;
        file.read_exact(&mut length)?;
        file.read_exact(&mut mark)?;
        let length = u32::from_le_bytes(length);
        if mark != MARK || length > LONGEST {
            return Err(damaged("it has no trailer"));
        }

        let size = json_end.checked_sub(u64::from(length)).ok_or_else(|| damaged("shorter than its trailer"))?;
        let mut json = Vec::new();
        file.seek(SeekFrom::Start(size))?;
        file.take(u64::from(length)).read_to_end(&mut json)?;
        let record: Self = serde_json::from_slice(&json)?;
        if record.size == size { Ok(record) } else { Err(damaged("its size is not the recorded one")) }
    }

    /// The part of it that every store knows.
    pub fn into_info(self, key: Key) -> ObjectInfo {
        let Self { size, etag, modified, details } = self;
        ObjectInfo { key, size, etag, content_type: details.content_type, modified }
    }
}

fn damaged(how: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the file of an object is damaged: {how}"))
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn record(size: u64) -> Record {
        Record { size, etag: "e".to_owned(), modified: 7, details: Details::of_type("image/png") }
    }

    #[test]
    fn a_trailer_reads_back() {
        let mut file = tempfile::tempfile().unwrap();
        let mut written = record(5);
        written.details.metadata.insert("mtime".to_owned(), "1.5".to_owned());
        file.write_all(b"hello").unwrap();
        file.write_all(&written.trailer().unwrap()).unwrap();

        let read = Record::read(&mut file).unwrap();
        assert_eq!((read.size, read.etag.as_str(), read.modified), (5, "e", 7));
        assert_eq!(read.details.content_type, "image/png");
        assert_eq!(read.details.metadata["mtime"], "1.5");
    }

    #[test]
    fn a_file_cut_short_or_grown_is_damaged() {
        let mut whole = b"hello".to_vec();
        whole.extend(record(5).trailer().unwrap());
        let longer = [&b"x"[..], &whole[..]].concat();
        for bytes in [&whole[..0], &whole[..5], &whole[..whole.len() - 1], &whole[1..], &longer[..]] {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(bytes).unwrap();
            assert_eq!(Record::read(&mut file).unwrap_err().kind(), io::ErrorKind::InvalidData);
        }
    }

    #[test]
    fn hexadecimal_has_two_digits_a_byte() {
        assert_eq!(hex(&[0, 10, 255]), "000aff");
    }
}
