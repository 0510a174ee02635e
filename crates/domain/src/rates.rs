//! How often what may be tried: counted by address and by account in the key-value store.

use crate::{Error, Library, Result, clock::now, ids::sha256};
use bytes::Bytes;
use std::{net::IpAddr, time::Duration};

/// How long a place is known: as long as a sign-in lasts.
const KNOWN: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rate {
    /// Signing in to one account from one address.
    SignIn,
    /// Signing in to one account, from wherever.
    SignInAnywhere,
    /// Signing in from one address, to whichever account.
    SignInFrom,
    /// Making accounts from one address.
    Register,
    /// Trying share links' passwords from one address.
    Unlock,
    /// Trying one share link's password, from wherever.
    UnlockAnywhere,
    /// Commenting with one account.
    Comment,
    /// Fetching pictures from other sites for one account.
    Import,
    /// Taking along all of one account, which is as much as it holds.
    Export,
}

impl Rate {
    /// So many, in so many seconds.
    fn terms(self) -> (&'static str, u64, i64) {
        match self {
            Self::SignIn => ("sign-in", 10, 600),
            // Wide, and not counted where a place is known, so that a stranger cannot lock a member out by guessing.
            Self::SignInAnywhere => ("sign-in-anywhere", 100, 600),
            Self::SignInFrom => ("sign-in-from", 60, 600),
            Self::Register => ("register", 30, 3_600),
            // Wide, so that all guests of a wedding may open its pictures from the same network.
            Self::Unlock => ("unlock", 60, 600),
            Self::UnlockAnywhere => ("unlock-anywhere", 300, 600),
            Self::Comment => ("comment", 60, 600),
            Self::Import => ("import", 120, 600),
            Self::Export => ("export", 20, 600),
        }
    }
}

/// An address as it is counted: whoever has an IPv6 address has its whole /64.
pub(crate) fn counted(address: Option<IpAddr>) -> String {
    match address {
        None => "unknown".into(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(address) => address.to_string(),
            None => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        },
    }
}

impl Library {
    /// Counts a try: [`Error::RateLimited`] when there were too many. Windows are fixed in time, so that servers
    /// that share the key-value store count the same one.
    pub(crate) async fn attempt(&self, rate: Rate, who: &str) -> Result<()> {
        let (name, most, seconds) = rate.terms();
        let now = now();
        let window = now.div_euclid(seconds);
        let key = format!("rate:{name}:{window}:{}", sha256(who));
        let lifetime = Duration::from_secs(seconds.unsigned_abs());
        if self.0.key_values.increment(&key, lifetime).await? > most {
            let left = (window + 1) * seconds - now;
            return Err(Error::RateLimited { seconds: left.unsigned_abs() });
        }
        Ok(())
    }

    /// Whether someone has signed in to this account from this address of late.
    pub(crate) async fn is_known(&self, place: &str) -> Result<bool> {
        Ok(self.0.key_values.get(&known(place)).await?.is_some())
    }

    /// Notes that someone has. Nobody is kept out because it fails.
    pub(crate) async fn make_known(&self, place: &str) {
        if let Err(error) = self.0.key_values.put(&known(place), Bytes::from_static(b"1"), KNOWN).await {
            tracing::error!(?error, "a sign-in's address could not be noted");
        }
    }
}

fn known(place: &str) -> String {
    format!("known:{}", sha256(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_customer_count_as_one() {
        let counted = |text: &str| counted(Some(text.parse().unwrap()));
        assert_eq!(counted("2001:db8:1:2::1"), counted("2001:db8:1:2:ffff::9"));
        assert_ne!(counted("2001:db8:1:2::1"), counted("2001:db8:1:3::1"));
        assert_eq!(counted("::ffff:192.0.2.7"), counted("192.0.2.7"));
    }
}
