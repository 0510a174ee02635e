//! JSON-RPC 2.0 at one address.

use crate::site::{Person, Site};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

async fn post(person: &Person, body: impl Into<String>) -> (StatusCode, Value) {
    let response = person.client.post(person.address("/api/rpc")).body(body.into()).send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

#[tokio::test]
async fn requests_that_are_none_are_told_so() {
    let site = Site::start().await;
    let person = site.visitor();
    for (body, status, code) in [
        ("{", 400, -32700),
        ("[]", 400, -32600),
        ("1", 400, -32600),
        (r#"{"jsonrpc":"1.0","method":"user.login","id":1}"#, 400, -32600),
        (r#"{"jsonrpc":"2.0","method":1,"id":1}"#, 400, -32600),
        (r#"{"jsonrpc":"2.0","method":"user.fly","id":{}}"#, 400, -32600),
        (r#"{"jsonrpc":"2.0","method":"user.fly","id":-1.5}"#, 404, -32601),
        (r#"{"jsonrpc":"2.0","method":"user.fly","id":1}"#, 404, -32601),
        (r#"{"jsonrpc":"2.0","method":"image.like","params":["a",true],"id":1}"#, 200, -32602),
        (r#"{"jsonrpc":"2.0","method":"image.like","params":{"liked":true},"id":1}"#, 200, -32602),
        (r#"{"jsonrpc":"2.0","method":"image.like","params":{"imageId":"a","liked":true},"id":1}"#, 401, -32001),
        (r#"{"jsonrpc":"2.0","method":"image.getMetadata","params":{"imageId":"a"},"id":1}"#, 200, -32004),
    ] {
        let (got, answer) = post(&person, body).await;
        assert_eq!((got.as_u16(), &answer["error"]["code"]), (status, &json!(code)), "{body}: {answer}");
    }
}

#[tokio::test]
async fn a_batch_answers_each_call_and_no_notification() {
    let site = Site::start().await;
    let batch = r#"[
        {"jsonrpc":"2.0","method":"gallery.listPublic","params":{},"id":"a"},
        {"jsonrpc":"2.0","method":"gallery.listPublic"},
        {"jsonrpc":"2.0","method":"user.fly","id":2},
        1
    ]"#;
    let (status, answers) = post(&site.visitor(), batch).await;
    assert_eq!(status, StatusCode::OK);
    let answers = answers.as_array().unwrap();
    assert_eq!(answers.len(), 3);
    assert_eq!((&answers[0]["id"], &answers[0]["result"]["totalPages"]), (&json!("a"), &json!(0)));
    assert_eq!(answers[1]["error"]["code"], -32601);
    assert_eq!((&answers[2]["id"], &answers[2]["error"]["code"]), (&Value::Null, &json!(-32600)));
    let (status, nothing) = post(&site.visitor(), r#"{"jsonrpc":"2.0","method":"gallery.listPublic"}"#).await;
    assert_eq!((status, nothing), (StatusCode::NO_CONTENT, Value::Null));
}

#[tokio::test]
async fn a_message_too_long_is_answered_as_one() {
    let site = Site::start().await;
    let (status, answer) = post(&site.visitor(), " ".repeat(1_000_001)).await;
    assert_eq!((status, &answer["error"]["code"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!(-32600)));
    assert_eq!(answer["id"], Value::Null);
}

#[tokio::test]
async fn only_post_is_taken() {
    let site = Site::start().await;
    for path in ["/api/rpc", "/api/rpc/image.like"] {
        for method in [Method::GET, Method::PUT, Method::DELETE] {
            let response = site.visitor().client.request(method, site.address(path)).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
            assert_eq!(response.headers()[header::ALLOW], "POST");
        }
    }
}

#[tokio::test]
async fn the_methods_of_the_contract_answer_as_it_says() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (_, picture) = ann.gallery("Sea", true).await;
    let ben = site.member("ben").await;
    let like = |liked: bool| json!({"imageId": picture, "liked": liked});
    assert_eq!(ben.ok("image.like", like(true)).await, json!({"liked": true, "likes": 1}));
    assert_eq!(ben.ok("image.like", like(true)).await, json!({"liked": true, "likes": 1}));
    assert_eq!(ann.ok("image.like", like(true)).await["likes"], 2);
    assert_eq!(ben.ok("image.like", like(false)).await, json!({"liked": false, "likes": 1}));

    let added = ben.ok("comment.add", json!({"imageId": picture, "content": " 好看 \r\nTruly. "})).await;
    let listed = site.visitor().ok("comment.list", json!({"imageId": picture})).await;
    assert_eq!(listed["comments"][0]["id"], added["commentId"]);
    assert_eq!((&listed["comments"][0]["content"], &listed["nextCursor"]), (&json!("好看 \nTruly."), &Value::Null));

    let change = json!({"imageId": picture, "title": "海", "tags": ["Sea", "冬, sea"]});
    let changed = ann.ok("image.update", change).await;
    assert_eq!(
        (&changed["title"], &changed["tags"], &changed["comments"]),
        (&json!("海"), &json!(["sea", "冬"]), &json!(1))
    );
    let kept = ann.ok("image.update", json!({"imageId": picture, "description": "Cold."})).await;
    assert_eq!((&kept["title"], &kept["tags"]), (&json!("海"), &json!(["sea", "冬"])), "what is left out stays");

    let list = site.visitor().ok("gallery.listPublic", json!({"page": 1, "limit": 5})).await;
    assert_eq!((&list["totalPages"], &list["galleries"][0]["slug"]), (&json!(1), &json!("sea")));
    assert_eq!(list["galleries"][0]["covers"][0]["id"], picture);
    assert_eq!(ben.refused("comment.add", json!({"imageId": picture, "content": "  "})).await, "invalid");
    assert_eq!(ben.refused("gallery.listPublic", json!({"limit": 101})).await, "invalid");
    ann.ok("image.delete", json!({"imageId": picture})).await;
    assert_eq!(ann.refused("image.getMetadata", json!({"imageId": picture})).await, "not_found");
}

#[tokio::test]
async fn comments_are_listed_by_pages() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let picture = ann.picture().await;
    for number in 0..53 {
        ann.ok("comment.add", json!({"imageId": picture, "content": number.to_string()})).await;
    }
    let first = ann.ok("comment.list", json!({"imageId": picture})).await;
    let cursor = first["nextCursor"].clone();
    let rest = ann.ok("comment.list", json!({"imageId": picture, "cursor": cursor})).await;
    let all: Vec<_> = [&first, &rest].iter().flat_map(|page| page["comments"].as_array().unwrap()).collect();
    let written: Vec<String> = all.iter().map(|comment| comment["content"].as_str().unwrap().to_owned()).collect();
    assert_eq!(written, (0..53).map(|number| number.to_string()).collect::<Vec<_>>());
    assert_eq!(rest["nextCursor"], Value::Null);
    assert_eq!(ann.refused("comment.list", json!({"imageId": picture, "cursor": "x"})).await, "invalid");
}

#[tokio::test]
async fn a_token_without_the_scope_is_refused_whichever_way_it_calls() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let picture = ann.picture().await;
    let made = ann.ok("token.create", json!({"name": "test", "scopes": ["galleries"]})).await;
    let token = made["token"].as_str().unwrap().to_owned();
    let program = site.visitor();
    let form = "application/x-www-form-urlencoded";
    let params = json!({"imageId": picture, "liked": true});
    let call = json!({"jsonrpc": "2.0", "method": "image.like", "params": params, "id": 1}).to_string();
    for (path, kind, body) in [
        ("/api/rpc", "application/json", call),
        ("/api/rpc/image.like", form, format!("imageId={picture}&liked=true")),
        ("/", form, format!("_method=image.like&imageId={picture}&liked=true")),
        ("/upload", "multipart/form-data; boundary=x", "--x--\r\n".into()),
    ] {
        let request = program.client.post(program.address(path)).bearer_auth(&token);
        let response = request.header(header::CONTENT_TYPE, kind).body(body).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(ann.ok("image.getMetadata", json!({"imageId": picture})).await["likes"], 0);
    for (path, status) in [(format!("/photos/{picture}"), 404), (format!("/images/view/{picture}/width=320"), 404)] {
        let response = program.client.get(program.address(&path)).bearer_auth(&token).send().await.unwrap();
        assert_eq!(response.status(), status, "{path}: without the scope to read it sees what a visitor sees");
    }
}

#[tokio::test]
async fn the_site_describes_its_methods() {
    let site = Site::start_with(&[("TUKU_SITE_TITLE", "海边")]).await;
    let document = site.visitor().ok("rpc.discover", json!({})).await;
    assert_eq!((&document["openrpc"], &document["info"]["title"]), (&json!("1.3.2"), &json!("海边")));
    assert_eq!(document["servers"][0]["url"], site.address("/api/rpc"));
    let methods = document["methods"].as_array().unwrap();
    assert_eq!(methods.len(), app::rpc::methods().len());
    let like = methods.iter().find(|method| method["name"] == "image.like").unwrap();
    assert_eq!(like["params"][0]["schema"], json!({"$ref": "#/components/schemas/ImageId"}));
    assert_eq!(document["components"]["schemas"]["ImageId"]["type"], "string");

    let page = site.visitor().page("/developers").await;
    for method in methods {
        let name = method["name"].as_str().unwrap();
        for language in ["curl", "javascript", "python"] {
            assert!(
                page.contains(&format!("data-example=\"{language}\" data-method=\"{name}\"")),
                "{name} in {language}"
            );
        }
    }
}
