//! Who asks: reads the API token or the session cookie, the opened share links and the client's address, and puts the
//! [`Caller`] into the request.

use super::super::{State, errors, upload_api};
use app::rpc::{Caller, LINKS_COOKIE, RpcError, SECURE_LINKS_COOKIE, SECURE_SESSION_COOKIE, SESSION_COOKIE};
use axum::{
    extract::{ConnectInfo, Request, State as Shared},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header, request::Parts, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{Error, Result, Viewer};
use model::ShareId;
use std::net::{IpAddr, SocketAddr};
use url::Url;

/// The most characters kept of what a browser calls itself.
const LONGEST_AGENT: usize = 200;

const MALFORMED: Error = Error::Unauthenticated("Send the API token as “Authorization: Bearer tuku_…”, once.");

/// Finds the viewer and the site's address, once a request.
pub(crate) async fn authenticate(Shared(state): Shared<State>, mut request: Request, next: Next) -> Response {
    let Some(origin) = site_address(&state, request.headers(), request.uri()) else {
        return (StatusCode::BAD_REQUEST, "The Host header names no host.\n").into_response();
    };
    let address = client_address(&request, state.client_address_header.as_ref());
    match viewer(&state, request.headers(), origin.scheme() == "https").await {
        Ok((viewer, links)) => {
            let (viewer, agent) = (viewer.at(address), agent(request.headers()));
            request.extensions_mut().insert(Caller { library: state.library.clone(), viewer, origin, links, agent });
            next.run(request).await
        }
        Err(error) => refused(request.uri().path(), error),
    }
}

/// Whether a request carries nothing that could make its sender anyone but a visitor: neither a token nor one of our
/// cookies, by any of their names. Other cookies are those of whoever stands before this program, or beside it.
pub(crate) fn is_anonymous(headers: &HeaderMap) -> bool {
    const OURS: [&str; 4] = [SESSION_COOKIE, SECURE_SESSION_COOKIE, LINKS_COOKIE, SECURE_LINKS_COOKIE];
    !headers.contains_key(header::AUTHORIZATION) && !cookies(headers).any(|(name, _)| OURS.contains(&name))
}

/// Who asks for a picture: what they may see of it is all that counts. Or the answer to one that nobody was found for.
pub(crate) async fn reader(state: &State, request: &Parts) -> std::result::Result<Viewer, Response> {
    let secure = state.public_url.as_ref().is_some_and(|url| url.scheme() == "https");
    match viewer(state, &request.headers, secure).await {
        Ok((viewer, _)) => Ok(viewer.reading()),
        Err(error) => Err(refused(request.uri.path(), error)),
    }
}

/// Who asks, and the share links their browser has opened. An API token speaks for its request alone, whatever cookie
/// is beside it; a cookie that speaks for nobody is a visitor's.
async fn viewer(state: &State, headers: &HeaderMap, secure: bool) -> Result<(Viewer, Vec<ShareId>)> {
    let session = cookie(headers, if secure { SECURE_SESSION_COOKIE } else { SESSION_COOKIE });
    let viewer = match (bearer(headers)?, session) {
        (Some(token), _) => state.library.viewer_of_token(token).await?,
        (None, Some(token)) => state.library.viewer_of_session(token).await?,
        (None, None) => Viewer::visitor(),
    };
    let links = cookie(headers, if secure { SECURE_LINKS_COOKIE } else { LINKS_COOKIE });
    let links = links.map(|links| state.library.opened_links(links)).unwrap_or_default();
    Ok((viewer.with_shared(state.library.shared_by(&links).await?), links))
}

/// The API token of a request (RFC 6750, 2.1). Other schemes are for whoever stands before this program.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>> {
    let mut found = None;
    for value in headers.get_all(header::AUTHORIZATION) {
        let bytes = value.as_bytes();
        let (scheme, token) = bytes.split_at(bytes.iter().position(|byte| *byte == b' ').unwrap_or(bytes.len()));
        if !scheme.eq_ignore_ascii_case(b"bearer") {
            continue;
        }
        let token = std::str::from_utf8(token.trim_ascii()).map_err(|_| MALFORMED)?;
        let readable = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        if !readable || found.replace(token).is_some() {
            return Err(MALFORMED);
        }
    }
    Ok(found)
}

/// A request that nobody was found for. A token that is not valid is told so, rather than taken for a visitor.
fn refused(path: &str, error: Error) -> Response {
    let unknown = matches!(error, Error::Unauthenticated(_));
    let error = RpcError::from(error);
    let mut response = match path {
        upload_api::PATH => upload_api::refused(&error),
        _ if path.starts_with("/api/") => errors::json(&error),
        _ => errors::text(error),
    };
    if unknown {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// Where a request comes from: as the proxy says, where the operator named its header, else the connection's other end.
fn client_address(request: &Request, named: Option<&HeaderName>) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    named.and_then(|name| told_address(request.headers(), name)).or(peer)
}

/// The last address of a header: the one the nearest proxy wrote. Those before it are whatever the client sent.
fn told_address(headers: &HeaderMap, name: &HeaderName) -> Option<IpAddr> {
    let last = headers.get_all(name).iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
    let with_port = last.parse::<SocketAddr>().map(|address| address.ip());
    with_port.or_else(|_| last.trim_start_matches('[').trim_end_matches(']').parse()).ok()
}

/// What the browser calls itself, cut.
fn agent(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).map(HeaderValue::as_bytes).unwrap_or_default();
    String::from_utf8_lossy(agent).chars().filter(|c| !c.is_control()).take(LONGEST_AGENT).collect()
}

