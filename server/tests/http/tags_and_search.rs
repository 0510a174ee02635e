//! Tags and search: what is found, by whom, and what is never told.

use crate::site::{Person, Site, pictures};
use serde_json::{Value, json};

/// A small new picture of this title.
async fn picture(person: &Person, title: &str) -> String {
    let sent = person.send("a.jpg", "image/jpeg", pictures::jpeg(64, 48, 1)).await;
    let id = sent["picture"]["id"].as_str().unwrap().to_owned();
    person.ok("image.update", json!({"imageId": id, "title": title})).await;
    id
}

/// Makes pictures public, in a new gallery; its id.
async fn publish(person: &Person, pictures: &[&str]) -> Value {
    let made = person.ok("gallery.create", json!({"name": "Shown", "isPublic": true})).await;
    person.ok("gallery.addImages", json!({"galleryId": made["galleryId"], "imageIds": pictures})).await;
    made["galleryId"].clone()
}

/// What a list answers on one page.
async fn listed(person: &Person, method: &str, params: Value) -> Vec<String> {
    let page = person.ok(method, params).await;
    assert_eq!(page["nextCursor"], Value::Null, "{page}");
    page["pictures"].as_array().unwrap().iter().map(|picture| picture["id"].as_str().unwrap().to_owned()).collect()
}

async fn found(person: &Person, query: &str) -> Vec<String> {
    listed(person, "search.pictures", json!({"query": query})).await
}

#[tokio::test]
async fn tags_are_counted_over_what_is_public() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (shown, hidden) = (picture(&ann, "Shown").await, picture(&ann, "Hidden").await);
    let also = picture(&ann, "Also shown").await;
    for (id, tags) in [(&shown, json!(["sea", "winter"])), (&also, json!(["sea"])), (&hidden, json!(["sea", "secret"]))]
    {
        ann.ok("image.update", json!({"imageId": id, "tags": tags})).await;
    }
    let gallery = publish(&ann, &[&shown, &also]).await;
    let twice = publish(&ann, &[&shown]).await;
    let visitor = site.visitor();
    let counts = json!([{"name": "sea", "count": 2}, {"name": "winter", "count": 1}]);
    for person in [&visitor, &ann] {
        assert_eq!(person.ok("tag.list", json!({})).await, json!({"tags": counts}));
    }
    assert_eq!(visitor.ok("tag.list", json!({"limit": 1})).await["tags"].as_array().unwrap().len(), 1);
    for limit in [0, 501] {
        assert_eq!(visitor.refused("tag.list", json!({"limit": limit})).await, "invalid");
    }

    ann.ok("gallery.delete", json!({"galleryId": gallery})).await;
    assert_eq!(visitor.ok("tag.list", json!({})).await["tags"][0]["count"], 1);
    ann.ok("gallery.update", json!({"galleryId": twice, "name": "Shown", "isPublic": false})).await;
    assert_eq!(visitor.ok("tag.list", json!({})).await, json!({"tags": []}));
}

#[tokio::test]
async fn a_tag_leads_to_the_pictures_one_may_see() {
    let site = Site::start().await;
    let (admin, ann, ben) = (site.admin().await, site.member("ann").await, site.member("ben").await);
    let (shown, hidden) = (picture(&ann, "Shown").await, picture(&ann, "Hidden").await);
    for id in [&shown, &hidden] {
        ann.ok("image.update", json!({"imageId": id, "tags": ["冬 海", "only mine"]})).await;
    }
    publish(&ann, &[&shown]).await;
    let both = [hidden.clone(), shown.clone()];
    for (person, ids) in [(&site.visitor(), &both[1..]), (&ben, &both[1..]), (&ann, &both[..]), (&admin, &both[..])] {
        assert_eq!(listed(person, "tag.pictures", json!({"tag": " #冬  海"})).await, ids);
    }
    assert!(listed(&ben, "tag.pictures", json!({"tag": "nobody has it"})).await.is_empty());
    for tag in ["", "a, b"] {
        assert_eq!(ben.refused("tag.pictures", json!({"tag": tag})).await, "invalid");
    }
}

