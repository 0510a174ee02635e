//! `404`: not there, or not for this viewer's eyes.

use super::{head::PageTitle, request::answer};
use crate::components::{ButtonLink, EmptyState, Frame, Kind};
use http::StatusCode;
use leptos::prelude::*;

/// Any address that leads nowhere.
#[component]
pub(super) fn NotFoundPage() -> impl IntoView {
    view! { <NotFound/> }
}

/// Says so, with the status that says the same.
#[component]
pub(super) fn NotFound() -> impl IntoView {
    answer(StatusCode::NOT_FOUND);
    view! {
        <PageTitle parts=vec!["Not found".to_owned()]/>
        <Frame>
            <EmptyState says="There is nothing here, or it is not public.">
                <ButtonLink href="/" kind=Kind::Quiet>
                    "Go to the first page"
                </ButtonLink>
            </EmptyState>
        </Frame>
    }
}