/// The host that a request names.
pub(crate) fn host<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> Option<&'a str> {
    match headers.get(header::HOST) {
        Some(host) => host.to_str().ok(),
        None => uri.authority().map(Authority::as_str),
    }
}

/// The site's address: as the operator set it, else as this request reached it.
pub(crate) fn site_address(state: &State, headers: &HeaderMap, uri: &Uri) -> Option<Url> {
    state.public_url.clone().or_else(|| origin(headers, uri))
}

fn origin(headers: &HeaderMap, uri: &Uri) -> Option<Url> {
    let host: Authority = host(headers, uri)?.parse().ok()?;
    Url::parse(&format!("http://{}", host.as_str())).ok().filter(|url| url.username().is_empty())
}

fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    cookies(headers).find(|(name, _)| *name == wanted).map(|(_, value)| value)
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    // Each for itself: what other programs of this host keep may be no ASCII.
    let pairs = headers.get_all(header::COOKIE).iter().flat_map(|value| value.as_bytes().split(|byte| *byte == b';'));
    pairs.filter_map(|pair| std::str::from_utf8(pair).ok()?.trim().split_once('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, values: &[&str]) -> HeaderMap {
        values.iter().map(|value| (name.clone(), HeaderValue::from_bytes(value.as_bytes()).unwrap())).collect()
    }

    #[test]
    fn a_token_is_read_from_its_scheme_alone() {
        let token =
            |values: &[&str]| bearer(&headers(header::AUTHORIZATION, values)).map(|token| token.map(str::to_owned));
        assert_eq!(token(&[]).unwrap(), None);
        assert_eq!(token(&["Basic YTpi"]).unwrap(), None);
        assert_eq!(token(&["bearer  tuku_a "]).unwrap().as_deref(), Some("tuku_a"));
        assert_eq!(token(&["Basic YTpi", "Bearer tuku_a"]).unwrap().as_deref(), Some("tuku_a"));
        for malformed in [&["Bearer"][..], &["Bearer "], &["Bearer a b"], &["Bearer é"], &["Bearer a", "Bearer b"]] {
            assert!(token(malformed).is_err(), "{malformed:?}");
        }
    }

    #[test]
    fn a_visitor_is_whoever_sends_nothing_of_ours() {
        let sent = |name: HeaderName, values: &[&str]| is_anonymous(&headers(name, values));
        assert!(is_anonymous(&HeaderMap::new()));
        assert!(sent(header::COOKIE, &["theme=dark; mytuku=1; tuku", "tukus=2"]));
        for name in ["tuku", "__Host-tuku", "tuku-links", "__Host-tuku-links"] {
            for value in [format!("{name}=x"), format!("{name}="), format!("theme=dark;{name}=x")] {
                assert!(!sent(header::COOKIE, &["a=b", value.as_str()]), "{value}");
                assert!(cookie(&headers(header::COOKIE, &[value.as_str()]), name).is_some(), "{value}");
            }
        }
        assert!(!sent(header::AUTHORIZATION, &["Basic YTpi"]));
    }

    #[test]
    fn a_cookie_of_another_program_hides_none_of_ours() {
        let value = HeaderValue::from_bytes("who=Zoë; tuku=x".as_bytes()).unwrap();
        let others = HeaderValue::from_bytes(b"who=Zo\xeb; __Host-tuku-links=y").unwrap();
        let headers: HeaderMap = [value, others].into_iter().map(|value| (header::COOKIE, value)).collect();
        assert_eq!(cookie(&headers, "tuku"), Some("x"));
        assert_eq!(cookie(&headers, "__Host-tuku-links"), Some("y"));
        assert!(!is_anonymous(&headers));
    }

    #[test]
    fn of_a_proxy_s_header_only_the_last_entry_counts() {
        let name = HeaderName::from_static("x-forwarded-for");
        let told = |values: &[&str]| told_address(&headers(name.clone(), values), &name).map(|ip| ip.to_string());
        assert_eq!(told(&["10.0.0.1, 192.0.2.7"]).as_deref(), Some("192.0.2.7"));
        assert_eq!(told(&["192.0.2.7", "198.51.100.1"]).as_deref(), Some("198.51.100.1"));
        assert_eq!(told(&["192.0.2.7:4711"]).as_deref(), Some("192.0.2.7"));
        assert_eq!(told(&["2001:db8::1"]).as_deref(), Some("2001:db8::1"));
        assert_eq!(told(&["[2001:db8::1]:443"]).as_deref(), Some("2001:db8::1"));
        assert_eq!(told(&["[2001:db8::1]"]).as_deref(), Some("2001:db8::1"));
        for nowhere in [&["unknown"][..], &["192.0.2.7, "], &[]] {
            assert_eq!(told(nowhere), None);
        }
    }

    #[test]
    fn a_browser_s_name_is_cut_and_plain() {
        let named = |text: &str| agent(&headers(header::USER_AGENT, &[text]));
        assert_eq!(named("Firefox\té"), "Firefoxé");
        assert_eq!(named(&"x".repeat(300)).len(), LONGEST_AGENT);
        assert_eq!(agent(&HeaderMap::new()), "");
    }
}
