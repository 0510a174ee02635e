//! Comments: changed and deleted by whom, and closed.

use crate::site::{Person, Site};
use serde_json::{Value, json};

async fn say(person: &Person, picture: &str, content: &str) -> Value {
    person.ok("comment.add", json!({"imageId": picture, "content": content})).await["commentId"].clone()
}

/// The comments of a picture as someone gets them.
async fn list(person: &Person, picture: &str) -> Vec<Value> {
    person.ok("comment.list", json!({"imageId": picture})).await["comments"].as_array().unwrap().clone()
}

#[tokio::test]
async fn its_author_changes_a_comment_and_everyone_sees_that() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let (_, picture) = ann.gallery("Sea", true).await;
    let id = say(&ben, &picture, "Beautifull.").await;
    let before = &list(&site.visitor(), &picture).await[0];
    assert_eq!((&before["editedAt"], &before["editable"]), (&Value::Null, &json!(false)));

    let edited = ben.ok("comment.edit", json!({"commentId": id, "content": " Beautiful. "})).await;
    assert_eq!((&edited["id"], &edited["content"], &edited["author"]), (&id, &json!("Beautiful."), &json!("ben")));
    assert!(edited["editedAt"].as_i64() >= edited["createdAt"].as_i64());
    let after = &list(&site.visitor(), &picture).await[0];
    assert_eq!((&after["content"], &after["editedAt"]), (&json!("Beautiful."), &edited["editedAt"]));

    for (person, code) in [(&ann, "forbidden"), (&site.visitor(), "unauthenticated")] {
        assert_eq!(person.refused("comment.edit", json!({"commentId": id, "content": "Ugly."})).await, code);
    }
    assert_eq!(ben.refused("comment.edit", json!({"commentId": id, "content": " "})).await, "invalid");
    assert_eq!(ben.refused("comment.edit", json!({"commentId": "0", "content": "x"})).await, "not_found");
}

#[tokio::test]
async fn each_is_told_what_they_may_do_with_a_comment() {
    let site = Site::start().await;
    let (admin, ann, ben) = (site.admin().await, site.member("ann").await, site.member("ben").await);
    let (_, picture) = ann.gallery("Sea", true).await;
    let added = ben.ok("comment.add", json!({"imageId": picture, "content": "Beautiful."})).await;
    assert_eq!((&added["comment"]["editable"], &added["comment"]["deletable"]), (&json!(true), &json!(true)));
    let visitor = site.visitor();
    let cleo = site.member("cleo").await;
    for (person, editable, deletable) in [
        (&ben, true, true),
        (&ann, false, true),
        (&admin, false, true),
        (&cleo, false, false),
        (&visitor, false, false),
    ] {
        let comment = &list(person, &picture).await[0];
        assert_eq!((&comment["editable"], &comment["deletable"]), (&json!(editable), &json!(deletable)));
    }
}

#[tokio::test]
async fn author_owner_and_admin_delete_a_comment_and_nobody_else() {
    let site = Site::start().await;
    let (admin, ann, ben) = (site.admin().await, site.member("ann").await, site.member("ben").await);
    let (_, picture) = ann.gallery("Sea", true).await;
    let mut comments = Vec::new();
    for content in ["one", "two", "three"] {
        comments.push(say(&ben, &picture, content).await);
    }
    assert_eq!(list(&site.visitor(), &picture).await.len(), 3);
    let cleo = site.member("cleo").await;
    assert_eq!(cleo.refused("comment.delete", json!({"commentId": comments[0]})).await, "forbidden");
    assert_eq!(site.visitor().refused("comment.delete", json!({"commentId": comments[0]})).await, "unauthenticated");
    for (person, id, left) in [(&ben, &comments[0], 2), (&ann, &comments[1], 1), (&admin, &comments[2], 0)] {
        assert_eq!(person.ok("comment.delete", json!({"commentId": id})).await, json!({"comments": left}));
        assert_eq!(list(&site.visitor(), &picture).await.len(), left);
        let shown = site.visitor().ok("image.getMetadata", json!({"imageId": picture})).await;
        assert_eq!(shown["comments"], left);
    }
    assert_eq!(ben.refused("comment.delete", json!({"commentId": comments[0]})).await, "not_found");
}

#[tokio::test]
async fn a_comment_under_a_picture_out_of_sight_is_as_missing() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let (_, picture) = ann.gallery("Sea", true).await;
    let id = say(&ben, &picture, "Beautiful.").await;
    let gallery = ann.ok("gallery.listMine", json!({})).await["galleries"][0]["id"].clone();
    ann.ok("gallery.update", json!({"galleryId": gallery, "name": "Sea", "isPublic": false})).await;
    for (method, params) in [
        ("comment.edit", json!({"commentId": id, "content": "Still there?"})),
        ("comment.delete", json!({"commentId": id})),
    ] {
        let missing = {
            let mut params = params.clone();
            params["commentId"] = json!("0123456789abcdefghjkmn");
            ben.call(method, params).await
        };
        assert_eq!(ben.call(method, params).await["error"], missing["error"], "{method}");
    }
}

#[tokio::test]
async fn while_comments_are_closed_they_are_read_and_deleted_only() {
    let site = Site::start().await;
    let (admin, ben) = (site.admin().await, site.member("ben").await);
    let (_, picture) = ben.gallery("Sea", true).await;
    let id = say(&ben, &picture, "Beautiful.").await;
    admin.ok("settings.update", json!({"comments": false})).await;
    let more = json!({"imageId": picture, "content": "More."});
    assert_eq!(ben.refused("comment.add", more.clone()).await, "forbidden");
    assert_eq!(ben.refused("comment.edit", json!({"commentId": id, "content": "Less."})).await, "forbidden");
    let missing = json!({"imageId": "0123456789abcdefghjkmn", "content": "More."});
    assert_eq!(ben.refused("comment.add", missing).await, "not_found", "what is not there stays so");
    let comment = &list(&ben, &picture).await[0];
    assert_eq!((&comment["content"], &comment["editable"]), (&json!("Beautiful."), &json!(false)));
    ben.ok("comment.delete", json!({"commentId": id})).await;
    admin.ok("settings.update", json!({"comments": true})).await;
    ben.ok("comment.add", more).await;
}

#[tokio::test]
async fn nobody_comments_without_end() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let (_, picture) = ann.gallery("Sea", true).await;
    let word = json!({"imageId": picture, "content": "Again."});
    let mut written = 0;
    // Windows are fixed in time: one may end in between.
    let refused = loop {
        let answer = ben.call("comment.add", word.clone()).await;
        if answer.get("error").is_some() {
            break answer["error"]["data"].clone();
        }
        written += 1;
        assert!(written <= 120, "never too many");
    };
    assert_eq!(refused["code"], "rate_limited");
    assert!(written >= 60, "{written}");
    ann.ok("comment.add", word).await;
}
