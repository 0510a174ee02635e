//! Registration by invitation.

use crate::site::{Person, Site};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};
use std::time::Duration;

const BY_INVITATION: &[(&str, &str)] = &[("TUKU_REGISTRATION", "invitation")];

/// A new invitation's token.
async fn invite(admin: &Person, params: Value) -> String {
    let made = admin.ok("invitation.create", params).await;
    let url = made["url"].as_str().unwrap();
    let token = url.strip_prefix(&admin.address("/register?invitation="));
    token.unwrap_or_else(|| panic!("{url} is not on the site")).to_owned()
}

fn wish(name: &str, invitation: &str) -> Value {
    let email = format!("{name}@example.com");
    json!({"username": name, "email": email, "password": "long enough", "invitation": invitation})
}

#[tokio::test]
async fn an_invitation_makes_one_account() {
    let site = Site::start_with(BY_INVITATION).await;
    let admin = site.admin().await;
    let token = invite(&admin, json!({})).await;
    let page = format!("/register?invitation={token}");
    let ann = site.visitor();
    assert!(ann.page("/register").await.contains("by invitation"));
    assert!(!ann.page("/register").await.contains("value=\"user.register\""));
    assert!(ann.page(&page).await.contains("value=\"user.register\""));

    let fields = |name| {
        [("username", name), ("email", "ann@example.com"), ("password", "long enough"), ("invitation", token.as_str())]
    };
    let refused = ann.submit(&page, "user.register", &fields("a b")).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let again = refused.text().await.unwrap();
    assert!(again.contains("value=\"ann@example.com\"") && again.contains(&token), "nothing typed is lost");
    let sent = ann.submit(&page, "user.register", &fields("ann")).await;
    assert_eq!((sent.status(), sent.headers().contains_key(header::SET_COOKIE)), (StatusCode::SEE_OTHER, true));
    ann.page("/dashboard").await;

    let ben = site.visitor();
    assert_eq!(ben.refused("user.register", wish("ben", &token)).await, "invalid");
    assert!(!ben.page(&page).await.contains("value=\"user.register\""));
    let listed = admin.ok("invitation.list", json!({})).await["invitations"][0].clone();
    assert_eq!((&listed["spentBy"], &listed["invitedBy"]), (&json!("ann"), &json!("admin")));
    assert_eq!(listed["expiresAt"].as_i64().unwrap() - listed["createdAt"].as_i64().unwrap(), 7 * 24 * 60 * 60);
    assert_eq!(admin.refused("invitation.revoke", json!({"invitationId": listed["id"]})).await, "not_found");
}

#[tokio::test]
async fn two_at_once_make_one_account_of_an_invitation() {
    let site = Site::start_with(BY_INVITATION).await;
    let token = invite(&site.admin().await, json!({})).await;
    let (ann, ben) = (site.visitor(), site.visitor());
    let (first, second) =
        futures::join!(ann.call("user.register", wish("ann", &token)), ben.call("user.register", wish("ben", &token)));
    let made = [&first, &second].into_iter().filter(|answer| answer.get("result").is_some()).count();
    assert_eq!(made, 1, "{first} {second}");
}

#[tokio::test]
async fn a_name_that_is_taken_leaves_the_invitation_good() {
    let site = Site::start_with(BY_INVITATION).await;
    let token = invite(&site.admin().await, json!({})).await;
    let ann = site.visitor();
    assert_eq!(ann.refused("user.register", wish("admin", &token)).await, "conflict");
    ann.ok("user.register", wish("ann", &token)).await;
}

#[tokio::test]
async fn unknown_revoked_and_expired_invitations_make_nothing() {
    let site = Site::start_with(BY_INVITATION).await;
    let admin = site.admin().await;
    let expired = invite(&admin, json!({"expiresIn": 1})).await;
    let revoked = invite(&admin, json!({})).await;
    let listed = admin.ok("invitation.list", json!({})).await["invitations"].clone();
    assert_eq!((listed.as_array().unwrap().len(), listed[0].get("spentAt")), (2, None));
    admin.ok("invitation.revoke", json!({"invitationId": listed[0]["id"]})).await;
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    for token in [expired, revoked, "0".repeat(40)] {
        assert_eq!(site.visitor().refused("user.register", wish("ann", &token)).await, "invalid", "{token}");
        let page = site.visitor().page(&format!("/register?invitation={token}")).await;
        assert!(page.contains("has expired") && !page.contains("value=\"user.register\""));
    }
    let params = json!({"username": "ann", "email": "ann@example.com", "password": "long enough"});
    assert_eq!(site.visitor().refused("user.register", params).await, "forbidden");
    for seconds in [0, 31_536_001] {
        assert_eq!(admin.refused("invitation.create", json!({"expiresIn": seconds})).await, "invalid");
    }
}

#[tokio::test]
async fn who_is_no_admin_any_more_has_invited_nobody() {
    let site = Site::start_with(BY_INVITATION).await;
    let admin = site.admin().await;
    let ann = site.visitor();
    let user = ann.ok("user.register", wish("ann", &invite(&admin, json!({})).await)).await["userId"].clone();
    assert_eq!(ann.refused("invitation.create", json!({})).await, "forbidden");
    assert_eq!(ann.refused("invitation.list", json!({})).await, "forbidden");
    admin.ok("user.setRole", json!({"userId": user, "role": "admin"})).await;
    let token = invite(&ann, json!({})).await;
    admin.ok("user.suspend", json!({"userId": user, "suspended": true})).await;
    assert_eq!(site.visitor().refused("user.register", wish("ben", &token)).await, "invalid");
}

#[tokio::test]
async fn an_invitation_is_of_no_use_while_registration_is_closed_and_not_spent_while_it_is_open() {
    let site = Site::start().await;
    let admin = site.admin().await;
    let token = invite(&admin, json!({})).await;
    site.visitor().ok("user.register", wish("ann", &token)).await;
    admin.ok("settings.update", json!({"registration": "closed"})).await;
    assert_eq!(site.visitor().refused("user.register", wish("ben", &token)).await, "forbidden");
    assert!(site.visitor().page(&format!("/register?invitation={token}")).await.contains("closed"));
    admin.ok("settings.update", json!({"registration": "invitation"})).await;
    site.visitor().ok("user.register", wish("ben", &token)).await;
}
