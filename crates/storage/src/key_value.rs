//! What is kept by key for a while: answers, sign-ins in use, counts of tries.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;

use crate::{Error, Result};

/// The longest key, in bytes.
const LONGEST_KEY: usize = 512;

/// The largest value, in bytes.
const LARGEST_VALUE: usize = 1_000_000;

/// The bounds of a lifetime: what is shorter or longer is taken as this.
const LIFETIMES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(10 * 365 * 24 * 60 * 60));

/// Values by key, each for a while.
///
/// A key is 1 to 512 bytes of printable ASCII, a value at most 1 MB, a lifetime at least a second. What is here may be
/// gone before its time (a server that is full or starts anew drops it), so only what can be made again is kept.
///
/// Whoever has changed a value reads the new one from then on. On other servers [`KeyValue::get`] may for a moment
/// answer what was there before. [`KeyValue::put_new`] and [`KeyValue::increment`] are decided in one place for all
/// servers. An error leaves open whether the change was made.
#[async_trait]
pub trait KeyValue: Send + Sync {
    /// The value of a key. A count reads as its digits.
    async fn get(&self, key: &str) -> Result<Option<Bytes>>;

    /// Puts a value, in place of the one that may be there. [`Error::TooLarge`] beyond 1 MB.
    async fn put(&self, key: &str, value: Bytes, lifetime: Duration) -> Result<()>;

    /// Puts only where there is nothing; tells whether it did.
    async fn put_new(&self, key: &str, value: Bytes, lifetime: Duration) -> Result<bool>;

    /// Removes a value. Removing what is not there is fine.
    async fn delete(&self, key: &str) -> Result<()>;

    /// Counts up from nothing; answers 1 at first. The lifetime runs from the first. A key is either counted or put to.
    async fn increment(&self, key: &str, lifetime: Duration) -> Result<u64>;
}

/// Refuses a key that no store takes. For those who write a store.
pub fn check_key(key: &str) -> Result<()> {
    let printable = key.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if printable && (1..=LONGEST_KEY).contains(&key.len()) {
        return Ok(());
    }
    Err(Error::unavailable("a key has 1 to 512 characters of printable ASCII"))
}

/// Refuses a value that no store takes. For those who write a store.
pub fn check_value(value: &[u8]) -> Result<()> {
    if value.len() > LARGEST_VALUE { Err(Error::TooLarge) } else { Ok(()) }
}

/// A lifetime in milliseconds, at least a second and at most ten years. For those who write a store.
pub fn milliseconds(lifetime: Duration) -> i64 {
    let (shortest, longest) = LIFETIMES;
    i64::try_from(lifetime.clamp(shortest, longest).as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_printable_ascii() {
        for key in ["a", "rate:sign-in:29000000:0c5d", "with space ~", "x".repeat(512).as_str()] {
            assert!(check_key(key).is_ok(), "{key}");
        }
        for key in ["", "tab\t", "line\n", "nul\0", "del\u{7f}", "图", "x".repeat(513).as_str()] {
            assert!(check_key(key).is_err(), "{key:?}");
        }
    }

    #[test]
    fn values_are_bounded() {
        assert!(check_value(&[0; LARGEST_VALUE]).is_ok());
        assert!(matches!(check_value(&[0; LARGEST_VALUE + 1]), Err(Error::TooLarge)));
    }

    #[test]
    fn lifetimes_are_bounded() {
        assert_eq!(milliseconds(Duration::ZERO), 1_000);
        assert_eq!(milliseconds(Duration::from_millis(1_500)), 1_500);
        assert_eq!(milliseconds(Duration::MAX), 315_360_000_000);
    }
}
