//! Who asks: reads the session cookie and puts the [`Caller`] into the request.

use super::super::{State, errors};
use app::rpc::{Caller, RpcError, SECURE_SESSION_COOKIE, SESSION_COOKIE};
use axum::{
    extract::{Request, State as Shared},
    http::{HeaderMap, StatusCode, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Viewer;
use url::Url;

/// Finds the viewer and the site's address, once a request.
pub(crate) async fn authenticate(Shared(state): Shared<State>, mut request: Request, next: Next) -> Response {
    let Some(origin) = state.public_url.clone().or_else(|| origin(&request)) else {
        return (StatusCode::BAD_REQUEST, "The Host header names no host.\n").into_response();
    };
    let viewer = match token(request.headers(), origin.scheme() == "https") {
        Some(token) => state.library.viewer(token).await,
        None => Ok(Viewer::Visitor),
    };
    match viewer {
        Ok(viewer) => {
            request.extensions_mut().insert(Caller { library: state.library, viewer, origin });
            next.run(request).await
        }
        Err(error) => errors::text(&RpcError::from(error)),
    }
}

/// The site's address as this request reached it.
fn origin(request: &Request) -> Option<Url> {
    let host = match request.headers().get(header::HOST) {
        Some(host) => host.to_str().ok()?.parse::<Authority>().ok()?,
        None => request.uri().authority()?.clone(),
    };
    Url::parse(&format!("http://{}", host.as_str())).ok().filter(|url| url.username().is_empty())
}

fn token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    let wanted = if secure { SECURE_SESSION_COOKIE } else { SESSION_COOKIE };
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == wanted).map(|(_, token)| token)
}
