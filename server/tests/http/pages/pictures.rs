//! Pictures found, kept, shared and commented on.

use super::{refused, sent, shown_once, text};
use crate::site::{Site, pictures};
use reqwest::{StatusCode, header};
use serde_json::json;

#[tokio::test]
async fn a_share_link_is_made_where_a_gallery_or_a_picture_is_edited() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (slug, picture) = ann.gallery("Private", false).await;
    let id = text(&ann.ok("gallery.listMine", json!({})).await["galleries"][0]["id"]);
    let path = |url: &str| url.strip_prefix(&site.url).unwrap_or_else(|| panic!("{url} is not on the site")).to_owned();

    let wish = [("galleryId", id.as_str()), ("password", ""), ("expiresIn", "604800")];
    let link = path(&shown_once(&ann, &format!("/dashboard/galleries/{id}"), "share.create", &wish).await);
    let opened = site.visitor().get(&link).await;
    assert_eq!(opened.headers()[header::LOCATION].to_str().unwrap(), format!("/gallery/{slug}"));

    let place = format!("/photos/{picture}");
    let wish = [("imageId", picture.as_str()), ("password", "a secret word"), ("expiresIn", "")];
    let locked = path(&shown_once(&ann, &place, "share.create", &wish).await);
    assert!(site.visitor().page(&locked).await.contains("value=\"share.unlock\""));
    let page = refused(&ann, &place, "share.create", &[("imageId", &picture), ("password", "short")]).await;
    assert!(page.contains("at least 8 characters") && !page.contains("value=\"short\""));

    let shares = ann.ok("share.list", json!({})).await["shares"].clone();
    for share in shares.as_array().unwrap() {
        assert!(ann.page("/account").await.contains(share["id"].as_str().unwrap()));
        sent(&ann, "/account", "share.revoke", &[("shareId", share["id"].as_str().unwrap())]).await;
    }
    for link in [link, locked] {
        assert_eq!(site.visitor().get(&link).await.status(), StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn pictures_are_found_by_words_and_by_tags() {
    let site = Site::start().await;
    let (ann, visitor) = (site.member("ann").await, site.visitor());
    let (_, shown) = ann.gallery("Sea", true).await;
    let hidden = ann.picture().await;
    for (id, tags) in [(&shown, json!(["blue/hour", "冬"])), (&hidden, json!(["blue/hour", "secret"]))] {
        ann.ok("image.update", json!({"imageId": id, "title": "The harbour", "tags": tags})).await;
    }
    let page = visitor.page("/search?q=harbour").await;
    assert!(page.contains(&shown) && !page.contains(&hidden) && page.contains("value=\"harbour\""));
    assert!(ann.page("/search?q=harbour").await.contains(&hidden));
    assert!(visitor.page("/search?q=nothing+at+all").await.contains("Nothing was found for “nothing at all”."));
    let page = visitor.page("/search").await;
    assert!(page.contains("href=\"/tags/blue%2Fhour\"") && !page.contains("secret"));
    let long = visitor.get(&format!("/search?q={}", "x".repeat(201))).await;
    assert_eq!(long.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(long.text().await.unwrap().contains("at most 200 characters"));

    assert!(visitor.page(&format!("/photos/{shown}")).await.contains("href=\"/tags/%E5%86%AC\""));
    for tag in ["/tags/%E5%86%AC", "/tags/blue%2Fhour"] {
        let page = visitor.page(tag).await;
        assert!(page.contains(&shown) && !page.contains(&hidden), "{tag}");
    }
    assert!(ann.page("/tags/secret").await.contains(&hidden));
    for missing in ["/tags/secret", "/tags/unknown", "/tags/a,b", "/tags/"] {
        assert_eq!(visitor.get(missing).await.status(), StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn a_search_leads_to_the_oldest_picture() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let bytes = pictures::jpeg(64, 48, 1);
    let mut all = Vec::new();
    for n in 0..61 {
        let sent = ann.send(&format!("harbour number {n}.jpg"), "image/jpeg", bytes.clone()).await;
        all.push(text(&sent["picture"]["id"]));
    }
    let first = ann.page("/search?q=harbour").await;
    let (_, older) = first.split_once("href=\"/search?q=harbour&amp;before=").expect("a link to the rest");
    let rest = ann.page(&format!("/search?q=harbour&before={}", older.split('"').next().unwrap())).await;
    for (n, id) in all.iter().enumerate() {
        assert_eq!((first.contains(id), rest.contains(id)), (n > 0, n == 0), "{n}");
    }
    assert!(!rest.contains("&amp;before="));
}

#[tokio::test]
async fn favourites_are_kept_from_a_picture_s_page() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let (_, picture) = ann.gallery("Sea", true).await;
    let path = format!("/photos/{picture}");
    assert_eq!(site.visitor().get("/favourites").await.headers()[header::LOCATION], "/login?next=/favourites");
    assert!(!site.visitor().page(&path).await.contains("image.favourite"));
    assert!(ben.page("/favourites").await.contains("You have no favourites yet."));
    let favourite = |wanted| [("imageId", picture.as_str()), ("favourite", wanted)];
    assert_eq!(sent(&ben, &path, "image.favourite", &favourite("true")).await, path);
    assert!(ben.page("/favourites").await.contains(&picture) && !ann.page("/favourites").await.contains(&picture));
    sent(&ben, &path, "image.favourite", &favourite("false")).await;
    assert!(!ben.page("/favourites").await.contains(&picture));
}

#[tokio::test]
async fn a_comment_is_changed_and_deleted_by_forms() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let (_, picture) = ann.gallery("Sea", true).await;
    let path = format!("/photos/{picture}");
    sent(&ben, &path, "comment.add", &[("imageId", &picture), ("content", "Beautifull.")]).await;
    let id = text(&ben.ok("comment.list", json!({"imageId": picture})).await["comments"][0]["id"]);
    for (person, may_edit, may_delete) in [(&ben, true, true), (&ann, false, true), (&site.visitor(), false, false)] {
        let page = person.page(&path).await;
        assert_eq!((page.contains("comment.edit"), page.contains("comment.delete")), (may_edit, may_delete));
    }
    let page = refused(&ben, &path, "comment.edit", &[("commentId", &id), ("content", " ")]).await;
    assert!(page.contains("Write something first.") && page.contains("<details open"));
    assert_eq!(sent(&ben, &path, "comment.edit", &[("commentId", &id), ("content", "Beautiful.")]).await, path);
    let page = site.visitor().page(&path).await;
    assert!(page.contains("Beautiful.") && page.contains(">edited<") && !page.contains("Beautifull."));
    sent(&ann, &path, "comment.delete", &[("commentId", &id)]).await;
    assert!(!ben.page(&path).await.contains("Beautiful."));
}

#[tokio::test]
async fn words_that_look_like_markup_are_shown_as_they_are() {
    let site = Site::start().await;
    let (ann, visitor) = (site.member("ann").await, site.visitor());
    let (slug, picture) = ann.gallery("Sea", true).await;
    let (words, shown) = ("a<!></head></html><b>\"&'", "a&lt;!&gt;&lt;/head&gt;&lt;/html&gt;&lt;b&gt;");
    ann.ok("image.update", json!({"imageId": picture, "title": words, "description": words})).await;
    for path in [format!("/gallery/{slug}"), format!("/photos/{picture}")] {
        let page = visitor.page(&path).await;
        assert!(page.contains(&format!("{shown}\"&amp;'")), "as text: {page}");
        assert!(page.contains(&format!("alt=\"{shown}&quot;&amp;'\"")), "as an attribute: {page}");
        assert!(!page.contains("<b>") && page.ends_with("</html>") && page.contains("</head><body>"), "{page}");
    }
}
