//! Pages: rendered whole by Leptos, per request.

use super::{State, errors};
use app::pages::FormProblem;
use app::rpc::{Caller, RpcError};
use axum::{
    Extension,
    body::{self, Body, Bytes},
    extract::{Request, State as Shared},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::prelude::provide_context;

/// `GET` of any page.
pub(super) async fn page(
    Shared(state): Shared<State>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    render(&state, caller, None, request).await
}

/// A page again, with the form that was refused on it.
pub(super) async fn refused(state: &State, caller: Caller, path: &str, problem: FormProblem) -> Response {
    let status = StatusCode::from_u16(problem.error.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    let mut request = Request::new(Body::empty());
    if let Ok(uri) = path.parse() {
        *request.uri_mut() = uri;
    }
    let mut response = render(state, caller, Some(problem), request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}

async fn render(state: &State, caller: Caller, problem: Option<FormProblem>, request: Request) -> Response {
    let caller = Caller { viewer: caller.viewer.reading(), ..caller };
    let assets = state.site.assets.clone();
    let context = move || {
        caller.clone().provide();
        provide_context(assets.clone());
        if let Some(problem) = problem.clone() {
            provide_context(problem);
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
