//! What stands before everything else: pictures that lie ready are sent at once.

use super::{State, images};
use axum::{Router, extract::Request, response::Response, routing::future::RouteFuture};
use futures::future::{Either, Ready, ready};
use std::{
    convert::Infallible,
    panic::{AssertUnwindSafe, catch_unwind},
    task::{Context, Poll},
};
use tower::Service;

/// The site as connections see it. A picture that anyone may see and that is in memory needs no log of requests, no
/// cookies, no routes: it costs about what sending a file does. All other requests take the whole way.
#[derive(Clone)]
pub(crate) struct Delivery {
    state: State,
    router: Router,
}

impl Delivery {
    pub(crate) fn new(state: State, router: Router) -> Self {
        Self { state, router }
    }
}

impl Service<Request> for Delivery {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response, Infallible>>, RouteFuture<Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // A router always is.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        // What panics here does so again on the whole way, where it is caught, told in the log and answered.
        let at_once = catch_unwind(AssertUnwindSafe(|| images::ready(&self.state, &request))).ok().flatten();
        match at_once {
            Some(response) => Either::Left(ready(Ok(response))),
            None => Either::Right(self.router.call(request)),
        }
    }
}
