//! New ids and tokens.

use data_encoding::HEXLOWER;
use model::AccessKeyId;
use rand::RngExt;
use sha2::{Digest, Sha256};
use std::time::{SystemTime, UNIX_EPOCH};

/// Lower-case letters and digits without those that look alike.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn random(length: usize) -> String {
    let mut rng = rand::rng();
    (0..length).map(|_| char::from(ALPHABET[rng.random_range(0..ALPHABET.len())])).collect()
}

/// 22 characters: 11 for the microsecond, so that ids sort by age, and 55 random bits, so that nobody finds a
/// picture by guessing.
pub(crate) fn new_id<Id: TryFrom<String, Error = &'static str>>() -> Id {
    let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros());
    let time = (0..11).rev().map(|digit| char::from(ALPHABET[(time >> (5 * digit)) as usize % ALPHABET.len()]));
    let Ok(id) = Id::try_from(time.collect::<String>() + &random(11)) else {
        unreachable!("the alphabet is letters and digits")
    };
    id
}

/// A few characters that tell two equal slugs apart.
pub(crate) fn new_suffix() -> String {
    random(4)
}

/// What a picture's short links name it by: 10 characters, 50 random bits. Whoever guesses one is shown what they may see.
pub(crate) fn new_short() -> String {
    random(10)
}

/// 40 characters, 200 random bits, for whoever holds it.
pub(crate) fn new_token() -> String {
    random(40)
}

/// What S3 clients name an access key by: 20 capital letters and digits, 90 random bits.
pub(crate) fn new_access_key() -> AccessKeyId {
    let Some(id) = AccessKeyId::parse(&format!("TK{}", random(18).to_uppercase())) else {
        unreachable!("the alphabet is letters and digits")
    };
    id
}

/// SHA-256 in hexadecimal: how tokens and checksums are kept.
pub(crate) fn sha256(bytes: impl AsRef<[u8]>) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ImageId;

    #[test]
    fn ids_sort_by_age_and_differ() {
        let first: ImageId = new_id();
        std::thread::sleep(std::time::Duration::from_millis(2));
        let ids: Vec<ImageId> = (0..1000).map(|_| new_id()).collect();
        assert!(ids.iter().all(|id| *id > first && id.as_str().len() == 22));
        assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), ids.len());
    }
}
