//! What stands before everything else: pictures and pages that lie ready are sent at once.

use super::{
    State, images,
    page_cache::{self, Found},
};
use axum::{Router, extract::Request, response::Response, routing::future::RouteFuture};
use futures::{
    FutureExt,
    future::{BoxFuture, Either, Ready, ready},
};
use std::{
    convert::Infallible,
    panic::{AssertUnwindSafe, catch_unwind},
    task::{Context, Poll},
};
use tower::Service;

type Answer = Result<Response, Infallible>;

/// The site as connections see it. A picture or a page that anyone may see and that is in memory needs no log of
/// requests, no cookies, no routes: it costs about what sending a file does. All other requests take the whole way.
#[derive(Clone)]
pub(crate) struct Delivery {
    state: State,
    router: Router,
}

impl Delivery {
    pub(crate) fn new(state: State, router: Router) -> Self {
        Self { state, router }
    }

    fn find(&self, request: &Request) -> Option<Found> {
        let picture = images::ready(&self.state, request).map(Found::Answer);
        picture.or_else(|| page_cache::find(&self.state, request))
    }
}

impl Service<Request> for Delivery {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Answer>, Either<BoxFuture<'static, Answer>, RouteFuture<Infallible>>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // A router always is.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        if let Some(answer) = self.state.hosts.enter(&mut request) {
            return Either::Left(ready(Ok(answer)));
        }
        // What panics here does so again on the whole way, where it is caught, told in the log and answered.
        match catch_unwind(AssertUnwindSafe(|| self.find(&request))).ok().flatten() {
            Some(Found::Answer(response)) => Either::Left(ready(Ok(response))),
            Some(Found::Unsure(page)) => {
                let Self { state, mut router } = self.clone();
                let looking = async move {
                    let (parts, body) = request.into_parts();
                    match page_cache::look(&state, &page, &parts).await {
                        Some(response) => Ok(response),
                        None => router.call(Request::from_parts(parts, body)).await,
                    }
                };
                Either::Right(Either::Left(looking.boxed()))
            }
            None => Either::Right(Either::Right(self.router.call(request))),
        }
    }
}
