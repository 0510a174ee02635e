//! Pages: rendered whole by Leptos. What all visitors are shown alike is kept ([`page_cache`]); all else is rendered for
//! the one who asks.

use super::{State, errors, page_cache, speculation_rules};
use app::pages::{FormAnswer, FormProblem, PublicUrl, is_about_the_site};
use app::rpc::{Caller, RpcError};
use axum::{
    Extension,
    body::{self, Body, Bytes},
    extract::{Request, State as Shared},
    http::{HeaderValue, StatusCode, header, response::Parts},
    response::Response,
};
use domain::Viewer;
use leptos::prelude::provide_context;
use memchr::memmem;
use url::Url;

/// Browsers may keep a page about the site, and ask each time whether it is still so. What stands between shows it to
/// nobody else: a member's page names its viewer.
pub(super) const REVALIDATED: HeaderValue = HeaderValue::from_static("private, no-cache");

/// Who signs in, out, or opens a share link is shown another page at the same address, also by the button that leads
/// back. And a page may be compressed: said here, it is not said twice.
const VARY: HeaderValue = HeaderValue::from_static("accept-encoding, cookie");

/// Nobody keeps a page about the one who looks, nor one that is not there.
const KEPT_NOWHERE: HeaderValue = HeaderValue::from_static("no-store");

/// The most fields of a refused form that are shown again. Each form of the page looks through them.
const MOST_SHOWN: usize = 1_000;

/// A page, or why there is none.
pub(super) type Rendered = Result<(Parts, Bytes), RpcError>;

/// What became of a form of the page, where the page shows it.
#[derive(Clone)]
enum Outcome {
    Refused(FormProblem),
    Answered(FormAnswer),
}

/// `GET` of any page.
pub(super) async fn page(
    Shared(state): Shared<State>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    if speculation_rules::is_ahead(&parts.headers) && !is_one_of_many(&caller) {
        return speculation_rules::not_ahead();
    }
    match page_cache::answer(&state, &caller.origin, &parts).await {
        Some(response) => response,
        None => respond(render(&state, caller, None, Request::from_parts(parts, body)).await),
    }
}

/// A page as visitors see it, whoever asked. `address` is its path and query.
pub(super) async fn for_visitors(state: &State, origin: Url, address: &str) -> Rendered {
    let (library, viewer) = (state.library.clone(), Viewer::visitor());
    let caller = Caller { library, viewer, origin, links: Vec::new(), agent: String::new() };
    render(state, caller, None, again(address)).await
}

/// Whether whoever asks is shown what all visitors are shown: no member, and nobody who has opened a share link.
fn is_one_of_many(caller: &Caller) -> bool {
    caller.viewer.member().is_none() && caller.links.is_empty()
}

pub(super) fn respond(rendered: Rendered) -> Response {
    match rendered {
        Ok((parts, html)) => Response::from_parts(parts, Body::from(html)),
        Err(error) => errors::text(error),
    }
}

/// A page again, with the form that was refused on it.
pub(super) async fn refused(state: &State, caller: Caller, path: &str, mut problem: FormProblem) -> Response {
    problem.values.truncate(MOST_SHOWN);
    let status = StatusCode::from_u16(problem.error.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let mut response = respond(render(state, caller, Some(Outcome::Refused(problem)), again(path)).await);
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

/// A page again, with what a form on it was answered. It may hold a secret that is told once: nobody keeps a copy.
pub(super) async fn answered(state: &State, caller: Caller, path: &str, answer: FormAnswer) -> Response {
    let mut response = respond(render(state, caller, Some(Outcome::Answered(answer)), again(path)).await);
    response.headers_mut().insert(header::CACHE_CONTROL, KEPT_NOWHERE);
    response
}

/// The request for a page that a form was posted to.
fn again(path: &str) -> Request {
    let mut request = Request::new(Body::empty());
    if let Ok(uri) = path.parse() {
        *request.uri_mut() = uri;
    }
    request
}

async fn render(state: &State, caller: Caller, outcome: Option<Outcome>, request: Request) -> Rendered {
    let is_about_the_site = is_about_the_site(request.uri().path());
    let is_one_of_many = is_one_of_many(&caller);
    let caller = Caller { viewer: caller.viewer.reading(), ..caller };
    let (assets, public_url) = (state.site.assets.clone(), PublicUrl(state.public_url.clone()));
    let context = move || {
        caller.clone().provide();
        provide_context(assets.clone());
        provide_context(public_url.clone());
        match outcome.clone() {
            Some(Outcome::Refused(problem)) => provide_context(problem),
            Some(Outcome::Answered(answer)) => provide_context(answer),
            None => {}
        }
    };
    let rendered = leptos_axum::render_app_async_with_context(context, app::pages::shell)(request).await;
    let (mut parts, body) = rendered.into_parts();
    let html = match body::to_bytes(Body::new(body), usize::MAX).await {
        Ok(html) => html,
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            return Err(RpcError::new("internal", "Something went wrong on the server."));
        }
    };
    // Nobody could ask whether a member's copy is still so: the button that leads back would show it as it was, to whoever
    // sits there then.
    let may_be_kept = is_about_the_site && is_one_of_many && parts.status == StatusCode::OK;
    // Unless the page has said something else.
    let policy = parts.headers.entry(header::CACHE_CONTROL);
    let policy = policy.or_insert(if may_be_kept { REVALIDATED } else { KEPT_NOWHERE });
    let head = if is_one_of_many && *policy == REVALIDATED { speculation_rules::TAG.as_str() } else { "" };
    let html = document(&html, head);
    parts.headers.insert(header::VARY, VARY);
    Ok((parts, html))
}

/// The document alone, `head` last in its head. What Leptos adds to hydrate a whole page is left out, as islands hydrate
/// no markup: a script in the page, which the security policy forbids, after the end; and an empty comment wherever
/// something may come to stand.
fn document(rendered: &[u8], head: &str) -> Bytes {
    const PLACE: &[u8] = b"<!>";
    let head_end = memmem::find(rendered, b"</head>").unwrap_or(0);
    let end = memmem::rfind(rendered, b"</html>").map_or(rendered.len(), |at| at + "</html>".len());
    let mut document = Vec::with_capacity(end + head.len());
    for (part, then) in [(&rendered[..head_end], head), (&rendered[head_end..end], "")] {
        let mut from = 0;
        for at in memmem::find_iter(part, PLACE) {
            document.extend_from_slice(&part[from..at]);
            from = at + PLACE.len();
        }
        document.extend_from_slice(&part[from..]);
        document.extend_from_slice(then.as_bytes());
    }
    document.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_nothing_for_hydration() {
        for (rendered, is) in [
            ("<head><!></head><p>a<!> b</p><!></html><script>x</script>", "<head>+</head><p>a b</p></html>"),
            ("<head></head><p>&lt;!></p></html>", "<head>+</head><p>&lt;!></p></html>"),
        ] {
            assert_eq!(document(rendered.as_bytes(), "+"), is.as_bytes());
        }
    }
}
