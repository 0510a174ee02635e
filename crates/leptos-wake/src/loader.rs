//! The script that wakes islands, and its name.

use std::str::from_utf8;

/// The script that wakes islands: JavaScript in UTF-8, made of `loader.js` by a minifier.
/// [`WakeScript`](crate::WakeScript) makes the tag for it.
pub const LOADER: &str = include_str!("loader.min.js");

/// The length of a name: `wake.`, sixteen digits, `.js`.
const NAME_LENGTH: usize = 24;

const NAME: [u8; NAME_LENGTH] = name(fnv1a(LOADER.as_bytes()));

/// A file name for [`LOADER`] that changes with its bytes, such as `wake.0123456789abcdef.js`: what is served under it
/// may be kept for ever.
pub const LOADER_NAME: &str = match from_utf8(&NAME) {
    Ok(name) => name,
    Err(_) => panic!("the name is ASCII"),
};

/// The hash FNV-1a in 64 bits. It tells versions apart; it is not for secrets.
const fn fnv1a(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

const fn name(hash: u64) -> [u8; NAME_LENGTH] {
    let mut name = *b"wake.0000000000000000.js";
    let mut digit = 0;
    while digit < 16 {
        name[5 + digit] = b"0123456789abcdef"[(hash >> (60 - 4 * digit)) as usize & 15];
        digit += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_is_sent_without_what_only_people_read() {
        assert!(LOADER.len() < include_str!("loader.js").len() * 2 / 3);
        assert!(!LOADER.contains("//") && !LOADER.contains('\t'), "{LOADER}");
    }

    #[test]
    fn the_name_is_made_of_the_bytes() {
        assert_eq!(LOADER_NAME.len(), NAME_LENGTH);
        let digits = LOADER_NAME.strip_prefix("wake.").and_then(|rest| rest.strip_suffix(".js")).unwrap();
        assert_eq!(u64::from_str_radix(digits, 16), Ok(fnv1a(LOADER.as_bytes())));
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8, "as its authors publish it");
    }
}
