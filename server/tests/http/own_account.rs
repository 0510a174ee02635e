//! A member's own account: seen, changed, taken along, deleted.

use crate::site::{Person, Site, pictures};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};
use std::path::Path;

/// How many originals and uploads are stored below a folder.
fn stored(folder: &Path) -> usize {
    let object = |path: &Path| path.extension().is_some_and(|ending| ending == "obj");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| if path.is_dir() { stored(&path) } else { usize::from(object(&path)) }).sum()
}

/// The field a refused call names first.
async fn wrong(person: &Person, method: &str, params: Value) -> String {
    let error = person.call(method, params).await["error"].clone();
    error["data"]["fields"][0]["field"].as_str().unwrap_or_else(|| panic!("{method}: {error}")).to_owned()
}

#[tokio::test]
async fn an_account_is_its_member_s_to_see_and_to_change() {
    let site = Site::start_with(&[("TUKU_QUOTA", "1MB")]).await;
    let (ann, visitor) = (site.member("ann").await, site.visitor());
    site.member("ben").await;
    let bytes = pictures::jpeg(600, 400, 1);
    ann.send("Sea.jpg", "image/jpeg", bytes.clone()).await;
    let me = ann.ok("user.me", json!({})).await;
    let fields = ["username", "email", "role", "used", "quota"].map(|field| me[field].clone());
    assert_eq!(json!(fields), json!(["ann", "ann@example.com", "member", bytes.len(), 1_000_000]));
    for method in ["user.me", "user.update", "user.export"] {
        assert_eq!(visitor.refused(method, json!({})).await, "unauthenticated", "{method}");
    }

    assert_eq!(wrong(&ann, "user.update", json!({"username": "BEN"})).await, "username");
    assert_eq!(wrong(&ann, "user.update", json!({"username": "a b"})).await, "username");
    assert_eq!(ann.ok("user.update", json!({"username": "Anna"})).await["username"], "Anna");
    let email = |address: &str, password: &str| json!({"email": address, "currentPassword": password});
    for (change, field) in [
        (json!({"email": "anna@example.com"}), "currentPassword"),
        (email("anna@example.com", "a guess"), "currentPassword"),
        (email("nowhere", "long enough"), "email"),
        (email("ben@example.com", "long enough"), "email"),
    ] {
        assert_eq!(wrong(&ann, "user.update", change).await, field);
    }
    assert_eq!(ann.ok("user.update", email("ann@example.com", "")).await["email"], "ann@example.com", "as it was");
    let changed = ann.ok("user.update", email("Anna@Example.com", "long enough")).await;
    assert_eq!((&changed["email"], &changed["username"]), (&json!("anna@example.com"), &json!("Anna")));
    let login = |address: &str| json!({"email": address, "password": "long enough"});
    assert_eq!(visitor.refused("user.login", login("ann@example.com")).await, "unauthenticated");
    visitor.ok("user.login", login("anna@example.com")).await;
}

