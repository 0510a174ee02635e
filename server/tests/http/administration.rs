//! What admins do with accounts.

use crate::site::{Person, Site, pictures};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// An account as `user.list` tells it.
async fn account(admin: &Person, name: &str) -> Value {
    let found = admin.ok("user.list", json!({"query": name})).await;
    let users = found["users"].as_array().unwrap();
    users.iter().find(|user| user["username"] == name).unwrap_or_else(|| panic!("{name}: {found}")).clone()
}

async fn id(admin: &Person, name: &str) -> Value {
    account(admin, name).await["id"].clone()
}

async fn set_role(admin: &Person, user: &Value, role: &str) -> Value {
    admin.call("user.setRole", json!({"userId": user, "role": role})).await
}

#[tokio::test]
async fn accounts_are_listed_with_what_they_store() {
    let site = Site::start().await;
    let admin = site.admin().await;
    let (ann, _) = (site.member("ann").await, site.member("annabel").await);
    let whole = pictures::jpeg(600, 400, 1);
    ann.send("a.jpg", "image/jpeg", whole.clone()).await;
    ann.send("b.jpg", "image/jpeg", whole[..whole.len() / 2].to_vec()).await;

    let all = admin.ok("user.list", json!({})).await;
    let names: Vec<_> =
        all["users"].as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap()).collect();
    assert_eq!((names, &all["nextCursor"]), (vec!["annabel", "ann", "admin"], &Value::Null), "the newest first");
    let known = account(&admin, "ann").await;
    assert_eq!((&known["used"], &known["pictures"]), (&json!(whole.len()), &json!(1)), "a refused file is not stored");
    assert_eq!((&known["email"], &known["role"]), (&json!("ann@example.com"), &json!("member")));
    assert_eq!((&known["suspended"], known.get("quota")), (&json!(false), None));

    for (query, count) in [("ANN", 2), ("annab", 1), ("ann@EX", 1), ("nn", 0), ("", 3), ("' OR 1=1 --", 0), ("%", 0)] {
        let found = admin.ok("user.list", json!({"query": query})).await;
        assert_eq!(found["users"].as_array().unwrap().len(), count, "{query}");
    }
    assert_eq!(admin.refused("user.list", json!({"query": "x".repeat(101)})).await, "invalid");
    assert_eq!(admin.refused("user.list", json!({"cursor": "not one"})).await, "invalid");
    let older = admin.ok("user.list", json!({"cursor": known["id"]})).await;
    assert_eq!(older["users"].as_array().unwrap().len(), 1, "a cursor goes on below it");
}

