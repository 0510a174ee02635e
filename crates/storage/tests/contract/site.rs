//! The built-in store's endpoint on a free port, as the server mounts it.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use storage::{EndpointBody, KeyPair, LocalStore, endpoint};
use tokio::net::TcpListener;
use url::Url;

pub fn credentials() -> KeyPair {
    KeyPair { access_key: "TUKUTESTACCESSKEY".to_owned(), secret_key: "a secret of the tests".to_owned() }
}

/// Serves until the test's runtime ends; gives the address.
pub async fn serve(store: Arc<LocalStore>) -> Url {
    let endpoint = endpoint(store, None);
    let answer = move |request: Request| {
        let endpoint = endpoint.clone();
        async move {
            let response = endpoint.call(request.map(EndpointBody::http_body_unsync)).await;
            response.map(axum::body::Body::new)
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await.unwrap() });
    Url::parse(&format!("http://{address}/")).unwrap()
}
