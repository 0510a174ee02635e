//! A page that the library refuses.

use super::{
    head::PageTitle,
    not_found::NotFound,
    request::{answer, send_to, this_page},
};
use crate::{
    components::{ButtonLink, EmptyState, Frame, Kind, sign_in_path},
    rpc::RpcError,
};
use domain::Error;
use http::StatusCode;
use leptos::prelude::*;

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
