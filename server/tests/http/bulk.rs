//! Many pictures at once: all of them, or none.

use crate::site::{Person, Site};
use serde_json::{Value, json};
use std::collections::HashSet;

const NOBODY_S: &str = "0123456789abcdefghjkmn";

async fn tags(person: &Person, picture: &str) -> Value {
    person.ok("image.getMetadata", json!({"imageId": picture})).await["tags"].clone()
}

#[tokio::test]
async fn tags_are_put_on_many_pictures_and_taken_off() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (a, b) = (ann.picture().await, ann.picture().await);
    ann.ok("image.update", json!({"imageId": a, "tags": ["draft", "sea"]})).await;
    let change = json!({"imageIds": [a, b, a], "addTags": ["Sea", "winter"], "removeTags": ["draft"]});
    assert_eq!(ann.ok("image.updateMany", change.clone()).await, json!({"changed": 2}));
    assert_eq!((tags(&ann, &a).await, tags(&ann, &b).await), (json!(["sea", "winter"]), json!(["sea", "winter"])));
    assert_eq!(ann.ok("image.updateMany", change).await, json!({"changed": 0}), "there is nothing left to change");
    let off = json!({"imageIds": [a, b], "removeTags": ["sea", "winter"]});
    assert_eq!(ann.ok("image.updateMany", off).await, json!({"changed": 2}));
    assert_eq!(tags(&ann, &a).await, json!([]));
    for nothing in [
        json!({"imageIds": [], "addTags": ["x"]}),
        json!({"imageIds": [a]}),
        json!({"imageIds": [a], "addTags": ["x"], "removeTags": ["X"]}),
        json!({"imageIds": [a], "addTags": ["x".repeat(41)]}),
        json!({"imageIds": vec![NOBODY_S; 1_001], "addTags": ["x"]}),
    ] {
        assert_eq!(ann.refused("image.updateMany", nothing).await, "invalid");
    }
}

#[tokio::test]
async fn a_picture_never_has_more_than_twenty_tags() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (full, empty) = (ann.picture().await, ann.picture().await);
    let many: Vec<_> = (0..20).map(|number| format!("tag {number:02}")).collect();
    ann.ok("image.update", json!({"imageId": full, "tags": many})).await;
    let more = json!({"imageIds": [empty, full], "addTags": ["one more"]});
    assert_eq!(ann.refused("image.updateMany", more).await, "invalid");
    assert_eq!(tags(&ann, &empty).await, json!([]), "all or none");
    let exchange = json!({"imageIds": [empty, full], "addTags": ["one more"], "removeTags": ["tag 00"]});
    assert_eq!(ann.ok("image.updateMany", exchange).await["changed"], 2);
    assert_eq!(tags(&ann, &full).await.as_array().unwrap().len(), 20);
    let again = json!({"imageIds": [full], "addTags": ["one more", "tag 01"]});
    assert_eq!(ann.ok("image.updateMany", again).await["changed"], 0, "those it has take no room");
}

#[tokio::test]
async fn one_picture_that_is_not_one_s_own_refuses_them_all_and_tells_nothing() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let own = ben.picture().await;
    let private = ann.picture().await;
    let (_, public) = ann.gallery("Sea", true).await;
    for (method, wish) in [("image.updateMany", json!({"addTags": ["mine"]})), ("image.deleteMany", json!({}))] {
        let mut answers = HashSet::new();
        for other in [private.as_str(), public.as_str(), NOBODY_S] {
            let mut wish = wish.clone();
            wish["imageIds"] = json!([own, other]);
            answers.insert(ben.call(method, wish).await["error"].to_string());
        }
        assert_eq!(answers.len(), 1, "{method}: {answers:?}");
        assert!(answers.iter().all(|answer| answer.contains("imageIds")), "{answers:?}");
        let mut wish = wish.clone();
        wish["imageIds"] = json!([own]);
        assert_eq!(site.visitor().refused(method, wish).await, "unauthenticated");
    }
    assert_eq!(tags(&ben, &own).await, json!([]));
    assert_eq!(tags(&ann, &private).await, json!([]));
}

#[tokio::test]
async fn many_pictures_are_deleted_at_once() {
    let site = Site::start().await;
    let (admin, ann) = (site.admin().await, site.member("ann").await);
    let (_, shown) = ann.gallery("Sea", true).await;
    let (hidden, kept) = (ann.picture().await, ann.picture().await);
    let begun = json!({"filename": "never came.jpg", "contentType": "image/jpeg"});
    let pending = ann.ok("image.generateUploadUrl", begun).await["assetId"].clone();
    ann.ok("image.update", json!({"imageId": shown, "tags": ["sea"]})).await;
    let visitor = site.visitor();
    visitor.ok("image.getMetadata", json!({"imageId": shown})).await;

    let wish = json!({"imageIds": [shown, hidden, pending, hidden]});
    assert_eq!(ann.ok("image.deleteMany", wish).await, json!({"deleted": 3}));
    for person in [&visitor, &ann] {
        assert_eq!(person.refused("image.getMetadata", json!({"imageId": shown})).await, "not_found");
    }
    assert_eq!(visitor.get(&format!("/images/view/{shown}/width=320")).await.status(), 404);
    assert_eq!(visitor.ok("gallery.listPublic", json!({})).await["galleries"][0]["count"], 0);
    let left = ann.ok("image.listMine", json!({})).await;
    let left: Vec<_> = left["pictures"].as_array().unwrap().iter().map(|picture| &picture["id"]).collect();
    assert_eq!(left, [&json!(kept)]);
    assert_eq!(admin.ok("image.deleteMany", json!({"imageIds": [kept]})).await["deleted"], 1, "admins may");
    let many = json!({"imageIds": vec![NOBODY_S; 101]});
    assert_eq!(ann.refused("image.deleteMany", many).await, "invalid");
}

#[tokio::test]
async fn one_s_own_pictures_are_listed_by_where_their_upload_stands() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let completed = ann.picture().await;
    let failed = ann.send("b.jpg", "image/jpeg", b"no picture at all".to_vec()).await;
    assert_eq!(failed["state"], "failed");
    for number in 0..101 {
        let params = json!({"filename": format!("{number}.jpg"), "contentType": "image/jpeg", "size": 9});
        ann.ok("image.generateUploadUrl", params).await;
    }
    let first = ann.ok("image.listMine", json!({"state": "pending"})).await;
    let wish = json!({"state": "pending", "cursor": first["nextCursor"]});
    let rest = ann.ok("image.listMine", wish).await;
    let pages = [&first, &rest].map(|page| page["pictures"].as_array().unwrap().len());
    assert_eq!((pages, &rest["nextCursor"]), ([100, 1], &Value::Null));
    for (state, number) in [("completed", 1), ("failed", 1)] {
        let page = ann.ok("image.listMine", json!({"state": state})).await;
        assert_eq!(page["pictures"].as_array().unwrap().len(), number, "{state}");
    }
    let shown = ann.ok("image.listMine", json!({"state": "completed"})).await;
    assert_eq!((&shown["pictures"][0]["id"], &shown["pictures"][0]["isPublic"]), (&json!(completed), &json!(false)));
    assert_eq!(ann.refused("image.listMine", json!({"state": "lost"})).await, "invalid");
    assert_eq!(site.visitor().refused("image.listMine", json!({})).await, "unauthenticated");
    assert_eq!(site.member("ben").await.ok("image.listMine", json!({})).await["pictures"], json!([]));
}