#[tokio::test]
async fn pictures_are_found_by_words_of_title_description_and_tags() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let sea = picture(&ann, "Winter Sea, at dawn").await;
    let words = json!({"imageId": sea, "description": "A café by the harbour.", "tags": ["blue hour"]});
    ann.ok("image.update", words).await;
    let snow = picture(&ann, "冬天的雪山 2024").await;
    for query in ["winter", "SEA winter", "daw", "cafe", "harbour, sea!", "blue", "sea \"blue hour\"", "bl"] {
        assert_eq!(found(&ann, query).await, std::slice::from_ref(&sea), "{query}");
    }
    for query in ["冬天", "雪山", "雪", "天的雪", "2024 雪山", "冬天 202"] {
        assert_eq!(found(&ann, query).await, std::slice::from_ref(&snow), "{query}");
    }
    for query in ["win sea", "summer", "sea summer", "山雪", "冬山", "sea OR 雪", "title:winter", "NOT sea"] {
        assert!(found(&ann, query).await.is_empty(), "{query}");
    }
    for query in ["", "  ", "\"", "*", "(sea", "sea*\"", "^", "🌊", "a\u{0}b", "' OR 1=1 --"] {
        ann.ok("search.pictures", json!({"query": query})).await;
    }
    ann.ok("search.pictures", json!({"query": "海".repeat(200)})).await;
    assert_eq!(ann.refused("search.pictures", json!({"query": "海".repeat(201)})).await, "invalid");
}

#[tokio::test]
async fn search_follows_every_change_of_words() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let id = ann.picture().await;
    assert_eq!(found(&ann, "winter sea").await, std::slice::from_ref(&id), "by the title a file brings");
    ann.ok("image.update", json!({"imageId": id, "title": "Mountain"})).await;
    assert!(found(&ann, "winter").await.is_empty());
    ann.ok("image.update", json!({"imageId": id, "tags": ["alps", "snow"]})).await;
    assert_eq!(found(&ann, "mountain alps").await, std::slice::from_ref(&id), "what is left out stays");
    ann.ok("image.update", json!({"imageId": id, "tags": ["snow"]})).await;
    assert!(found(&ann, "alps").await.is_empty());
    let change = json!({"imageIds": [id], "addTags": ["glacier"], "removeTags": ["snow"]});
    ann.ok("image.updateMany", change).await;
    assert_eq!((found(&ann, "glacier").await.len(), found(&ann, "snow").await.len()), (1, 0));
    ann.ok("image.delete", json!({"imageId": id})).await;
    assert!(found(&ann, "mountain").await.is_empty());
}

#[tokio::test]
async fn private_pictures_show_to_others_neither_in_pages_nor_by_cursors() {
    let site = Site::start().await;
    let (admin, ann, ben) = (site.admin().await, site.member("ann").await, site.member("ben").await);
    let mut shown = Vec::new();
    for _ in 0..61 {
        let id = picture(&ann, "Winter").await;
        ann.ok("image.update", json!({"imageId": id, "tags": ["sea"]})).await;
        shown.push(id);
    }
    let params = |query: &str| [("search.pictures", json!({"query": query})), ("tag.pictures", json!({"tag": "sea"}))];
    for (method, wish) in params("winter") {
        assert!(listed(&ben, method, wish).await.is_empty(), "{method}: all are private, and no cursor tells of them");
    }
    for (from, to) in [(0, 30), (31, 61)] {
        publish(&ann, &shown[from..to].iter().map(String::as_str).collect::<Vec<_>>()).await;
    }
    let private = shown.remove(30);
    shown.reverse();
    for (method, wish) in params("winter") {
        for person in [&ben, &site.visitor()] {
            assert_eq!(listed(person, method, wish.clone()).await, shown, "{method}");
        }
        let mut all = Vec::new();
        let mut cursor = Value::Null;
        for size in [60, 1] {
            let mut wish = wish.clone();
            wish["cursor"] = cursor;
            let page = admin.ok(method, wish).await;
            let pictures = page["pictures"].as_array().unwrap().clone();
            assert_eq!(pictures.len(), size, "{method}");
            all.extend(pictures.into_iter().map(|picture| picture["id"].as_str().unwrap().to_owned()));
            cursor = page["nextCursor"].clone();
        }
        assert_eq!((cursor, all.len()), (Value::Null, 61));
        assert!(all.contains(&private) && shown.iter().all(|id| all.contains(id)), "{method}: each once");
    }
    // Another's picture as a cursor tells nothing of its place: it counts as the one after it that may be seen.
    let from = |cursor: &str| json!({"query": "winter", "cursor": cursor});
    let next = shown.iter().filter(|id| **id > private).min().unwrap();
    assert_eq!(found_from(&ben, from(&private)).await, found_from(&ben, from(next)).await);
    assert_eq!(ben.refused("search.pictures", from("no cursor")).await, "invalid");
}

async fn found_from(person: &Person, params: Value) -> Vec<String> {
    listed(person, "search.pictures", params).await
}
