//! `/account`: profile, password, sign-ins, tokens, and all of it taken along or deleted.

use super::{refused, sent, shown_once, text};
use crate::site::{Person, Site};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// Another browser of a member, which calls itself so.
async fn browser(site: &Site, name: &str, agent: &str) -> Person {
    let params = json!({"email": format!("{name}@example.com"), "password": "long enough"});
    let call = json!({"jsonrpc": "2.0", "method": "user.login", "params": params, "id": 1});
    let person = site.visitor();
    let request = person.client.post(person.address("/api/rpc")).header(header::USER_AGENT, agent);
    assert_eq!(request.json(&call).send().await.unwrap().status(), StatusCode::OK);
    person
}

#[tokio::test]
async fn name_address_and_password_are_changed_by_forms() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    assert_eq!(site.visitor().get("/account").await.headers()[header::LOCATION], "/login?next=/account");
    let profile = |email| [("username", "Anna"), ("email", email), ("currentPassword", "")];

    let next = ("_next", "/account?done=profile#profile");
    let fields = [&profile("ann@example.com")[..], &[next]].concat();
    assert_eq!(sent(&ann, "/account", "user.update", &fields).await, next.1);
    let page = ann.page("/account?done=profile").await;
    assert!(page.contains("value=\"Anna\"") && page.contains("Your profile is saved."));
    assert!(!ann.page("/account").await.contains("Your profile is saved."));

    let page = refused(&ann, "/account", "user.update", &profile("anna@example.com")).await;
    assert!(page.contains("value=\"anna@example.com\"") && page.contains("Enter your password, too"));
    let page = refused(&ann, "/account", "user.update", &[("username", "a b"), ("email", "ann@example.com")]).await;
    assert!(page.contains("value=\"a b\"") && page.contains("Choose a name of 2 to 32"));

    let passwords = |current| [("currentPassword", current), ("newPassword", "quite another one")];
    let page = refused(&ann, "/account", "user.changePassword", &passwords("a guess")).await;
    assert_eq!(page.matches("This is not your password.").count(), 1, "beside the field of this form alone");
    assert_eq!(sent(&ann, "/account", "user.changePassword", &passwords("long enough")).await, "/account");
    assert!(ann.is_signed_in().await);
    let login = json!({"email": "ann@example.com", "password": "quite another one"});
    site.visitor().ok("user.login", login).await;
}

#[tokio::test]
async fn a_token_is_made_shown_once_and_revoked() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let wish = [("name", "Backup"), ("scopes[]", "read"), ("scopes[]", "social"), ("expiresIn", "")];
    let token = shown_once(&ann, "/account", "token.create", &wish).await;
    let program = site.with_token(&token);
    assert_eq!(program.ok("user.me", json!({})).await["username"], "ann");
    let made = ann.ok("token.list", json!({})).await["tokens"][0].clone();
    assert_eq!((&made["scopes"], made.get("expiresAt")), (&json!(["read", "social"]), None));
    assert!(ann.page("/account").await.contains("Backup"));

    let page = refused(&ann, "/account", "token.create", &[("name", "Other"), ("_show", "true")]).await;
    assert!(page.contains("value=\"Other\"") && page.contains("Choose at least one thing"));
    assert!(!page.contains("value=\"admin\""), "a scope for admins alone");
    let id = text(&made["id"]);
    assert_eq!(sent(&ann, "/account", "token.revoke", &[("tokenId", &id)]).await, "/account");
    assert_eq!(program.get("/").await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn sign_ins_are_told_in_plain_words_and_ended() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (firefox, other) = (browser(&site, "ann", FIREFOX).await, browser(&site, "ann", &"x".repeat(300)).await);
    let page = ann.page("/account").await;
    assert!(page.contains("Firefox on Linux") && page.contains(&format!("{}…", "x".repeat(60))));
    assert_eq!(page.matches("This browser").count(), 1);
    let listed = ann.ok("user.listSessions", json!({})).await["sessions"].clone();
    let id = listed.as_array().unwrap().iter().find(|session| session["agent"] == FIREFOX).unwrap()["id"].clone();
    sent(&ann, "/account", "user.endSession", &[("sessionId", &text(&id))]).await;
    assert!(!firefox.is_signed_in().await && other.is_signed_in().await);
    sent(&ann, "/account", "user.endOtherSessions", &[]).await;
    assert!(!other.is_signed_in().await && ann.is_signed_in().await);
    assert!(!ann.page("/account").await.contains("End all others"));
}

#[tokio::test]
async fn everything_is_taken_along_as_a_file_and_then_deleted() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (slug, picture) = ann.gallery("Winter sea", true).await;
    let file = ann.get("/account/export").await;
    assert_eq!(file.status(), StatusCode::OK);
    let kept = [header::CONTENT_DISPOSITION, header::CONTENT_TYPE, header::CACHE_CONTROL];
    let kept = kept.map(|name| file.headers()[name].to_str().unwrap().to_owned());
    assert_eq!(kept, ["attachment; filename=\"tuku-export.json\"", "application/json", "no-store"]);
    let export: Value = file.json().await.unwrap();
    assert_eq!(export["profile"]["email"], "ann@example.com");
    assert_eq!(export["pictures"][0]["id"], picture.as_str());
    let (_, program) = ann.token(&["read", "pictures", "galleries", "social"]).await;
    assert_eq!(program.get("/account/export").await.status(), StatusCode::FORBIDDEN);
    assert_eq!(site.visitor().get("/account/export").await.status(), StatusCode::SEE_OTHER);

    assert!(ann.page("/account").await.contains("1 picture with"));
    let page = refused(&ann, "/account", "user.delete", &[("password", "a guess")]).await;
    assert!(page.contains("This is not your password.") && !page.contains("a guess"));
    assert_eq!(sent(&ann, "/account", "user.delete", &[("password", "long enough"), ("_next", "/")]).await, "/");
    assert!(!ann.is_signed_in().await);
    assert_eq!(site.visitor().get(&format!("/gallery/{slug}")).await.status(), StatusCode::NOT_FOUND);
}
