//! Answers in parts: one range of bytes (RFC 9110, 14). Several at once are answered with the whole, as it allows.

use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use std::ops::Range;

/// Which bytes a request wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// All of them.
    Whole,
    /// Some, which are there.
    Part(Range<u64>),
    /// None that are there.
    Nothing,
}

/// What a request wants of a body of so many bytes, which has this entity tag. A range that is asked for on the
/// condition of another body is none.
pub(super) fn asked(method: &Method, headers: &HeaderMap, etag: &str, size: u64) -> Asked {
    let range = headers.get(header::RANGE).filter(|_| *method == Method::GET);
    let condition = headers.get(header::IF_RANGE);
    match range.and_then(|range| range.to_str().ok()) {
        Some(range) if condition.is_none_or(|condition| condition == etag) => read(range, size),
        _ => Asked::Whole,
    }
}

/// Writes down what is sent; answers the status and the bytes to send.
pub(super) fn describe(asked: Asked, size: u64, headers: &mut HeaderMap) -> (StatusCode, Range<u64>) {
    let (status, range, part) = match asked {
        Asked::Whole => (StatusCode::OK, 0..size, None),
        Asked::Part(range) => {
            let part = format!("bytes {}-{}/{size}", range.start, range.end - 1);
            (StatusCode::PARTIAL_CONTENT, range, Some(part))
        }
        Asked::Nothing => {
            // Nobody keeps it in place of the answer.
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            (StatusCode::RANGE_NOT_SATISFIABLE, 0..0, Some(format!("bytes */{size}")))
        }
    };
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    if let Some(part) = part.and_then(|part| HeaderValue::try_from(part).ok()) {
        headers.insert(header::CONTENT_RANGE, part);
    }
    (status, range)
}

/// Reads `bytes=0-99`, `bytes=100-` or `bytes=-100`. What cannot be read is as if it were not there.
fn read(range: &str, size: u64) -> Asked {
    let Some((unit, set)) = range.split_once('=') else { return Asked::Whole };
    let Some((first, last)) = set.trim().split_once('-').filter(|_| unit.eq_ignore_ascii_case("bytes")) else {
        return Asked::Whole;
    };
    let part = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Some(first), None) if last.is_empty() => first..size,
        (None, Some(most)) if first.is_empty() => size.saturating_sub(most)..size,
        _ => return Asked::Whole,
    };
    if part.is_empty() { Asked::Nothing } else { Asked::Part(part) }
}

fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_read_and_whatever_else_is_the_whole() {
        for (range, is) in [
            ("bytes=0-9", Asked::Part(0..10)),
            ("Bytes=5-5", Asked::Part(5..6)),
            ("bytes=90-", Asked::Part(90..100)),
            ("bytes=90-1000", Asked::Part(90..100)),
            ("bytes=-10", Asked::Part(90..100)),
            ("bytes=-1000", Asked::Part(0..100)),
            ("bytes=0-18446744073709551615", Asked::Part(0..100)),
            ("bytes=100-", Asked::Nothing),
            ("bytes=200-300", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=9-0", Asked::Whole),
            ("bytes=0-9,20-29", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=+1-9", Asked::Whole),
            ("bytes=1--9", Asked::Whole),
            ("lines=0-9", Asked::Whole),
            ("bytes", Asked::Whole),
        ] {
            assert_eq!(read(range, 100), is, "{range}");
        }
        assert_eq!(read("bytes=0-", 0), Asked::Nothing);
    }

    #[test]
    fn a_range_of_another_body_is_not_given() {
        let with = |pairs: &[(header::HeaderName, &'static str)]| -> HeaderMap {
            pairs.iter().map(|&(ref name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
        };
        let asks = |headers: &HeaderMap| asked(&Method::GET, headers, "\"a\"", 100);
        let range = || (header::RANGE, "bytes=0-9");
        assert_eq!(asks(&with(&[range()])), Asked::Part(0..10));
        assert_eq!(asks(&with(&[range(), (header::IF_RANGE, "\"a\"")])), Asked::Part(0..10));
        assert_eq!(asks(&with(&[range(), (header::IF_RANGE, "\"b\"")])), Asked::Whole);
        assert_eq!(asks(&with(&[range(), (header::IF_RANGE, "W/\"a\"")])), Asked::Whole);
        assert_eq!(asked(&Method::HEAD, &with(&[range()]), "\"a\"", 100), Asked::Whole);
    }

    #[test]
    fn what_is_sent_is_written_down() {
        let mut headers = HeaderMap::new();
        assert_eq!(describe(Asked::Part(10..20), 100, &mut headers), (StatusCode::PARTIAL_CONTENT, 10..20));
        assert_eq!(headers[header::CONTENT_RANGE], "bytes 10-19/100");
        assert_eq!(headers[header::CONTENT_LENGTH], "10");
        let mut headers = HeaderMap::new();
        assert_eq!(describe(Asked::Nothing, 100, &mut headers), (StatusCode::RANGE_NOT_SATISFIABLE, 0..0));
        assert_eq!(headers[header::CONTENT_RANGE], "bytes */100");
        let mut headers = HeaderMap::new();
        assert_eq!(describe(Asked::Whole, 100, &mut headers), (StatusCode::OK, 0..100));
        assert!(!headers.contains_key(header::CONTENT_RANGE));
    }
}
