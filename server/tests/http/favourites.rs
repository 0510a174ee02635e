//! Favourites: kept for oneself, and shown only while one may see them.

use crate::site::{Person, Site};
use serde_json::{Value, json};
use std::time::Duration;

/// Someone's favourites.
async fn favourites(person: &Person) -> Vec<String> {
    let page = person.ok("image.listFavourites", json!({})).await;
    assert_eq!(page["nextCursor"], Value::Null);
    page["pictures"].as_array().unwrap().iter().map(|picture| picture["id"].as_str().unwrap().to_owned()).collect()
}

async fn choose(person: &Person, picture: &str, favourite: bool) {
    let params = json!({"imageId": picture, "favourite": favourite});
    assert_eq!(person.ok("image.favourite", params).await, json!({"favourite": favourite}));
}

#[tokio::test]
async fn favourites_are_one_s_own_the_last_chosen_first() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let (_, older) = ann.gallery("Sea", true).await;
    let (_, newer) = ann.gallery("Snow", true).await;
    choose(&ben, &newer, true).await;
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    choose(&ben, &older, true).await;
    choose(&ben, &older, true).await;
    assert_eq!(favourites(&ben).await, [older.clone(), newer.clone()]);
    assert!(favourites(&ann).await.is_empty());
    for (person, favourite) in [(&ben, true), (&ann, false), (&site.visitor(), false)] {
        let shown = person.ok("image.getMetadata", json!({"imageId": older})).await;
        assert_eq!(shown["favourite"], favourite);
    }
    choose(&ben, &older, false).await;
    assert_eq!(favourites(&ben).await, [newer]);
    let wish = json!({"imageId": older, "favourite": true});
    assert_eq!(site.visitor().refused("image.favourite", wish).await, "unauthenticated");
    assert_eq!(ben.refused("image.listFavourites", json!({"cursor": "x"})).await, "invalid");
}

#[tokio::test]
async fn a_favourite_out_of_sight_is_not_listed() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let (_, picture) = ann.gallery("Sea", true).await;
    choose(&ben, &picture, true).await;
    choose(&ann, &picture, true).await;
    let gallery = ann.ok("gallery.listMine", json!({})).await["galleries"][0]["id"].clone();
    ann.ok("gallery.update", json!({"galleryId": gallery, "name": "Sea", "isPublic": false})).await;
    assert!(favourites(&ben).await.is_empty());
    assert_eq!(favourites(&ann).await, std::slice::from_ref(&picture));
    let again = |id: &str| json!({"imageId": id, "favourite": true});
    let missing = ben.call("image.favourite", again("0123456789abcdefghjkmn")).await;
    assert_eq!(ben.call("image.favourite", again(&picture)).await["error"], missing["error"]);
    ann.ok("gallery.update", json!({"galleryId": gallery, "name": "Sea", "isPublic": true})).await;
    assert_eq!(favourites(&ben).await, std::slice::from_ref(&picture));
    ann.ok("image.delete", json!({"imageId": picture})).await;
    assert!(favourites(&ben).await.is_empty());
}

#[tokio::test]
async fn a_member_with_a_link_likes_comments_and_keeps_what_it_shows() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let (_, picture) = ann.gallery("Hidden sea", false).await;
    let gallery = ann.ok("gallery.listMine", json!({})).await["galleries"][0]["id"].clone();
    let share = ann.ok("share.create", json!({"galleryId": gallery})).await;
    let path = share["url"].as_str().unwrap().strip_prefix(&site.url).unwrap().to_owned();
    assert_eq!(ben.refused("image.like", json!({"imageId": picture, "liked": true})).await, "not_found");
    ben.get(&path).await;

    assert_eq!(ben.ok("image.like", json!({"imageId": picture, "liked": true})).await["likes"], 1);
    ben.ok("comment.add", json!({"imageId": picture, "content": "Thank you."})).await;
    choose(&ben, &picture, true).await;
    assert_eq!(favourites(&ben).await, std::slice::from_ref(&picture));
    let shown = ben.ok("image.getMetadata", json!({"imageId": picture})).await;
    assert_eq!((&shown["gallery"][1], &shown["isPublic"]), (&json!("Hidden sea"), &json!(false)));
    assert_eq!(ben.ok("gallery.get", json!({"galleryId": gallery})).await["gallery"]["editable"], false);
    assert_eq!(ben.refused("gallery.setCover", json!({"galleryId": gallery})).await, "forbidden");
    let found = ben.ok("search.pictures", json!({"query": "winter"})).await;
    assert_eq!(found["pictures"], json!([]), "a link is followed, not searched");

    ann.ok("share.revoke", json!({"shareId": share["shareId"]})).await;
    assert!(favourites(&ben).await.is_empty());
    assert_eq!(ben.refused("image.getMetadata", json!({"imageId": picture})).await, "not_found");
    assert_eq!(ben.refused("gallery.setCover", json!({"galleryId": gallery})).await, "not_found");
}
