//! Redis, and what only it promises.

use std::sync::Arc;

use storage::{KeyValue, RedisStore};
use tokio::time::Instant;
use url::Url;

use crate::redis_server::{RedisServer, free_port};
use crate::{contract, pause, put, read};

#[tokio::test(flavor = "multi_thread")]
async fn redis_keeps_the_contract() {
    let Some(server) = RedisServer::start(&[]).await else { return };
    contract(Arc::new(RedisStore::open(&server.url(""), "tuku:").await.unwrap())).await;
}

#[tokio::test]
async fn sites_with_other_prefixes_do_not_meet() {
    let Some(server) = RedisServer::start(&[]).await else { return };
    let url = server.url("");
    let (first, second) = (RedisStore::open(&url, "a:").await.unwrap(), RedisStore::open(&url, "b:").await.unwrap());
    let bare = RedisStore::open(&url, "").await.unwrap();
    put(&first, "key", "first").await;
    assert_eq!(read(&second, "key").await, None);
    put(&second, "key", "second").await;
    assert_eq!(read(&first, "key").await, Some("first".into()));
    assert_eq!(read(&bare, "a:key").await, Some("first".into()));
    assert!(RedisStore::open(&url, "图:").await.is_err());
}

#[tokio::test]
async fn servers_that_share_a_redis_see_each_other_s_values() {
    let Some(server) = RedisServer::start(&[]).await else { return };
    let url = server.url("");
    let (here, there) = (RedisStore::open(&url, "").await.unwrap(), RedisStore::open(&url, "").await.unwrap());
    put(&here, "shared", "a").await;
    assert_eq!(read(&there, "shared").await, Some("a".into()));
    put(&there, "shared", "b").await;
    assert_eq!(read(&here, "shared").await, Some("b".into()));
}

#[tokio::test]
async fn it_works_again_once_the_server_does() {
    let Some(mut server) = RedisServer::start(&["--requirepass", "hush"]).await else { return };
    let store = RedisStore::open(&server.url(":hush@"), "").await.unwrap();
    put(&store, "before", "a").await;

    for (password, lets_in) in [("hush", true), ("other", false), ("hush", true)] {
        server.restart(&["--requirepass", password]).await;
        let since = Instant::now();
        loop {
            let answer = store.get("before").await;
            let refused = answer.as_ref().err().is_some_and(|error| error.to_string().contains("WRONGPASS"));
            if (lets_in && answer.is_ok()) || (!lets_in && refused) {
                break;
            }
            pause(since, "an answer after the server's").await;
        }
    }
    put(&store, "after", "b").await;
    assert_eq!(read(&store, "after").await, Some("b".into()));
}

#[tokio::test]
async fn a_server_that_cannot_be_had_is_named_without_the_password() {
    let port = free_port().await;
    let url = Url::parse(&format!("redis://me:hush@127.0.0.1:{port}/0")).unwrap();
    let error = RedisStore::open(&url, "").await.unwrap_err();
    assert!(error.to_string().contains(&format!("127.0.0.1:{port}")), "{error}");
    assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");

    let Some(server) = RedisServer::start(&["--requirepass", "secret"]).await else { return };
    let error = RedisStore::open(&server.url(":hush@"), "").await.unwrap_err();
    assert!(error.to_string().contains("127.0.0.1"), "{error}");
    assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
}
