//! `/admin`: settings, members, invitations; missing for everyone else.

use super::{refused, sent, shown_once, text};
use crate::site::Site;
use reqwest::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn to_all_but_admins_managing_is_as_missing_as_any_page() {
    let site = Site::start().await;
    let (admin, ann) = (site.admin().await, site.member("ann").await);
    let (_, program) = admin.token(&["read", "admin"]).await;
    for person in [&site.visitor(), &ann, &program] {
        let mut seen = Vec::new();
        for path in ["/admin", "/nowhere"] {
            let page = person.get(path).await;
            let status = page.status();
            let said = page.text().await.unwrap().replace("/admin", "PATH").replace("/nowhere", "PATH");
            seen.push((status, said));
        }
        assert_eq!((seen[0].0, &seen[0]), (StatusCode::NOT_FOUND, &seen[1]));
    }
    for person in [&site.visitor(), &ann] {
        let answer = person.submit("/admin", "settings.update", &[("title", "Mine")]).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    }
    assert_eq!(admin.ok("settings.get", json!({})).await["title"], "Tuku");
    assert!(admin.page("/").await.contains("href=\"/admin\"") && !ann.page("/").await.contains("href=\"/admin\""));
}

#[tokio::test]
async fn settings_are_typed_in_the_units_people_use() {
    let site = Site::start().await;
    let admin = site.admin().await;
    let wish = |file, quota| {
        [
            ("title", "图库"),
            ("registration", "invitation"),
            ("comments", "false"),
            ("_unit.largestFile", "1000000"),
            ("largestFile", file),
            ("_unit.quota", "1000000000"),
            ("_empty.quota", "0"),
            ("quota", quota),
            ("defaultLanguage", "zh"),
            ("_next", "/admin?done=site#site"),
        ]
    };
    assert_eq!(sent(&admin, "/admin", "settings.update", &wish("1.5", "2")).await, "/admin?done=site#site");
    let wanted = json!({"title": "图库", "registration": "invitation", "comments": false, "largestFile": 1_500_000,
        "quota": 2_000_000_000_u64, "defaultLanguage": "zh", "hotlinks": "*"});
    assert_eq!(admin.ok("settings.get", json!({})).await, wanted);
    let page = admin.page("/admin?done=site").await;
    for shown in ["value=\"1.5\"", "value=\"2\"", "name=\"_unit.largestFile\"", "name=\"_empty.quota\"", "are saved"] {
        assert!(page.contains(shown), "{shown}");
    }
    sent(&admin, "/admin", "settings.update", &wish("1.5", "")).await;
    assert_eq!(admin.ok("settings.get", json!({})).await["quota"], Value::Null);
    for (file, quota) in [("1.5", "many"), ("0", "2"), ("-1", "2")] {
        let page = refused(&admin, "/admin", "settings.update", &wish(file, quota)).await;
        assert!(page.contains(&format!("value=\"{file}\"")) && page.contains(&format!("value=\"{quota}\"")));
        assert_eq!(page.matches("aria-invalid=\"true\"").count(), 1, "{file} MB, {quota} GB");
    }
}

#[tokio::test]
async fn members_are_found_and_managed_by_forms() {
    let site = Site::start().await;
    let (admin, ann) = (site.admin().await, site.member("ann").await);
    site.member("ben").await;
    let page = admin.page("/admin?q=an").await;
    assert!(page.contains("ann@example.com") && !page.contains("ben@example.com"));
    assert!(admin.page("/admin?q=nobody").await.contains("Nobody is called so."));

    let (id, own) = (text(&ann.id().await), text(&admin.id().await));
    let (here, next) = ("/admin?q=ann", ("_next", "/admin?q=ann#members"));
    assert!(admin.page(here).await.contains("value=\"/admin?q=ann#members\""));
    let suspend = |suspended| [("userId", id.as_str()), ("suspended", suspended), next];
    assert_eq!(sent(&admin, here, "user.suspend", &suspend("true")).await, next.1);
    assert!(!ann.is_signed_in().await && admin.page(here).await.contains("Suspended"));
    sent(&admin, here, "user.suspend", &suspend("false")).await;
    assert!(!admin.page(here).await.contains("Suspended"));

    let quota = |typed| [("userId", id.as_str()), ("_unit.quota", "1000000000"), ("quota", typed)];
    sent(&admin, "/admin", "user.setQuota", &quota("0.5")).await;
    let known = async || admin.ok("user.list", json!({"query": "ann"})).await["users"][0].clone();
    assert_eq!(known().await["quota"], 500_000_000);
    let page = refused(&admin, "/admin", "user.setQuota", &quota("much")).await;
    assert_eq!(page.matches("value=\"much\"").count(), 1, "in the form of this member alone");
    sent(&admin, "/admin", "user.setQuota", &quota("")).await;
    assert_eq!(known().await.get("quota"), None);

    let role = |id, role| [("userId", id), ("role", role)];
    let page = refused(&admin, "/admin", "user.setRole", &role(own.as_str(), "member")).await;
    assert!(page.contains("This is the last admin"));
    sent(&admin, "/admin", "user.setRole", &role(id.as_str(), "admin")).await;
    assert_eq!(known().await["role"], "admin");
}

#[tokio::test]
async fn an_invitation_is_made_shown_once_and_revoked() {
    let site = Site::start_with(&[("TUKU_REGISTRATION", "invitation")]).await;
    let admin = site.admin().await;
    let url = shown_once(&admin, "/admin", "invitation.create", &[("expiresIn", "604800")]).await;
    let path = url.strip_prefix(&site.url).unwrap();
    assert!(site.visitor().page(path).await.contains("value=\"user.register\""));
    assert!(admin.page("/admin").await.contains("Not used yet"));
    let id = text(&admin.ok("invitation.list", json!({})).await["invitations"][0]["id"]);
    sent(&admin, "/admin", "invitation.revoke", &[("invitationId", &id)]).await;
    assert!(!site.visitor().page(path).await.contains("value=\"user.register\""));
}
