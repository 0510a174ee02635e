//! Walks boxes, and reads the numbers in them (ISO/IEC 14496-12, 4.2).

/// A box.
pub(crate) struct Part<'a> {
    pub(crate) kind: [u8; 4],
    pub(crate) body: &'a [u8],
    /// Where the box starts in the bytes that were walked.
    pub(crate) start: usize,
    /// Where its body starts.
    pub(crate) body_start: usize,
}

/// Walks the boxes that follow each other in some bytes. Ends with the bytes, or with the first box that is not whole.
pub(crate) struct Boxes<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Boxes<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// What was not walked yet. Not empty at the end if a box was cut short or something else follows the boxes.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }
}

impl<'a> Iterator for Boxes<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let rest = self.rest();
        let (size, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let (head, size) = match u32::from_be_bytes(*size) {
            // Up to the end.
            0 => (8, rest.len()),
            // The size did not fit and follows.
            1 => (16, usize::try_from(u64::from_be_bytes(*after.first_chunk::<8>()?)).ok()?),
            size => (8, usize::try_from(size).ok()?),
        };
        let body = rest.get(head..size)?;
        let start = self.at;
        self.at += size;
        Some(Part { kind: *kind, body, start, body_start: start + head })
    }
}

/// Reads numbers from the front of a box's body. Each answer is nothing when the body has ended.
pub(crate) struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    pub(crate) fn new(body: &'a [u8]) -> Self {
        Self(body)
    }

    pub(crate) fn rest(&self) -> &'a [u8] {
        self.0
    }

    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(crate) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_be_bytes)
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    /// A number of up to eight bytes; of none it is zero.
    pub(crate) fn number(&mut self, bytes: usize) -> Option<u64> {
        if bytes > 8 {
            return None;
        }
        Some(self.take(bytes)?.iter().fold(0, |number, &byte| (number << 8) | u64::from(byte)))
    }

    /// An item's number, which older versions of a box write in two bytes.
    pub(crate) fn item(&mut self, is_wide: bool) -> Option<u32> {
        if is_wide { self.u32() } else { self.u16().map(u32::from) }
    }

    /// The version and the flags that many boxes begin with.
    pub(crate) fn version(&mut self) -> Option<(u8, u32)> {
        let [version, flags @ ..] = self.array::<4>()?;
        Some((version, flags.iter().fold(0, |all, &byte| (all << 8) | u32::from(byte))))
    }

    /// Text up to a zero byte, or up to the end.
    pub(crate) fn text(&mut self) -> &'a [u8] {
        let length = self.0.iter().position(|&byte| byte == 0);
        let text = &self.0[..length.unwrap_or(self.0.len())];
        self.0 = length.and_then(|length| self.0.get(length + 1..)).unwrap_or_default();
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_walked_until_one_is_not_whole() {
        let bytes = b"\0\0\0\x0Aabcd12\0\0\0\x01efgh\0\0\0\0\0\0\0\x113\0\0\0\x08ijkl\0\0\0\x0Bmnop12";
        let mut boxes = Boxes::new(bytes);
        let seen: Vec<_> = boxes.by_ref().map(|part| (part.kind, part.body, part.start)).collect();
        assert_eq!(seen, [(*b"abcd", &b"12"[..], 0), (*b"efgh", &b"3"[..], 10), (*b"ijkl", &b""[..], 27)]);
        assert_eq!(boxes.rest(), b"\0\0\0\x0Bmnop12");
    }

    #[test]
    fn a_box_without_a_size_goes_up_to_the_end() {
        let mut boxes = Boxes::new(b"\0\0\0\0mdat1234");
        assert_eq!(boxes.next().map(|part| part.body), Some(&b"1234"[..]));
        assert!(boxes.next().is_none());
        assert!(boxes.rest().is_empty());
    }

    #[test]
    fn a_size_less_than_its_own_head_ends_the_walk() {
        assert!(Boxes::new(b"\0\0\0\x07abcd").next().is_none());
        assert!(Boxes::new(b"\0\0\0\x01abcd\0\0\0\0\0\0\0\x08").next().is_none());
        assert!(Boxes::new(b"\0\0\0\x01abcd\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF").next().is_none());
    }

    #[test]
    fn numbers_and_texts_are_read_from_the_front() {
        let mut fields = Fields::new(b"\x01\0\0\x02\x01\x02\x03name\0rest");
        assert_eq!(fields.version(), Some((1, 2)));
        assert_eq!(fields.number(3), Some(0x0001_0203));
        assert_eq!(fields.number(0), Some(0));
        assert_eq!(fields.text(), b"name");
        assert_eq!(fields.text(), b"rest");
        assert_eq!(fields.u8(), None);
        assert_eq!(fields.number(9), None);
    }
}
