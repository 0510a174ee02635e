//! Who may see what, where the tables of `access_table.rs` do not look: headers, words, and what becomes public or
//! private by another's doing.

use crate::site::Site;
use serde_json::json;

#[tokio::test]
async fn owner_and_admin_see_what_is_private() {
    let site = Site::start().await;
    let admin = site.admin().await;
    let ann = site.member("ann").await;
    let (slug, picture) = ann.gallery("Private", false).await;
    for person in [&ann, &admin] {
        person.page(&format!("/gallery/{slug}")).await;
        person.page(&format!("/photos/{picture}")).await;
        let view = person.get(&format!("/images/view/{picture}/width=320,v=1")).await;
        assert_eq!(view.headers()["cache-control"], "private, no-cache");
        assert_eq!(view.status(), 200);
    }
    let list = site.visitor().ok("gallery.listPublic", json!({})).await;
    assert_eq!((&list["galleries"], &list["totalPages"]), (&json!([]), &json!(0)));
    assert!(!site.visitor().page("/").await.contains("Private"));
}

#[tokio::test]
async fn anyone_sees_what_is_public_and_nobody_else_changes_it() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (slug, picture) = ann.gallery("Winter sea", true).await;
    assert_eq!(slug, "winter-sea");
    let visitor = site.visitor();
    assert!(visitor.page("/").await.contains("Winter sea"));
    assert!(visitor.page(&format!("/gallery/{slug}")).await.contains(&picture));
    visitor.page(&format!("/photos/{picture}")).await;
    let view = visitor.get(&format!("/images/view/{picture}/width=320,v=1")).await;
    assert_eq!(view.headers()["cache-control"], "public, max-age=31536000, immutable");

    let ben = site.member("ben").await;
    assert_eq!(ben.refused("image.update", json!({"imageId": picture, "title": "Mine"})).await, "forbidden");
    assert_eq!(ben.refused("image.delete", json!({"imageId": picture})).await, "forbidden");
    assert_eq!(ben.refused("image.generateViewUrl", json!({"imageId": picture})).await, "forbidden");
    let list = visitor.ok("gallery.listPublic", json!({})).await;
    let gallery = &list["galleries"][0]["id"];
    assert_eq!(ben.refused("gallery.delete", json!({"galleryId": gallery})).await, "forbidden");
    let wish = json!({"galleryId": gallery, "imageIds": [ben.picture().await]});
    assert_eq!(ben.refused("gallery.addImages", wish).await, "forbidden");
}

#[tokio::test]
async fn nobody_publishes_another_s_picture_through_a_gallery_of_their_own() {
    let site = Site::start().await;
    let (_, picture) = site.member("ann").await.gallery("Private", false).await;
    let ben = site.member("ben").await;
    let made = ben.ok("gallery.create", json!({"name": "Mine", "description": "", "isPublic": true})).await;
    let wish = json!({"galleryId": made["galleryId"], "imageIds": [picture]});
    assert_eq!(ben.refused("gallery.addImages", wish).await, "invalid");
}

#[tokio::test]
async fn a_picture_leaves_the_public_with_its_last_public_gallery() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (_, picture) = ann.gallery("Sea", true).await;
    let gallery = ann.ok("gallery.listPublic", json!({})).await["galleries"][0]["id"].clone();
    let path = format!("/images/view/{picture}/width=160");
    assert_eq!(site.visitor().get(&path).await.status(), 200);
    let hidden = json!({"galleryId": gallery, "name": "Sea", "isPublic": false});
    ann.ok("gallery.update", hidden).await;
    assert_eq!(site.visitor().get(&path).await.status(), 404, "a variant in the cache is no way in");
}
