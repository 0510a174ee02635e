//! What a request has begun is carried out, also when nobody waits for its answer any more.

use axum::{extract::Request, middleware::Next, response::Response};
use std::panic::resume_unwind;
use tracing::Instrument;

/// Runs a request that may change something as a task of its own. A browser that hangs up would otherwise break it off
/// between a change in the database and what follows from it: kept answers dropped, sessions ended, accounts concealed.
pub(crate) async fn carry(request: Request, next: Next) -> Response {
    if request.method().is_safe() { next.run(request).await } else { to_the_end(next.run(request)).await }
}

async fn to_the_end<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    match tokio::spawn(work.in_current_span()).await {
        Ok(done) => done,
        // Caught and told in the log further out.
        Err(error) => resume_unwind(error.into_panic()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::{
        sync::oneshot,
        time::{sleep, timeout},
    };

    #[tokio::test]
    async fn what_was_begun_is_carried_out_when_nobody_waits() {
        let (told, heard) = oneshot::channel();
        let work = to_the_end(async move {
            sleep(Duration::from_millis(50)).await;
            let _ = told.send("done");
        });
        assert!(timeout(Duration::from_millis(5), work).await.is_err());
        assert_eq!(heard.await, Ok("done"));
    }

    async fn fails() {
        panic!("as it was said");
    }

    #[tokio::test]
    async fn a_panic_goes_on_to_whoever_catches_it() {
        let panic = tokio::spawn(to_the_end(fails())).await.unwrap_err().into_panic();
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"as it was said"));
    }
}