#[tokio::test]
async fn an_export_holds_all_that_was_made_and_nothing_secret() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let (_, first) = ann.gallery("Winter sea", true).await;
    let second = ann.picture().await;
    let gallery = ann.ok("gallery.listPublic", json!({})).await["galleries"][0]["id"].clone();
    ann.ok("gallery.addImages", json!({"galleryId": gallery, "imageIds": [second]})).await;
    ann.ok("image.update", json!({"imageId": first, "title": "海", "tags": ["winter", "sea"]})).await;
    ann.ok("image.generateUploadUrl", json!({"filename": "later.png", "contentType": "image/png"})).await;
    let (_, public) = ben.gallery("Land", true).await;
    let (_, hidden) = ben.gallery("Private", false).await;
    ann.ok("comment.add", json!({"imageId": public, "content": "Beautiful."})).await;
    ann.ok("image.like", json!({"imageId": public, "liked": true})).await;
    ann.ok("image.like", json!({"imageId": second, "liked": true})).await;
    ann.token(&["read"]).await;

    let export = ann.ok("user.export", json!({})).await;
    assert_eq!(export["profile"]["email"], "ann@example.com");
    let galleries = export["galleries"].as_array().unwrap();
    assert_eq!(galleries.len(), 1);
    assert_eq!((&galleries[0]["name"], &galleries[0]["imageIds"]), (&json!("Winter sea"), &json!([first, second])));
    let exported = export["pictures"].as_array().unwrap();
    assert_eq!(exported.len(), 3);
    assert_eq!((&exported[0]["title"], &exported[0]["tags"]), (&json!("海"), &json!(["winter", "sea"])));
    assert_eq!((&exported[2]["state"], &exported[2]["originalUrl"]), (&json!("pending"), &Value::Null));
    for picture in &exported[..2] {
        let original = site.visitor().client.get(picture["originalUrl"].as_str().unwrap()).send().await.unwrap();
        let bytes = original.bytes().await.unwrap();
        assert_eq!(
            (bytes.len() as u64, &bytes[..]),
            (picture["bytes"].as_u64().unwrap(), &pictures::jpeg(600, 400, 1)[..])
        );
    }
    assert_eq!(
        (&export["comments"][0]["imageId"], &export["comments"][0]["content"]),
        (&json!(public), &json!("Beautiful."))
    );
    let liked: Vec<_> = export["likes"].as_array().unwrap().iter().map(|like| like["imageId"].clone()).collect();
    assert!(liked.len() == 2 && liked.contains(&json!(public)) && liked.contains(&json!(second)));
    let text = export.to_string();
    for secret in ["argon2", "tuku_", hidden.as_str(), "ben@example.com"] {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_deleted_account_leaves_nothing_behind() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let (_, bens) = ben.gallery("Land", true).await;
    let storage = site.folder().join("storage");
    let before = stored(&storage);
    assert!(before > 0, "originals are found where they are looked for");

    let (slug, picture) = ann.gallery("Winter sea", true).await;
    let waiting = ann.ok("image.generateUploadUrl", json!({"filename": "a.jpg", "contentType": "image/jpeg"})).await;
    let put = ann.client.put(waiting["uploadUrl"].as_str().unwrap()).header(header::CONTENT_TYPE, "image/jpeg");
    put.body(pictures::jpeg(300, 200, 1)).send().await.unwrap().error_for_status().unwrap();
    assert_eq!(stored(&storage), before + 2);
    ann.ok("comment.add", json!({"imageId": bens, "content": "Beautiful."})).await;
    ann.ok("image.like", json!({"imageId": bens, "liked": true})).await;
    let (token, _) = ann.token(&["read"]).await;
    let phone = site.with_cookie(&site.sign_in("ann").await);
    assert!(phone.is_signed_in().await);
    assert_eq!(ben.ok("image.getMetadata", json!({"imageId": bens})).await["comments"], 1);

    assert_eq!(wrong(&ann, "user.delete", json!({"password": "a guess"})).await, "password");
    ann.page(&format!("/photos/{picture}")).await;
    ann.ok("user.delete", json!({"password": "long enough"})).await;
    assert_eq!(stored(&storage), before);
    for gone in [&ann, &phone] {
        assert!(!gone.is_signed_in().await);
    }
    assert_eq!(site.with_token(&token).get("/").await.status(), StatusCode::UNAUTHORIZED);
    for path in [format!("/gallery/{slug}"), format!("/photos/{picture}"), format!("/images/view/{picture}/width=320")]
    {
        assert_eq!(site.visitor().get(&path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    let left = ben.ok("image.getMetadata", json!({"imageId": bens})).await;
    assert_eq!((&left["comments"], &left["likes"]), (&json!(0), &json!(0)));
    assert_eq!(ben.ok("comment.list", json!({"imageId": bens})).await["comments"], json!([]));
    assert!(!site.member("ann").await.page("/dashboard").await.contains("Winter sea"), "the name is free");
}

#[tokio::test]
async fn the_last_admin_cannot_delete_their_account() {
    let site = Site::start().await;
    let (admin, ben) = (site.admin().await, site.member("ben").await);
    let (admin_id, ben_id) = (admin.id().await, ben.id().await);
    let password = json!({"password": "long enough"});
    assert_eq!(admin.refused("user.delete", password.clone()).await, "forbidden");
    assert!(admin.is_signed_in().await);
    admin.ok("user.setRole", json!({"userId": ben_id, "role": "admin"})).await;
    admin.ok("user.delete", password.clone()).await;
    assert!(!admin.is_signed_in().await);
    assert_eq!(ben.refused("user.delete", password).await, "forbidden");
    let listed = ben.ok("user.list", json!({})).await["users"].clone();
    assert!(listed.as_array().unwrap().iter().all(|user| user["id"] != admin_id), "{listed}");
}

#[tokio::test]
async fn a_form_for_another_password_sends_none_back() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let fields = [("currentPassword", "one wrong guess"), ("newPassword", "another secret")];
    let refused = ann.submit("/dashboard", "user.changePassword", &fields).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text().await.unwrap();
    assert!(!page.contains("one wrong guess") && !page.contains("another secret"));
}
