//! API tokens: what programs sign in with.

use crate::site::{Person, Site};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};

const EVERY_SCOPE: [&str; 5] = ["read", "pictures", "galleries", "social", "admin"];

/// What a request to the RPC layer with this header is answered, besides whatever the person's browser sends.
async fn authorized(person: &Person, value: &str) -> (StatusCode, Option<String>, Value) {
    let call = json!({"jsonrpc": "2.0", "method": "user.me", "params": {}, "id": 1});
    let request = person.client.post(person.address("/api/rpc")).header(header::AUTHORIZATION, value);
    let response = request.json(&call).send().await.unwrap();
    let asks = response.headers().get(header::WWW_AUTHENTICATE).map(|value| value.to_str().unwrap().to_owned());
    (response.status(), asks, response.json().await.unwrap())
}

#[tokio::test]
async fn a_token_does_what_its_scopes_name_and_no_more() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let picture = ann.picture().await;
    let (_, reader) = ann.token(&["read"]).await;
    let (_, curator) = ann.token(&["galleries"]).await;
    assert_eq!(reader.ok("user.me", json!({})).await["username"], "ann");
    reader.ok("image.getMetadata", json!({"imageId": picture})).await;
    let like = json!({"imageId": picture, "liked": true});
    let wish = json!({"name": "Sea", "isPublic": true});
    for (program, method, params) in [
        (&reader, "gallery.create", &wish),
        (&reader, "image.like", &like),
        (&reader, "image.delete", &json!({"imageId": picture})),
        (&curator, "user.me", &json!({})),
        (&curator, "image.like", &like),
    ] {
        assert_eq!(program.refused(method, params.clone()).await, "forbidden", "{method}");
    }
    curator.ok("gallery.create", wish).await;
    curator.ok("gallery.listPublic", json!({})).await;
    let (_, liker) = ann.token(&["social", "read"]).await;
    assert_eq!(liker.ok("image.like", like).await["likes"], 1);
}

#[tokio::test]
async fn a_token_never_raises_its_own_rights() {
    let site = Site::start().await;
    let admin = site.admin().await;
    let (_, program) = admin.token(&EVERY_SCOPE).await;
    program.ok("user.list", json!({})).await;
    let id = admin.id().await;
    for (method, params) in [
        ("token.create", json!({"name": "Another", "scopes": ["read"]})),
        ("token.list", json!({})),
        ("token.revoke", json!({"tokenId": "a"})),
        ("user.changePassword", json!({"currentPassword": "long enough", "newPassword": "even longer"})),
        ("user.update", json!({"username": "other"})),
        ("user.delete", json!({"password": "long enough"})),
        ("user.export", json!({})),
        ("user.listSessions", json!({})),
        ("user.endOtherSessions", json!({})),
        ("user.setRole", json!({"userId": id, "role": "member"})),
        ("user.suspend", json!({"userId": id, "suspended": true})),
        ("invitation.create", json!({})),
    ] {
        assert_eq!(program.refused(method, params.clone()).await, "forbidden", "{method}");
        let form = [("username", "other"), ("password", "long enough")];
        let own_address = program.client.post(program.address(&format!("/api/rpc/{method}")));
        let own_address = own_address.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = own_address.body("username=other&password=long+enough").send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{method} at its own address");
        assert_eq!(program.submit("/", method, &form).await.status(), StatusCode::FORBIDDEN, "{method} as a form");
    }
    assert!(admin.is_signed_in().await);
}

#[tokio::test]
async fn a_token_is_told_once_and_kept_as_its_hash() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let made = ann.ok("token.create", json!({"name": " Backup ", "scopes": ["social", "read"], "expiresIn": 60})).await;
    let token = made["token"].as_str().unwrap();
    assert!(token.starts_with("tuku_") && token.len() == 45, "{token}");
    let listed = ann.ok("token.list", json!({})).await;
    assert!(!listed.to_string().contains(token));
    let entry = &listed["tokens"][0];
    assert_eq!((&entry["id"], &entry["name"]), (&made["tokenId"], &json!("Backup")));
    assert_eq!(entry["scopes"], json!(["read", "social"]));
    assert_eq!(entry["expiresAt"].as_i64().unwrap() - entry["createdAt"].as_i64().unwrap(), 60);
    assert_eq!(entry["lastUsedAt"], Value::Null);
    site.with_token(token).ok("user.me", json!({})).await;
    let used = ann.ok("token.list", json!({})).await["tokens"][0]["lastUsedAt"].clone();
    assert!(used.as_i64().unwrap() >= entry["createdAt"].as_i64().unwrap());

    for file in std::fs::read_dir(site.folder()).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file())
    {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()), "{}", file.display());
    }
}

