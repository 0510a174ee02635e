//! Accounts: register, sign in, sign out; by RPC and by plain form.

use crate::site::Site;
use reqwest::{StatusCode, header};
use serde_json::json;

#[tokio::test]
async fn signing_out_really_ends_the_session() {
    let site = Site::start().await;
    let ann = site.visitor();
    let wish = json!({"username": "ann", "email": "Ann@Example.com", "password": "long enough"});
    ann.ok("user.register", wish).await;
    let login = json!({"jsonrpc": "2.0", "method": "user.login", "id": 1,
        "params": {"email": "ann@example.com", "password": "long enough"}});
    let response = ann.client.post(ann.address("/api/rpc")).json(&login).send().await.unwrap();
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let stolen = cookie.split(';').next().unwrap().to_owned();
    let with =
        |cookie: String| site.visitor().client.get(site.address("/dashboard")).header(header::COOKIE, cookie).send();
    assert_eq!(with(stolen.clone()).await.unwrap().status(), StatusCode::OK);
    ann.ok("user.logout", json!({})).await;
    assert_eq!(with(stolen).await.unwrap().status(), StatusCode::SEE_OTHER, "the copied cookie is worth nothing now");
    assert_eq!(with("tuku=forged.token.here".into()).await.unwrap().status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn over_https_the_cookie_is_secure_and_bound_to_the_host() {
    let site = Site::start_with(&[("TUKU_PUBLIC_URL", "https://photos.example.com")]).await;
    let response = site.visitor().client.post(site.address("/api/rpc/user.register"));
    let response = response.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let response = response.body("username=ann&email=ann@example.com&password=long+enough").send().await.unwrap();
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-tuku=") && cookie.ends_with("; Secure"), "{cookie}");
}

#[tokio::test]
async fn wrong_passwords_and_unknown_addresses_answer_alike() {
    let site = Site::start().await;
    site.member("ann").await;
    let visitor = site.visitor();
    let mut answers = Vec::new();
    for email in ["ann@example.com", "nobody@example.com"] {
        let mut answer = visitor.call("user.login", json!({"email": email, "password": "not the one"})).await;
        answer["id"] = json!(0);
        answers.push(answer);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0]["error"]["data"]["code"], "unauthenticated");
}

#[tokio::test]
async fn every_problem_of_a_registration_is_told_at_once() {
    let site = Site::start().await;
    let wish = json!({"username": "a b", "email": "nowhere", "password": "short"});
    let answer = site.visitor().call("user.register", wish).await;
    let fields = answer["error"]["data"]["fields"].as_array().unwrap();
    let named: Vec<_> = fields.iter().map(|problem| problem["field"].as_str().unwrap()).collect();
    assert_eq!(named, ["username", "email", "password"]);
}

#[tokio::test]
async fn the_setup_link_makes_one_admin_once() {
    let site = Site::start().await;
    let token = site.setup_token().await;
    let wish = |name: &str| json!({"username": name, "email": format!("{name}@example.com"), "password": "long enough", "setupToken": token});
    site.visitor().page(&format!("/setup?token={token}")).await;
    let admin = site.visitor();
    admin.ok("user.register", wish("first")).await;
    assert_eq!(site.visitor().refused("user.register", wish("second")).await, "invalid");
    let (_, picture) = site.member("ann").await.gallery("Private", false).await;
    admin.ok("image.getMetadata", json!({"imageId": picture})).await;
}

#[tokio::test]
async fn registration_can_be_closed() {
    let site = Site::start_with(&[("TUKU_REGISTRATION", "closed")]).await;
    let wish = json!({"username": "ann", "email": "ann@example.com", "password": "long enough"});
    assert_eq!(site.visitor().refused("user.register", wish).await, "forbidden");
    site.admin().await;
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed() {
    let site = Site::start().await;
    site.member("ann").await;
    let visitor = site.visitor();
    let fields = [("username", "Ann"), ("email", "other@example.com"), ("password", "long enough")];
    let refused = visitor.submit("/register", "user.register", &fields).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let page = refused.text().await.unwrap();
    assert!(page.contains("value=\"other@example.com\"") && page.contains("This name is taken"), "{page}");
    assert!(!page.contains("long enough"), "the password is not sent back");
}

#[tokio::test]
async fn a_form_signs_in_and_goes_on_to_where_one_came_from() {
    let site = Site::start().await;
    site.member("ann").await;
    let ann = site.visitor();
    let waiting = ann.get("/dashboard").await;
    assert_eq!(waiting.headers()[header::LOCATION], "/login?next=/dashboard");
    let fields = [("email", "ann@example.com"), ("password", "long enough"), ("_next", "/dashboard")];
    let sent = ann.submit("/login", "user.login", &fields).await;
    assert_eq!(
        (sent.status(), &sent.headers()[header::LOCATION]),
        (StatusCode::SEE_OTHER, &"/dashboard".parse().unwrap())
    );
    ann.page("/dashboard").await;
    let elsewhere = [("email", "ann@example.com"), ("password", "long enough"), ("_next", "//evil.example")];
    assert_eq!(ann.submit("/login", "user.login", &elsewhere).await.headers()[header::LOCATION], "/login");
}

#[tokio::test]
async fn another_site_s_page_changes_nothing() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let call = json!({"jsonrpc": "2.0", "method": "user.logout", "id": 1});
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let response = ann.client.post(ann.address("/api/rpc")).header(name, value).json(&call).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
    }
    ann.page("/dashboard").await;
}

#[tokio::test]
async fn signing_out_works_on_every_page() {
    let site = Site::start().await;
    for path in ["/upload", "/dashboard", "/"] {
        let name = format!("ann{}", path.len());
        let ann = site.member(&name).await;
        let sent = ann.submit(path, "user.logout", &[("_next", "/")]).await;
        assert_eq!(sent.status(), StatusCode::SEE_OTHER, "{path}");
        assert_eq!(ann.get("/dashboard").await.status(), StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn what_is_taken_is_told_by_its_field() {
    let site = Site::start().await;
    site.member("ann").await;
    for (name, email, field) in [("ANN", "b@example.com", "username"), ("ben", "Ann@example.com", "email")] {
        let wish = json!({"username": name, "email": email, "password": "long enough"});
        let error = site.visitor().call("user.register", wish).await["error"]["data"].clone();
        assert_eq!((&error["code"], &error["fields"][0]["field"]), (&json!("conflict"), &json!(field)));
    }
}
