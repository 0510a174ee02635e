//! What admins change while the site runs.

use crate::site::Site;
use serde_json::json;

#[tokio::test]
async fn what_an_admin_sets_takes_effect_at_once() {
    let site = Site::start().await;
    let admin = site.admin().await;
    let ann = site.member("ann").await;
    let (_, picture) = ann.gallery("Sea", true).await;
    let comment = json!({"imageId": picture, "content": "The light!"});
    ann.ok("comment.add", comment.clone()).await;

    let before = admin.ok("settings.get", json!({})).await;
    let change = json!({"title": " 图库 ", "registration": "closed", "comments": false});
    let after = admin.ok("settings.update", change).await;
    assert_eq!((&after["title"], &after["registration"]), (&json!("图库"), &json!("closed")));
    assert_eq!((&after["largestFile"], &after["quota"]), (&before["largestFile"], &before["quota"]), "the rest stays");
    assert_eq!(admin.ok("settings.get", json!({})).await, after);

    let visitor = site.visitor();
    assert!(visitor.page("/").await.contains("图库"));
    assert!(visitor.page("/register").await.contains("New accounts are closed"));
    assert!(!visitor.page("/login").await.contains("href=\"/register\""));
    let wish = json!({"username": "ben", "email": "ben@example.com", "password": "long enough"});
    assert_eq!(visitor.refused("user.register", wish.clone()).await, "forbidden");
    assert_eq!(ann.refused("comment.add", comment.clone()).await, "forbidden");
    let shown = ann.page(&format!("/photos/{picture}")).await;
    assert!(shown.contains("Comments are closed") && shown.contains("The light!"));
    assert_eq!(visitor.ok("comment.list", json!({"imageId": picture})).await["comments"][0]["content"], "The light!");

    admin.ok("settings.update", json!({"registration": "open", "comments": true})).await;
    visitor.ok("user.register", wish).await;
    ann.ok("comment.add", comment).await;
}

#[tokio::test]
async fn what_an_admin_set_stands_whatever_the_environment_says() {
    let mut site = Site::start_with(&[("TUKU_SITE_TITLE", "As it began"), ("TUKU_COMMENTS", "off")]).await;
    site.admin().await.ok("settings.update", json!({"title": "Winter sea"})).await;
    site.restart().await;
    let admin = site.with_cookie(&site.sign_in("admin").await);
    let settings = admin.ok("settings.get", json!({})).await;
    assert_eq!((&settings["title"], &settings["comments"]), (&json!("Winter sea"), &json!(false)));
}

#[tokio::test]
async fn limits_count_at_the_next_upload_and_what_is_stored_stays_readable() {
    let site = Site::start_with(&[("TUKU_MAX_FILE_BYTES", "50KB")]).await;
    let admin = site.admin().await;
    let ann = site.member("ann").await;
    let picture = ann.picture().await;
    let wish = |size: u64| json!({"filename": "a.jpg", "contentType": "image/jpeg", "size": size});

    assert_eq!(admin.ok("settings.update", json!({"largestFile": 500})).await["largestFile"], 500);
    assert_eq!(ann.refused("image.generateUploadUrl", wish(501)).await, "invalid");
    ann.ok("image.generateUploadUrl", wish(500)).await;
    let larger = crate::site::pictures::jpeg(600, 400, 1);
    assert!(larger.len() > 500);
    let ticket = ann.ok("image.generateUploadUrl", json!({"filename": "a.jpg", "contentType": "image/jpeg"})).await;
    let put = ann.client.put(ticket["uploadUrl"].as_str().unwrap()).header("content-type", "image/jpeg");
    assert_eq!(put.body(larger).send().await.unwrap().status(), 200, "its size was not told beforehand");
    let confirmed = ann.ok("image.confirmUpload", json!({"assetId": ticket["assetId"]})).await;
    assert_eq!(confirmed["state"], "failed", "{confirmed}");
    assert_eq!(ann.get(&format!("/images/view/{picture}/width=160")).await.status(), 200, "it was stored before");

    admin.ok("settings.update", json!({"largestFile": 50_000, "quota": 1})).await;
    assert_eq!(ann.refused("image.generateUploadUrl", wish(500)).await, "invalid");
    assert_eq!(admin.ok("settings.update", json!({"quota": 0})).await["quota"], json!(null));
    ann.ok("image.generateUploadUrl", wish(500)).await;
}

#[tokio::test]
async fn a_value_that_cannot_be_is_refused_beside_its_name() {
    let site = Site::start_with(&[("TUKU_MAX_FILE_BYTES", "50KB")]).await;
    let admin = site.admin().await;
    let before = admin.ok("settings.get", json!({})).await;
    for (params, field) in [
        (json!({"title": "  "}), "title"),
        (json!({"title": "x".repeat(101)}), "title"),
        (json!({"title": "two\nlines"}), "title"),
        (json!({"largestFile": 50_001, "comments": false}), "largestFile"),
        (json!({"largestFile": 0}), "largestFile"),
        (json!({"registration": "perhaps"}), "registration"),
        (json!({"defaultLanguage": "la"}), "defaultLanguage"),
    ] {
        let answer = admin.call("settings.update", params.clone()).await;
        let data = &answer["error"]["data"];
        assert_eq!(data["code"], "invalid", "{params}: {answer}");
        assert_eq!(data["fields"][0]["field"], field, "{params}: {answer}");
    }
    assert_eq!(admin.ok("settings.get", json!({})).await, before, "nothing was changed in part");
}

#[tokio::test]
async fn settings_are_for_admins() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    for (method, params) in [("settings.get", json!({})), ("settings.update", json!({"title": "Mine"}))] {
        assert_eq!(site.visitor().refused(method, params.clone()).await, "unauthenticated");
        assert_eq!(ann.refused(method, params).await, "forbidden");
    }
    assert!(!site.visitor().page("/").await.contains("Mine"));
}

#[tokio::test]
async fn every_setting_is_told_of_in_the_documentation() {
    let site = Site::start().await;
    let settings = site.admin().await.ok("settings.get", json!({})).await;
    let written = include_str!("../../../docs/settings.md");
    let (_, written) = written.split_once("## What admins change while it runs").unwrap();
    for name in settings.as_object().unwrap().keys() {
        assert!(written.contains(&format!("\n| `{name}` |")), "docs/settings.md says nothing of {name}");
    }
}