#[tokio::test]
async fn a_request_with_a_token_is_its_token_s_alone() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let (token, _) = ben.token(&["read"]).await;
    let (_, _, answer) = authorized(&ann, &format!("bearer {token}")).await;
    assert_eq!(answer["result"]["username"], "ben", "the cookie beside it does not count");
    for value in ["Bearer tuku_unknown", "Bearer", "Bearer two words", "Bearer eyJhbGciOiJub25lIn0.e30."] {
        let (status, asks, answer) = authorized(&ann, value).await;
        assert_eq!((status, asks.as_deref()), (StatusCode::UNAUTHORIZED, Some("Bearer")), "{value}");
        assert_eq!(answer["code"], "unauthenticated", "{value}");
        assert!(!answer["message"].as_str().unwrap().is_empty());
        let page = ann.client.get(ann.address("/dashboard")).header(header::AUTHORIZATION, value).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::UNAUTHORIZED, "{value}");
        assert_eq!(page.headers()[header::WWW_AUTHENTICATE], "Bearer");
    }
    let (status, _, answer) = authorized(&ann, "Basic YTpi").await;
    assert_eq!((status, &answer["result"]["username"]), (StatusCode::OK, &json!("ann")), "another scheme is not ours");
    let session = ann.ok("user.listSessions", json!({})).await["sessions"][0]["id"].clone();
    let (status, ..) = authorized(&site.visitor(), &format!("Bearer {}", session.as_str().unwrap())).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_token_ends_when_it_is_revoked_or_expires() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let made = ann.ok("token.create", json!({"name": "Backup", "scopes": ["read"]})).await;
    let program = site.with_token(made["token"].as_str().unwrap());
    let revoke = json!({"tokenId": made["tokenId"]});
    assert_eq!(ben.refused("token.revoke", revoke.clone()).await, "not_found");
    program.ok("user.me", json!({})).await;
    ann.ok("token.revoke", revoke.clone()).await;
    assert_eq!(program.get("/").await.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(ann.refused("token.revoke", revoke).await, "not_found");
    assert_eq!(ann.ok("token.list", json!({})).await, json!({"tokens": []}));

    let made = ann.ok("token.create", json!({"name": "Short", "scopes": ["read"], "expiresIn": 1})).await;
    let program = site.with_token(made["token"].as_str().unwrap());
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    assert_eq!(program.get("/").await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn tokens_that_make_no_sense_are_not_made() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let ten_years = 10 * 365 * 24 * 60 * 60;
    for (wish, field) in [
        (json!({"name": "A", "scopes": []}), "scopes"),
        (json!({"name": "A", "scopes": ["admin"]}), "scopes"),
        (json!({"name": " ", "scopes": ["read"]}), "name"),
        (json!({"name": "A", "scopes": ["read"], "expiresIn": 0}), "expiresIn"),
        (json!({"name": "A", "scopes": ["read"], "expiresIn": ten_years + 1}), "expiresIn"),
        (json!({"name": "A", "scopes": ["fly"]}), "scopes"),
        (json!({"name": "A", "scopes": ["read"], "expiresIn": -1}), "expiresIn"),
    ] {
        let error = ann.call("token.create", wish).await["error"].clone();
        assert_eq!(error["data"]["fields"][0]["field"], field, "{error}");
    }
    for _ in 0..50 {
        ann.token(&["read"]).await;
    }
    assert_eq!(ann.refused("token.create", json!({"name": "One more", "scopes": ["read"]})).await, "invalid");
    assert_eq!(ann.ok("token.list", json!({})).await["tokens"].as_array().unwrap().len(), 50);
    assert_eq!(site.visitor().refused("token.list", json!({})).await, "unauthenticated");
}

#[tokio::test]
async fn an_admin_s_token_manages_only_when_made_for_it() {
    let site = Site::start().await;
    let admin = site.admin().await;
    let (_, picture) = site.member("ann").await.gallery("Private", false).await;
    let (_, reader) = admin.token(&["read", "pictures"]).await;
    let (_, manager) = admin.token(&["read", "admin"]).await;
    let params = json!({"imageId": picture});
    assert_eq!(reader.refused("image.getMetadata", params.clone()).await, "not_found");
    assert_eq!(reader.refused("image.delete", params.clone()).await, "not_found");
    manager.ok("image.getMetadata", params).await;
}
