//! Pages: rendered whole by Leptos, per request.

use super::{State, errors};
use app::pages::{FormAnswer, FormProblem};
use app::rpc::{Caller, RpcError};
use axum::{
    Extension,
    body::{self, Body, Bytes},
    extract::{Request, State as Shared},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::prelude::provide_context;

/// The most fields of a refused form that are shown again. Each form of the page looks through them.
const MOST_SHOWN: usize = 1_000;

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
    render(&state, caller, None, request).await
}

/// A page again, with the form that was refused on it.
pub(super) async fn refused(state: &State, caller: Caller, path: &str, mut problem: FormProblem) -> Response {
    problem.values.truncate(MOST_SHOWN);
    let status = StatusCode::from_u16(problem.error.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let mut response = render(state, caller, Some(Outcome::Refused(problem)), again(path)).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

/// A page again, with what a form on it was answered. It may hold a secret that is told once: nobody keeps a copy.
pub(super) async fn answered(state: &State, caller: Caller, path: &str, answer: FormAnswer) -> Response {
    let mut response = render(state, caller, Some(Outcome::Answered(answer)), again(path)).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
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

async fn render(state: &State, caller: Caller, outcome: Option<Outcome>, request: Request) -> Response {
    let caller = Caller { viewer: caller.viewer.reading(), ..caller };
    let assets = state.site.assets.clone();
    let context = move || {
        caller.clone().provide();
        provide_context(assets.clone());
        match outcome.clone() {
            Some(Outcome::Refused(problem)) => provide_context(problem),
            Some(Outcome::Answered(answer)) => provide_context(answer),
            None => {}
        }
    };
    let rendered = leptos_axum::render_app_async_with_context(context, app::pages::shell)(request).await;
    let (mut parts, body) = rendered.into_parts();
    let html = match body::to_bytes(Body::new(body), usize::MAX).await {
        Ok(html) => whole(html),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            return errors::text(&RpcError::new("internal", "Something went wrong on the server."));
        }
    };
    // Every page names its viewer in the header: nobody else may be given it.
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Response::from_parts(parts, Body::from(html))
}

/// The document alone. Leptos appends an inline script with data for hydrating a whole page; only islands are
/// hydrated here, and the security policy allows no inline scripts.
fn whole(html: Bytes) -> Bytes {
    const END: &[u8] = b"</html>";
    match html.windows(END.len()).position(|window| window == END) {
        Some(at) => html.slice(..at + END.len()),
        None => html,
    }
}
