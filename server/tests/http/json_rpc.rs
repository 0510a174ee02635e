//! The examples of the JSON-RPC 2.0 specification (section 7), with methods that there are, and the limits beyond it.

use crate::site::{Person, Site};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};

/// What a message is answered: the HTTP status, and JSON unless there is nothing.
async fn sent(person: &Person, message: &str) -> (u16, Option<Value>) {
    let response = person.client.post(person.address("/api/rpc")).body(message.to_owned()).send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, if text.is_empty() { None } else { Some(serde_json::from_str(&text).unwrap()) })
}

/// An error object with this number and id, whatever its words.
fn is_error(answer: &Value, number: i32, id: Value) {
    assert_eq!((&answer["jsonrpc"], &answer["id"]), (&json!("2.0"), &id), "{answer}");
    assert_eq!(answer["error"]["code"], number, "{answer}");
    assert!(answer["error"]["message"].is_string() && answer.get("result").is_none(), "{answer}");
}

#[tokio::test]
async fn params_by_position_are_refused_in_words() {
    let site = Site::start().await;
    for (params, id) in [("[42, 23]", 1), ("[23, 42]", 2), ("[]", 3)] {
        let call = format!(r#"{{"jsonrpc": "2.0", "method": "gallery.listPublic", "params": {params}, "id": {id}}}"#);
        let (status, answer) = sent(&site.visitor(), &call).await;
        let answer = answer.unwrap();
        assert_eq!(status, 200);
        is_error(&answer, -32602, json!(id));
        assert!(answer["error"]["message"].as_str().unwrap().starts_with("Params are named"), "{answer}");
        assert_eq!(answer["error"]["data"]["code"], "invalid");
    }
}

#[tokio::test]
async fn params_by_name_come_in_any_order() {
    let site = Site::start().await;
    for (params, id) in [(r#"{"limit": 23, "page": 1}"#, 3), (r#"{"page": 1, "limit": 23}"#, 4)] {
        let call = format!(r#"{{"jsonrpc": "2.0", "method": "gallery.listPublic", "params": {params}, "id": {id}}}"#);
        let (status, answer) = sent(&site.visitor(), &call).await;
        let result = json!({"galleries": [], "totalPages": 0});
        assert_eq!((status, answer), (200, Some(json!({"jsonrpc": "2.0", "result": result, "id": id}))));
    }
}

#[tokio::test]
async fn a_notification_is_carried_out_and_not_answered() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let picture = ann.picture().await;
    let params = json!({"imageId": picture, "content": "Noted."});
    let note = json!({"jsonrpc": "2.0", "method": "comment.add", "params": params}).to_string();
    assert_eq!(sent(&ann, &note).await, (204, None));
    let listed = ann.ok("comment.list", json!({"imageId": picture})).await;
    assert_eq!(listed["comments"][0]["content"], "Noted.");
    for silent in [
        r#"{"jsonrpc": "2.0", "method": "foobar"}"#,
        r#"{"jsonrpc": "2.0", "method": "comment.add", "params": [1, 2, 3, 4, 5]}"#,
    ] {
        assert_eq!(sent(&ann, silent).await, (204, None), "{silent}");
    }
}

#[tokio::test]
async fn a_method_that_is_not_there_is_told_so() {
    let (status, answer) =
        sent(&Site::start().await.visitor(), r#"{"jsonrpc": "2.0", "method": "foobar", "id": "1"}"#).await;
    let error = json!({"code": -32601, "message": "Method not found"});
    assert_eq!((status, answer), (404, Some(json!({"jsonrpc": "2.0", "error": error, "id": "1"}))));
}

#[tokio::test]
async fn what_is_not_json_is_told_so() {
    let site = Site::start().await;
    for message in [
        r#"{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]"#,
        r#"[
            {"jsonrpc": "2.0", "method": "gallery.listPublic", "params": {"page": 1}, "id": "1"},
            {"jsonrpc": "2.0", "method"
        ]"#,
        "",
    ] {
        let (status, answer) = sent(&site.visitor(), message).await;
        assert_eq!(status, 400);
        is_error(&answer.unwrap(), -32700, Value::Null);
    }
}

#[tokio::test]
async fn what_is_no_request_object_is_told_so() {
    let site = Site::start().await;
    for message in [r#"{"jsonrpc": "2.0", "method": 1, "params": "bar"}"#, "[]"] {
        let (status, answer) = sent(&site.visitor(), message).await;
        assert_eq!(status, 400, "{message}");
        is_error(&answer.unwrap(), -32600, Value::Null);
    }
    for (message, calls) in [("[1]", 1), ("[1,2,3]", 3)] {
        let (status, answers) = sent(&site.visitor(), message).await;
        let answers = answers.unwrap();
        assert_eq!((status, answers.as_array().unwrap().len()), (200, calls));
        answers.as_array().unwrap().iter().for_each(|answer| is_error(answer, -32600, Value::Null));
    }
}

#[tokio::test]
async fn a_batch_answers_what_is_to_be_answered() {
    let site = Site::start().await;
    let batch = r#"[
        {"jsonrpc": "2.0", "method": "gallery.listPublic", "params": {"page": 1}, "id": "1"},
        {"jsonrpc": "2.0", "method": "gallery.listPublic", "params": {"page": 7}},
        {"jsonrpc": "2.0", "method": "image.getMetadata", "params": {"imageId": "42"}, "id": "2"},
        {"foo": "boo"},
        {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
        {"jsonrpc": "2.0", "method": "tag.list", "id": "9"}
    ]"#;
    let (status, answers) = sent(&site.visitor(), batch).await;
    let answers = answers.unwrap();
    assert_eq!((status, answers.as_array().unwrap().len()), (200, 5), "{answers}");
    assert_eq!((&answers[0]["id"], &answers[0]["result"]["totalPages"]), (&json!("1"), &json!(0)));
    is_error(&answers[1], -32004, json!("2"));
    is_error(&answers[2], -32600, Value::Null);
    is_error(&answers[3], -32601, json!("5"));
    assert_eq!((&answers[4]["id"], &answers[4]["result"]["tags"]), (&json!("9"), &json!([])));
}

#[tokio::test]
async fn a_batch_of_notifications_is_not_answered() {
    let batch = r#"[
        {"jsonrpc": "2.0", "method": "gallery.listPublic", "params": {"page": 1}},
        {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}
    ]"#;
    assert_eq!(sent(&Site::start().await.visitor(), batch).await, (204, None));
}

#[tokio::test]
async fn a_batch_has_its_limits() {
    let site = Site::start().await;
    let call = |method: &str, params: Value| json!({"jsonrpc": "2.0", "method": method, "params": params, "id": 1});
    let many = |count: usize, call: &Value| Value::from(vec![call.clone(); count]).to_string();
    let list = call("gallery.listPublic", json!({}));
    assert_eq!(sent(&site.visitor(), &many(50, &list)).await.0, 200);
    let login = call("user.login", json!({"email": "ann@example.com", "password": "long enough"}));
    for (batch, words) in [(many(51, &list), "50 calls"), (many(6, &login), "5 calls")] {
        let (status, answer) = sent(&site.visitor(), &batch).await;
        let answer = answer.unwrap();
        assert_eq!(status, 400);
        is_error(&answer, -32600, Value::Null);
        assert!(answer["error"]["message"].as_str().unwrap().contains(words), "{answer}");
    }
}

#[tokio::test]
async fn a_batch_is_answered_up_to_a_size() {
    let site = Site::start().await;
    let call = |id: usize| json!({"jsonrpc": "2.0", "method": "rpc.discover", "id": id});
    let (_, one) = sent(&site.visitor(), &call(0).to_string()).await;
    let large = one.unwrap().to_string().len();
    let (status, answers) = sent(&site.visitor(), &Value::from_iter((0..50).map(call)).to_string()).await;
    let answers = answers.unwrap();
    assert_eq!((status, answers.as_array().unwrap().len()), (200, 50));
    assert!(answers.to_string().len() < 4_100_000 + large, "{large}");
    let carried_out = answers.as_array().unwrap().iter().take_while(|answer| answer.get("result").is_some()).count();
    assert!(carried_out * large + large > 4_000_000 || carried_out == 50, "{carried_out} of {large}");
    for (id, answer) in answers.as_array().unwrap().iter().enumerate().skip(carried_out) {
        is_error(answer, -32029, json!(id));
    }
}

#[tokio::test]
async fn whoever_tries_too_often_is_told_how_long_to_wait() {
    let site = Site::start().await;
    site.member("ann").await;
    let person = site.visitor();
    let params = json!({"email": "ann@example.com", "password": "not the one"});
    let call = json!({"jsonrpc": "2.0", "method": "user.login", "params": params, "id": 1});
    // Tries are counted in windows: a new one may have begun meanwhile.
    for _ in 0..25 {
        let response = person.client.post(person.address("/api/rpc")).json(&call).send().await.unwrap();
        if response.status() == StatusCode::UNAUTHORIZED {
            continue;
        }
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        let wait: u64 = response.headers()[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
        let answer: Value = response.json().await.unwrap();
        is_error(&answer, -32029, json!(1));
        assert_eq!(
            (&answer["error"]["data"]["code"], &answer["error"]["data"]["seconds"]),
            (&json!("rate_limited"), &json!(wait))
        );
        let batch = json!([call]).to_string();
        let (status, answers) = sent(&person, &batch).await;
        assert_eq!(status, 200);
        is_error(&answers.unwrap()[0], -32029, json!(1));
        return;
    }
    panic!("a password may be guessed for ever");
}
