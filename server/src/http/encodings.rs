//! The encodings that are made once and kept, and which of them a client gets (RFC 9110, 12.5.3).

use super::quality_values::weight;
use axum::http::{HeaderMap, header};
use brotli::enc::BrotliEncoderParams;
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use std::io::{self, Write};
use tokio::task::spawn_blocking;

/// How hard brotli tries for a page, of 11: whoever asks first waits for it.
const PAGE_QUALITY: i32 = 5;

/// How hard it tries for one that stays as it is: nobody waits for that.
const SETTLED_QUALITY: i32 = 11;

/// How hard gzip tries, of 9.
const GZIP_LEVEL: u32 = 6;

/// How a body is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Plain,
    Gzip,
    Brotli,
}

impl Encoding {
    /// The smallest last.
    pub(super) const ALL: [Self; 3] = [Self::Plain, Self::Gzip, Self::Brotli];

    /// As `Content-Encoding` names it.
    pub(super) fn coding(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// The one that a client likes best, the smallest where it likes several as well. `None` if it takes none.
    pub(super) fn preferred(headers: &HeaderMap) -> Option<Self> {
        let (mut plain, mut gzip, mut brotli, mut others) = (None, None, None, None);
        let listed = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        for coding in listed.flat_map(|value| value.split(',')) {
            let mut parts = coding.split(';').map(str::trim);
            let named = match parts.next() {
                Some("*") => &mut others,
                Some(name) if name.eq_ignore_ascii_case("br") => &mut brotli,
                Some(name) if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") => &mut gzip,
                Some(name) if name.eq_ignore_ascii_case("identity") => &mut plain,
                _ => continue,
            };
            *named = Some(weight(parts));
        }
        let weigh = |encoding: Self| match encoding {
            // As it is, it is always taken unless the client says otherwise; but what it names goes before.
            Self::Plain => plain.or(others).unwrap_or(1),
            Self::Gzip => gzip.or(others).unwrap_or(0),
            Self::Brotli => brotli.or(others).unwrap_or(0),
        };
        // The last of those that weigh as much.
        Self::ALL.into_iter().filter(|encoding| weigh(*encoding) > 0).max_by_key(|encoding| weigh(*encoding))
    }
}

/// A page in each of its encodings.
pub(super) struct Bodies {
    pub(super) plain: Bytes,
    pub(super) gzip: Bytes,
    pub(super) brotli: Bytes,
}

impl Bodies {
    /// Encodes a page.
    pub(super) async fn of(html: Bytes) -> Option<Self> {
        encode(move || {
            let (gzip, brotli) = (gzip(&html)?.into(), brotli(&html, PAGE_QUALITY)?.into());
            Ok(Self { plain: html, gzip, brotli })
        })
        .await
    }
}

/// A page in brotli, as small as can be.
pub(super) async fn smallest(html: Bytes) -> Option<Bytes> {
    encode(move || brotli(&html, SETTLED_QUALITY).map(Bytes::from)).await
}

/// Runs an encoder away from the threads that answer requests. `None` if it fails, which is logged.
async fn encode<T: Send + 'static>(encoder: impl FnOnce() -> io::Result<T> + Send + 'static) -> Option<T> {
    let encoded = spawn_blocking(encoder).await.map_err(io::Error::from).and_then(|encoded| encoded);
    encoded.inspect_err(|error| tracing::error!(%error, "a page could not be compressed")).ok()
}

fn gzip(html: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(html.len() / 4), Compression::new(GZIP_LEVEL));
    encoder.write_all(html)?;
    encoder.finish()
}

/// `quality` is 0 to 11.
pub(super) fn brotli(text: &[u8], quality: i32) -> io::Result<Vec<u8>> {
    let params = BrotliEncoderParams { quality, size_hint: text.len(), ..Default::default() };
    let mut encoded = Vec::with_capacity(text.len() / 4);
    brotli::BrotliCompress(&mut &text[..], &mut encoded, &params)?;
    Ok(encoded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use std::io::Read;

    #[test]
    fn a_client_gets_what_it_likes_best() {
        let preferred = |accepted: &'static str| {
            Encoding::preferred(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))]))
        };
        for (accepted, is) in [
            ("gzip, deflate, br, zstd", Some(Encoding::Brotli)),
            ("gzip, deflate", Some(Encoding::Gzip)),
            ("X-GZIP", Some(Encoding::Gzip)),
            ("br;q=0.5, gzip", Some(Encoding::Gzip)),
            ("gzip;q=0.001", Some(Encoding::Gzip)),
            ("br;q=0, gzip;q=0", Some(Encoding::Plain)),
            ("gzip;q=0.5, identity", Some(Encoding::Plain)),
            ("*", Some(Encoding::Brotli)),
            ("*;q=0.5, gzip", Some(Encoding::Gzip)),
            ("br, *;q=0", Some(Encoding::Brotli)),
            ("zstd, deflate", Some(Encoding::Plain)),
            ("", Some(Encoding::Plain)),
            ("identity;q=0", None),
            ("*;q=0", None),
        ] {
            assert_eq!(preferred(accepted), is, "{accepted}");
        }
        assert_eq!(Encoding::preferred(&HeaderMap::new()), Some(Encoding::Plain));
    }

    #[tokio::test]
    async fn every_encoding_holds_the_same_page() {
        let html = Bytes::from("<li>图库</li>".repeat(10_000));
        let Bodies { plain, gzip, brotli } = Bodies::of(html.clone()).await.unwrap();
        let (mut unzipped, mut unbrotlied) = (Vec::new(), Vec::new());
        flate2::read::GzDecoder::new(&gzip[..]).read_to_end(&mut unzipped).unwrap();
        brotli::Decompressor::new(&brotli[..], 4096).read_to_end(&mut unbrotlied).unwrap();
        assert!(plain == html && unzipped == html && unbrotlied == html);
        assert!(gzip.len() < html.len() / 10 && brotli.len() < gzip.len());
    }

    #[tokio::test]
    async fn a_page_that_stays_is_smaller_and_the_same() {
        let rows = (0..2_000).map(|at| format!("<li class=\"ar-{}\">图库 {}</li>", at * at % 97, at * 31 % 1_009));
        let html = Bytes::from(rows.collect::<String>());
        let first = Bodies::of(html.clone()).await.unwrap().brotli;
        let (smallest, mut unbrotlied) = (smallest(html.clone()).await.unwrap(), Vec::new());
        brotli::Decompressor::new(&smallest[..], 4096).read_to_end(&mut unbrotlied).unwrap();
        assert!(unbrotlied == html);
        assert!(smallest.len() < first.len() * 19 / 20, "{} of {}", smallest.len(), first.len());
    }
}