#[tokio::test]
async fn a_suspended_account_is_signed_out_at_once_and_stays_out() {
    let site = Site::start().await;
    let admin = site.admin().await;
    let ann = site.member("ann").await;
    let (slug, picture) = ann.gallery("Sea", true).await;
    ann.page("/dashboard").await;
    let user = id(&admin, "ann").await;
    admin.ok("user.suspend", json!({"userId": user, "suspended": true})).await;
    assert_eq!(account(&admin, "ann").await["suspended"], true);
    assert_eq!(ann.get("/dashboard").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(ann.refused("image.like", json!({"imageId": picture, "liked": true})).await, "unauthenticated");
    let credentials = json!({"email": "ann@example.com", "password": "long enough"});
    assert_eq!(ann.refused("user.login", credentials.clone()).await, "unauthenticated");
    site.visitor().page(&format!("/gallery/{slug}")).await;

    admin.ok("user.suspend", json!({"userId": user, "suspended": true})).await;
    admin.ok("user.suspend", json!({"userId": user, "suspended": false})).await;
    assert_eq!(ann.get("/dashboard").await.status(), StatusCode::SEE_OTHER, "what ended does not come back");
    ann.ok("user.login", credentials).await;
    ann.page("/dashboard").await;
}

#[tokio::test]
async fn a_role_counts_at_once() {
    let site = Site::start().await;
    let admin = site.admin().await;
    let ann = site.member("ann").await;
    assert_eq!(ann.refused("user.list", json!({})).await, "forbidden");
    let user = id(&admin, "ann").await;
    set_role(&admin, &user, "admin").await;
    assert_eq!(account(&ann, "ann").await["role"], "admin");
    set_role(&ann, &id(&admin, "admin").await, "member").await;
    assert_eq!(admin.refused("user.list", json!({})).await, "forbidden");
}

#[tokio::test]
async fn an_admin_is_always_left() {
    let site = Site::start().await;
    let admin = site.admin().await;
    let ann = site.member("ann").await;
    let (first, second) = (id(&admin, "admin").await, id(&admin, "ann").await);
    let suspend = |user: &Value| json!({"userId": user, "suspended": true});
    assert_eq!(admin.refused("user.suspend", suspend(&first)).await, "invalid");
    assert_eq!(set_role(&admin, &first, "member").await["error"]["data"]["code"], "invalid");

    set_role(&admin, &second, "admin").await;
    assert_eq!(admin.refused("user.suspend", suspend(&first)).await, "invalid", "nobody suspends themselves");
    futures::join!(admin.call("user.suspend", suspend(&second)), ann.call("user.suspend", suspend(&first)));
    let mut left = 0;
    for person in [&admin, &ann] {
        left += u32::from(person.call("user.list", json!({})).await.get("result").is_some());
    }
    assert_eq!(left, 1, "one of two who suspend each other at once");
}

#[tokio::test]
async fn a_suspended_admin_does_not_count_as_one_that_is_left() {
    let site = Site::start().await;
    let admin = site.admin().await;
    site.member("ann").await;
    let (first, second) = (id(&admin, "admin").await, id(&admin, "ann").await);
    set_role(&admin, &second, "admin").await;
    admin.ok("user.suspend", json!({"userId": second, "suspended": true})).await;
    assert_eq!(set_role(&admin, &first, "member").await["error"]["data"]["code"], "invalid");
}

#[tokio::test]
async fn a_quota_of_one_s_own_counts_at_the_next_upload() {
    let site = Site::start_with(&[("TUKU_QUOTA", "10KB")]).await;
    let admin = site.admin().await;
    let ann = site.member("ann").await;
    let wish = |size: u64| json!({"filename": "a.jpg", "contentType": "image/jpeg", "size": size});
    let user = id(&admin, "ann").await;
    assert_eq!(ann.refused("image.generateUploadUrl", wish(20_000)).await, "invalid");
    admin.ok("user.setQuota", json!({"userId": user, "quota": 25_000})).await;
    assert_eq!(account(&admin, "ann").await["quota"], 25_000);
    ann.ok("image.generateUploadUrl", wish(20_000)).await;
    admin.ok("user.setQuota", json!({"userId": user})).await;
    assert_eq!(account(&admin, "ann").await.get("quota"), None);
    assert_eq!(ann.refused("image.generateUploadUrl", wish(1)).await, "invalid", "the site’s counts again");
    admin.ok("user.setQuota", json!({"userId": user, "quota": 0})).await;
    assert_eq!(ann.refused("image.generateUploadUrl", wish(1)).await, "invalid");
}

#[tokio::test]
async fn accounts_are_for_admins_to_manage() {
    let site = Site::start().await;
    let admin = site.admin().await;
    let ann = site.member("ann").await;
    let user = id(&admin, "admin").await;
    for (method, params) in [
        ("user.list", json!({})),
        ("user.suspend", json!({"userId": user, "suspended": true})),
        ("user.setRole", json!({"userId": user, "role": "member"})),
        ("user.setQuota", json!({"userId": user, "quota": 1})),
    ] {
        assert_eq!(site.visitor().refused(method, params.clone()).await, "unauthenticated", "{method}");
        assert_eq!(ann.refused(method, params.clone()).await, "forbidden", "{method}");
        if method != "user.list" {
            let mut unknown = params;
            unknown["userId"] = json!("0".repeat(22));
            assert_eq!(admin.refused(method, unknown).await, "not_found", "{method}");
        }
    }
}
