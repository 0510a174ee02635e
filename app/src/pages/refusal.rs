//! A page that the library refuses.

use super::{head::PageTitle, not_found::NotFound};
use crate::{
    components::{ButtonLink, EmptyState, Frame, Kind, sign_in_path},
    rpc::RpcError,
};
use domain::Error;
use http::{HeaderValue, StatusCode, header::LOCATION};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_router::hooks::use_url;

/// Sets the status this page is answered with.
pub(super) fn answer(status: StatusCode) {
    expect_context::<ResponseOptions>().set_status(status);
}

/// Sends the browser elsewhere. Leptos's own `redirect` does so only for clients that say they take HTML.
fn send_to(path: &str) {
    if let Ok(location) = HeaderValue::from_str(path) {
        answer(StatusCode::SEE_OTHER);
        expect_context::<ResponseOptions>().insert_header(LOCATION, location);
    }
}

/// The page's own address with its query.
pub(super) fn this_page() -> String {
    use_url().with_untracked(|url| match url.search().trim_start_matches('?') {
        "" => url.path().to_owned(),
        query => format!("{}?{query}", url.path()),
    })
}

/// A value of the page's query.
pub(super) fn query(name: &str) -> Option<String> {
    use_url().with_untracked(|url| url.search_params().get(name))
}

/// The page of a list that is asked for, counted from 1.
pub(super) fn page_number() -> u64 {
    query("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1)
}

/// What stands in place of a page that cannot be shown. Whoever is not signed in is sent to sign in first and
/// comes back.
#[component]
pub(super) fn Refusal(
    /// Why.
    error: Error,
) -> impl IntoView {
    match error {
        Error::NotFound => view! { <NotFound/> }.into_any(),
        Error::Unauthenticated(_) => {
            let to = sign_in_path(&this_page());
            send_to(&to);
            view! { <Calm title="Sign in first" says="Sign in to see this page." href=to words="Sign in"/> }.into_any()
        }
        other => {
            // Also writes what is inside to the log.
            let error = RpcError::from(other);
            answer(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
            view! { <Calm title="This did not work" says=error.message href="/" words="Go to the first page"/> }
                .into_any()
        }
    }
}

#[component]
fn Calm(
    title: &'static str,
    #[prop(into)] says: String,
    #[prop(into)] href: String,
    words: &'static str,
) -> impl IntoView {
    view! {
        <PageTitle parts=vec![title.to_owned()]/>
        <Frame>
            <EmptyState says=says>
                <ButtonLink href=href kind=Kind::Quiet>
                    {words}
                </ButtonLink>
            </EmptyState>
        </Frame>
    }
}
