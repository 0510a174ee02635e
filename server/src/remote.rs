//! Files of other sites, fetched for members: only from addresses that anyone on the internet could ask, never from those
//! of this machine or its network.
//!
//! A host is looked up once, what it turns out to be is looked at, and just that is connected to; the same for every
//! redirect. So no name can stand for one address when it is looked at and for another when it is asked.

use async_trait::async_trait;
use domain::{Remote, RemoteFile};
use futures::{StreamExt, TryStreamExt};
use http::header;
use reqwest::{
    Client, Response,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::{Attempt, Policy},
};
use std::{
    error::Error,
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::time::Instant;
use url::{Host, Url};

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(10);

/// How long all of it may take.
const WHOLE: Duration = Duration::from_secs(60);

/// How many redirects are followed.
const REDIRECTS: usize = 5;

const PRIVATE: &str = "This address leads into a private network. Give one that anyone can open.";
const SILENT: &str = "That site does not answer. Look whether the address opens in a browser.";
const SLOW: &str = "That site takes too long to send it. Download the picture, and upload it.";

/// An address leads where only this machine or its network gets.
#[derive(Debug, thiserror::Error)]
#[error("the address is not public")]
struct NotPublic;

/// Fetches files of other sites.
pub(crate) struct Web {
    client: Client,
    /// Whether addresses of private networks may be asked.
    private: bool,
}

impl Web {
    /// `private`: whether addresses of private networks may be asked, too.
    pub(crate) fn new(private: bool) -> Result<Self, reqwest::Error> {
        let policy = Policy::custom(move |attempt: Attempt| {
            if attempt.previous().len() > REDIRECTS {
                return attempt.error("too many redirects");
            }
            match is_allowed(attempt.url(), private) {
                true => attempt.follow(),
                false => attempt.error(NotPublic),
            }
        });
        let client = Client::builder()
            .dns_resolver(Arc::new(Lookup { private }))
            .redirect(policy)
            .referer(false)
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .user_agent(concat!("Tuku/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client, private })
    }
}

#[async_trait]
impl Remote for Web {
    async fn open(&self, url: &Url, most: u64) -> Result<RemoteFile, String> {
        if !is_allowed(url, self.private) {
            return Err(PRIVATE.into());
        }
        let begun = Instant::now();
        let asked = self.client.get(url.clone()).header(header::ACCEPT, "image/*").send().await;
        let response = asked.map_err(|error| told(&error).to_owned())?;
        if !response.status().is_success() {
            return Err(format!("That site answers {}.", response.status()));
        }
        let length = response.content_length();
        let too_large = || format!("This file is too large: there is room for {} MB.", most / 1_000_000);
        if length.is_some_and(|length| length > most) {
            return Err(too_large());
        }
        let (filename, content_type) = (name_of(&response), kind_of(&response));
        let mut came = 0_u64;
        let body = response.bytes_stream().map_err(io::Error::other).map(move |chunk| {
            let chunk = chunk?;
            came += chunk.len() as u64;
            match () {
                () if came > most => Err(io::Error::other("longer than there is room for")),
                () if begun.elapsed() > WHOLE => Err(io::ErrorKind::TimedOut.into()),
                () => Ok(chunk),
            }
        });
        Ok(RemoteFile { filename, content_type, length, body: body.boxed() })
    }
}

/// What to tell of an attempt that failed.
fn told(error: &reqwest::Error) -> &'static str {
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(one) = cause {
        if one.is::<NotPublic>() {
            return PRIVATE;
        }
        cause = one.source();
    }
    if error.is_timeout() { SLOW } else { SILENT }
}

/// The last part of the address it came from in the end.
fn name_of(response: &Response) -> String {
    let last = response.url().path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    let name = percent_encoding::percent_decode_str(last).decode_utf8_lossy().into_owned();
    if name.is_empty() { "picture".to_owned() } else { name }
}

/// Without its parameters; that of bytes of any kind, as sites say it that do not know, is as good as none.
fn kind_of(response: &Response) -> String {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether an address may be asked, as far as it tells by itself: a name is looked at when it is looked up.
fn is_allowed(url: &Url, private: bool) -> bool {
    let is_public = match url.host() {
        Some(Host::Ipv4(address)) => is_public(address.into()),
        Some(Host::Ipv6(address)) => is_public(address.into()),
        Some(Host::Domain(_)) => true,
        None => false,
    };
    matches!(url.scheme(), "http" | "https") && (private || is_public)
}

/// Looks names up, and answers none of their addresses unless all may be asked.
struct Lookup {
    private: bool,
}

impl Resolve for Lookup {
    fn resolve(&self, name: Name) -> Resolving {
        let private = self.private;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if !private && !found.iter().all(|address| is_public(address.ip())) {
                return Err(NotPublic.into());
            }
            let addresses: Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

/// Whether anyone on the internet could ask this address (IANA's registries of special-purpose addresses).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            | (224.., ..)
    )
}

/// An address that stands for one of the older kind is as public as that.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let within = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => within(high, low),
        [0x2002, high, low, ..] => within(high, low),
        [0x2001, second, ..] => second >= 0x200 && second != 0xdb8,
        [0x3fff, second, ..] => second >= 0x1000,
        // All that is given to anyone lies in 2000::/3.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_anyone_could_ask_are_public() {
        for public in ["1.1.1.1", "8.8.8.8", "172.32.0.1", "192.167.1.1", "100.128.0.1", "2606:4700::1", "2001:4860::8"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "127.0.0.1",
            "127.9.9.9",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "3fff::1",
            "100::1",
            "5f00::1",
            "::127.0.0.1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn an_address_is_looked_at_however_it_is_written() {
        for refused in [
            "http://127.0.0.1/a.jpg",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:7f00:1]/",
            "http://10.0.0.1:9000/",
            "ftp://example.com/a.jpg",
            "file:///etc/passwd",
        ] {
            assert!(!is_allowed(&Url::parse(refused).unwrap(), false), "{refused}");
        }
        assert!(is_allowed(&Url::parse("https://example.com/a.jpg").unwrap(), false));
        assert!(is_allowed(&Url::parse("http://127.0.0.1/").unwrap(), true));
        assert!(!is_allowed(&Url::parse("file:///etc/passwd").unwrap(), true));
    }
}
