//! The request a page answers: its address and query, and the status and place it is answered with.

use http::{
    HeaderValue, StatusCode,
    header::{CACHE_CONTROL, LOCATION},
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_router::hooks::use_url;

/// Sets the status this page is answered with.
pub(super) fn answer(status: StatusCode) {
    expect_context::<ResponseOptions>().set_status(status);
}

/// Has nobody keep a copy of this page, the browser neither: it shows what is not public.
pub(super) fn keep_nowhere() {
    expect_context::<ResponseOptions>().insert_header(CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

/// Sends the browser elsewhere. Leptos's own `redirect` does so only for clients that say they take HTML.
pub(super) fn send_to(path: &str) {
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

/// Whether the browser was sent here because a form worked: the one that sends it on to `?done={what}`.
pub(super) fn done(what: &str) -> bool {
    query("done").as_deref() == Some(what)
}

/// The page of a list that is asked for, counted from 1.
pub(super) fn page_number() -> u64 {
    query("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1)
}

/// Whether a query is one that [`Pagination`](crate::components::Pagination) writes: none for the first page of a list,
/// and the number of each further one.
pub(super) fn is_pagination(query: Option<&str>) -> bool {
    let Some(query) = query else { return true };
    let page: Option<u64> = query.strip_prefix("page=").and_then(|page| page.parse().ok());
    page.is_some_and(|page| page > 1 && query == format!("page={page}"))
}
