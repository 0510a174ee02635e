//! What a request's host stands for: the site, or an address of random pictures.

use super::middleware::authentication;
use crate::settings::{Hosts, RandomHosts};
use axum::{
    extract::Request,
    http::{StatusCode, Uri, header, uri::PathAndQuery},
    response::{IntoResponse, Response},
};
use url::Url;

/// Notes of a request that it came to a host of random pictures, where there are no pages.
#[derive(Clone, Copy)]
pub(super) struct WithoutPages;

/// The hosts that stand for something.
pub(crate) struct HostTable {
    /// Where the site itself is reached; none: by every host.
    own: Vec<String>,
    random: RandomHosts,
}

impl HostTable {
    /// The host of the site's own address is one of its hosts.
    pub(crate) fn new(hosts: &Hosts, random: &RandomHosts, public_url: Option<&Url>) -> Self {
        let mut own = hosts.0.clone();
        if !own.is_empty() {
            own.extend(public_url.and_then(Url::host_str).map(str::to_owned));
        }
        Self { own, random: random.clone() }
    }

    /// Turns the address of a request for a host of random pictures into the one that answers it; or answers at once
    /// what nobody else is to. What watches over the program may ask by any host.
    pub(super) fn enter(&self, request: &mut Request) -> Option<Response> {
        if self.own.is_empty() && self.random.0.is_empty() || request.uri().path() == "/health" {
            return None;
        }
        let host = authentication::host(request.headers(), request.uri()).map(name).unwrap_or_default();
        if self.own.iter().any(|own| own.eq_ignore_ascii_case(host)) {
            return None;
        }
        match self.random.of(host) {
            Some(target) => enter_random(target, request),
            None if self.own.is_empty() => None,
            None => {
                Some((StatusCode::BAD_REQUEST, [(header::CACHE_CONTROL, "no-store")], "Invalid domain").into_response())
            }
        }
    }
}

/// On such a host `/` is the address it stands for, with what the request's query adds to it. The sized pictures that it
/// leads to are there, too, and nothing else.
fn enter_random(target: &PathAndQuery, request: &mut Request) -> Option<Response> {
    match request.uri().path() {
        "/" => {}
        path if path.starts_with("/images/view/") => return None,
        _ => return Some((StatusCode::NOT_FOUND, "Here is nothing but /.\n").into_response()),
    }
    let queries = [target.query(), request.uri().query()];
    let query = queries.into_iter().flatten().collect::<Vec<_>>().join("&");
    let uri = Uri::builder().path_and_query(format!("{}?{query}", target.path())).build();
    match uri {
        Ok(uri) => {
            *request.uri_mut() = uri;
            request.extensions_mut().insert(WithoutPages);
        }
        Err(_) => return Some(StatusCode::BAD_REQUEST.into_response()),
    }
    None
}

/// A host without its port.
fn name(host: &str) -> &str {
    let end = if host.starts_with('[') { host.find(']').map(|at| at + 1) } else { host.find(':') };
    host[..end.unwrap_or(host.len())].trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    /// Where a request for this host and path arrives, or with which status it is answered at once.
    fn entered(table: &HostTable, host: &str, path: &str) -> Result<String, u16> {
        let mut request = Request::builder().uri(path).header(header::HOST, host).body(Body::empty()).unwrap();
        match table.enter(&mut request) {
            None => Ok(request.uri().to_string()),
            Some(response) => Err(response.status().as_u16()),
        }
    }

    fn table(own: &str, random: &str, public_url: Option<&str>) -> HostTable {
        let public_url = public_url.map(|url| url.parse().unwrap());
        HostTable::new(&own.parse().unwrap(), &random.parse().unwrap(), public_url.as_ref())
    }

    #[test]
    fn a_host_of_random_pictures_is_known_by_its_first_label_or_by_its_whole_name() {
        let table = table("", "hpic=/random/landscape, wall.example.com=/random?gallery=sea", None);
        for (host, path, is) in [
            ("hpic.example.com", "/?1", Ok("/random/landscape?1")),
            ("HPIC.example.com.:3000", "/", Ok("/random/landscape?")),
            ("wall.example.com", "/?w=640&gallery=other", Ok("/random?gallery=sea&w=640&gallery=other")),
            ("hpic.example.com", "/images/view/a/width=640", Ok("/images/view/a/width=640")),
            ("hpic.example.com", "/login", Err(404)),
            ("hpic", "/", Ok("/")),
            ("www.wall.example.com", "/", Ok("/")),
            ("example.com", "/login?a", Ok("/login?a")),
            ("[::1]:3000", "/", Ok("/")),
        ] {
            assert_eq!(entered(&table, host, path), is.map(str::to_owned), "{host} {path}");
        }
    }

    #[test]
    fn where_the_site_has_hosts_no_other_is_answered() {
        let table = table("photos.example.com, hpic.own.example", "hpic=/random", Some("https://tuku.example/"));
        for (host, path, is) in [
            ("photos.example.com:8080", "/", Ok("/")),
            ("Tuku.Example", "/", Ok("/")),
            ("hpic.own.example", "/", Ok("/")),
            ("hpic.example.com", "/", Ok("/random?")),
            ("other.example", "/", Err(400)),
            ("127.0.0.1:3000", "/login", Err(400)),
            ("127.0.0.1:3000", "/health", Ok("/health")),
        ] {
            assert_eq!(entered(&table, host, path), is.map(str::to_owned), "{host} {path}");
        }
    }
}
