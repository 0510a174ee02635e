//! Writing XML.

use quick_xml::{Writer, events::BytesText};
use std::io;

/// A document in memory, begun.
pub(super) fn document() -> Writer<Vec<u8>> {
    Writer::new(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_vec())
}

/// An element with words in it.
pub(super) fn text(writer: &mut Writer<Vec<u8>>, name: &str, words: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(words)).map(|_| ())
}
