//! Plain forms: a POST to a page names its method in a hidden field, and runs the same method as everyone else.
//!
//! When it worked the browser is sent on (303), or, where the form has a field `_show`, the page is shown again with
//! what the method answered: a token or a link that is told once. When it did not, the page is shown again with what
//! was typed and what is wrong with it.

use super::{
    State,
    call::{Input, call},
    pages, rpc,
};
use app::pages::{FormAnswer, FormProblem};
use app::rpc::{Caller, find};
use axum::{
    Extension,
    extract::{Request, State as Shared},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos_axum::ResponseOptions;

/// `POST` to any page.
pub(super) async fn submit(
    Shared(state): Shared<State>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let page = parts.uri.path_and_query().map_or(path.clone(), |page| page.as_str().to_owned());
    let Ok(body) = axum::body::to_bytes(body, super::MOST_BODY).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, "This form is too large.\n").into_response();
    };
    let Ok(body) = std::str::from_utf8(&body) else {
        return (StatusCode::BAD_REQUEST, "This form is not UTF-8 text.\n").into_response();
    };
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let Some(method) = field("_method").and_then(find) else {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")], "").into_response();
    };
    let response = ResponseOptions::default();
    match call(method, Input::Form(body), caller.clone(), response.clone()).await {
        Ok(answer) if field("_show").is_some() => {
            let answer = FormAnswer { method: method.name.to_owned(), answer };
            let mut shown = pages::answered(&state, caller, &page, answer).await;
            shown.headers_mut().extend(rpc::cookies(&response));
            shown
        }
        Ok(_) => {
            let wanted = field("_next").filter(|next| is_local(next));
            let next = wanted.or(Some(&path).filter(|path| is_local(path)).map(String::as_str)).unwrap_or("/");
            let mut sent = StatusCode::SEE_OTHER.into_response();
            sent.headers_mut().extend(rpc::cookies(&response));
            let next = HeaderValue::from_str(next).unwrap_or(HeaderValue::from_static("/"));
            sent.headers_mut().insert(header::LOCATION, next);
            sent
        }
        Err(error) => {
            let shown =
                |(name, _): &(String, String)| !name.starts_with('_') && !name.to_lowercase().ends_with("password");
            let values = fields.iter().filter(|field| shown(field)).cloned().collect();
            let problem = FormProblem { method: method.name.to_owned(), error, values };
            pages::refused(&state, caller, &page, problem).await
        }
    }
}

/// Whether an address stays on this site: one leading slash, and nothing a browser reads as a host.
fn is_local(next: &str) -> bool {
    next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && next.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_sends_nobody_to_another_site() {
        assert!(is_local("/photos/1?x=2#comments"));
        for next in ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/\r\nSet-Cookie: a"] {
            assert!(!is_local(next), "{next:?}");
        }
    }
}
