//! Share links: what they open, for whom, and until when.

use crate::site::{Person, Site};
use reqwest::{StatusCode, header};
use serde_json::{Value, json};
use std::time::Duration;

/// A gallery that is not public with a picture in it: its id, its slug, the picture.
async fn private(person: &Person, name: &str) -> (String, String, String) {
    let made = person.ok("gallery.create", json!({"name": name, "isPublic": false})).await;
    let picture = person.picture().await;
    person.ok("gallery.addImages", json!({"galleryId": made["galleryId"], "imageIds": [picture]})).await;
    (text(&made["galleryId"]), text(&made["slug"]), picture)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// A new link's path on the site.
async fn link(person: &Person, params: Value) -> String {
    let made = person.ok("share.create", params).await;
    let url = text(&made["url"]);
    let path = url.strip_prefix(&person.address("")).unwrap_or_else(|| panic!("{url} is not on the site"));
    assert_eq!(path.len(), "/s/".len() + 40, "{path}");
    path.to_owned()
}

/// Where a link leads.
async fn follow(person: &Person, link: &str) -> String {
    let sent = person.get(link).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER, "{link}");
    sent.headers()[header::LOCATION].to_str().unwrap().to_owned()
}

/// A page's status and text, with its own address taken out.
async fn seen(person: &Person, path: &str) -> (StatusCode, String) {
    let response = person.get(path).await;
    (response.status(), response.text().await.unwrap().replace(path, "PATH"))
}

async fn is_missing(person: &Person, path: &str) -> bool {
    person.get(path).await.status() == StatusCode::NOT_FOUND
}

#[tokio::test]
async fn a_gallery_s_link_opens_it_with_its_pictures_and_nothing_else() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (gallery, slug, picture) = private(&ann, "Winter sea").await;
    let (_, other_slug, other) = private(&ann, "Summer").await;
    let link = link(&ann, json!({"galleryId": gallery})).await;
    let friend = site.visitor();
    assert!(is_missing(&friend, &format!("/gallery/{slug}")).await);
    assert_eq!(follow(&friend, &link).await, format!("/gallery/{slug}"));

    assert!(friend.page(&format!("/gallery/{slug}")).await.contains(&picture));
    friend.page(&format!("/photos/{picture}")).await;
    let variant = friend.get(&format!("/images/view/{picture}/width=320,v=1")).await;
    assert_eq!(variant.status(), StatusCode::OK);
    assert_eq!(variant.headers()["cache-control"], "private, no-cache");
    let known = friend.ok("image.getMetadata", json!({"imageId": picture})).await;
    assert_eq!((&known["editable"], &known["isPublic"]), (&json!(false), &json!(false)));
    friend.ok("comment.list", json!({"imageId": picture})).await;

    let view = format!("/images/view/{other}/width=320");
    for path in [format!("/gallery/{other_slug}"), format!("/photos/{other}"), view] {
        assert!(is_missing(&friend, &path).await, "{path}");
    }
    assert_eq!(friend.refused("image.getMetadata", json!({"imageId": other})).await, "not_found");
    assert!(!friend.page("/").await.contains("Winter sea"), "a link lists nothing");
    assert_eq!(site.visitor().refused("image.getMetadata", json!({"imageId": picture})).await, "not_found");
}

#[tokio::test]
async fn a_picture_s_link_opens_it_alone() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (gallery, slug, picture) = private(&ann, "The coast").await;
    let beside = ann.picture().await;
    ann.ok("gallery.addImages", json!({"galleryId": gallery, "imageIds": [beside]})).await;
    let link = link(&ann, json!({"imageId": picture})).await;
    let friend = site.visitor();
    assert_eq!(follow(&friend, &link).await, format!("/photos/{picture}"));
    assert!(!friend.page(&format!("/photos/{picture}")).await.contains("The coast"), "its gallery is not told");
    let view = format!("/images/view/{beside}/width=320");
    for path in [format!("/photos/{beside}"), format!("/gallery/{slug}"), view] {
        assert!(is_missing(&friend, &path).await, "{path}");
    }
}

#[tokio::test]
async fn whoever_holds_a_link_changes_nothing() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (gallery, _, picture) = private(&ann, "Winter sea").await;
    let link = link(&ann, json!({"galleryId": gallery})).await;
    let (friend, ben) = (site.visitor(), site.member("ben").await);
    follow(&friend, &link).await;
    follow(&ben, &link).await;
    for (method, params) in [
        ("image.update", json!({"imageId": picture, "title": "Mine"})),
        ("image.delete", json!({"imageId": picture})),
        ("image.generateViewUrl", json!({"imageId": picture})),
        ("gallery.update", json!({"galleryId": gallery, "name": "Mine", "isPublic": true})),
        ("gallery.removeImages", json!({"galleryId": gallery, "imageIds": [picture]})),
        ("gallery.delete", json!({"galleryId": gallery})),
        ("share.create", json!({"galleryId": gallery})),
    ] {
        assert_eq!(friend.refused(method, params.clone()).await, "unauthenticated", "{method}");
        assert_eq!(ben.refused(method, params).await, "forbidden", "{method}");
    }
    ben.ok("comment.add", json!({"imageId": picture, "content": "The light!"})).await;
    assert_eq!(ben.ok("image.like", json!({"imageId": picture, "liked": true})).await["likes"], 1);
}

#[tokio::test]
async fn unknown_revoked_and_expired_links_are_pages_that_are_not_there() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (gallery, slug, picture) = private(&ann, "Winter sea").await;
    let (friend, late) = (site.visitor(), site.visitor());
    let expired = link(&ann, json!({"galleryId": gallery, "expiresIn": 3})).await;
    follow(&late, &expired).await;
    let locked = link(&ann, json!({"galleryId": gallery, "password": "long enough", "expiresIn": 1})).await;
    let revoked = link(&ann, json!({"galleryId": gallery})).await;
    follow(&friend, &revoked).await;
    friend.page(&format!("/gallery/{slug}")).await;

    let shares = ann.ok("share.list", json!({})).await["shares"].clone();
    assert_eq!(shares.as_array().unwrap().len(), 3);
    ann.ok("share.revoke", json!({"shareId": shares[0]["id"]})).await;
    tokio::time::sleep(Duration::from_millis(3_100)).await;
    for person in [&friend, &late] {
        let view = format!("/images/view/{picture}/width=320");
        for path in [format!("/gallery/{slug}"), format!("/photos/{picture}"), view] {
            assert!(is_missing(person, &path).await, "{path}: an opened link has ended");
        }
    }
    let visitor = site.visitor();
    let missing = seen(&visitor, &format!("/gallery/{}", "0".repeat(40))).await;
    assert_eq!(missing.0, StatusCode::NOT_FOUND);
    for path in [&expired, &locked, &revoked, &format!("/s/{}", "0".repeat(40)), &"/s/x".to_owned()] {
        assert_eq!(seen(&visitor, path).await, missing, "{path}");
        let guess = json!({"token": path.trim_start_matches("/s/"), "password": "long enough"});
        assert_eq!(visitor.refused("share.unlock", guess).await, "not_found");
    }
}

#[tokio::test]
async fn a_password_is_asked_for_before_anything_is_told() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (gallery, slug, _) = private(&ann, "Winter sea").await;
    let link = link(&ann, json!({"galleryId": gallery, "password": "correct horse"})).await;
    let token = link.trim_start_matches("/s/").to_owned();
    let friend = site.visitor();
    let asked = friend.page(&link).await;
    assert!(asked.contains("value=\"share.unlock\"") && !asked.contains("Winter sea") && !asked.contains(&slug));

    let wrong = friend.submit(&link, "share.unlock", &[("token", token.as_str()), ("password", "wrong horse")]).await;
    assert_eq!(wrong.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().await.unwrap().contains("not the password of this link"));
    assert_eq!(friend.refused("share.unlock", json!({"token": token})).await, "invalid");
    assert!(is_missing(&friend, &format!("/gallery/{slug}")).await);

    let right = friend.submit(&link, "share.unlock", &[("token", token.as_str()), ("password", "correct horse")]).await;
    assert_eq!(right.status(), StatusCode::SEE_OTHER);
    assert_eq!(right.headers()[header::LOCATION], link);
    assert_eq!(follow(&friend, &link).await, format!("/gallery/{slug}"), "it is not asked for again");
    friend.page(&format!("/gallery/{slug}")).await;

    let program = site.visitor();
    let unlocked = program.ok("share.unlock", json!({"token": token, "password": "correct horse"})).await;
    assert_eq!(unlocked["path"], format!("/gallery/{slug}"));
    program.page(&format!("/gallery/{slug}")).await;
}

#[tokio::test]
async fn passwords_of_links_are_not_guessed_by_trying() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (gallery, _, _) = private(&ann, "Winter sea").await;
    let link = link(&ann, json!({"galleryId": gallery, "password": "correct horse"})).await;
    let guess = json!({"token": link.trim_start_matches("/s/"), "password": "wrong horse"});
    let visitor = site.visitor();
    let mut tries = 0;
    // Windows are fixed in time: one may end in between.
    while visitor.refused("share.unlock", guess.clone()).await != "rate_limited" {
        tries += 1;
        assert!(tries <= 120, "never too many");
    }
    assert!(tries >= 60, "{tries}");
    let params = json!({"token": link.trim_start_matches("/s/"), "password": "correct horse"});
    assert_eq!(visitor.refused("share.unlock", params).await, "rate_limited", "the right one tells no more");
}

#[tokio::test]
async fn several_links_stay_open_side_by_side() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let friend = site.visitor();
    let mut pages = Vec::new();
    for name in ["Winter", "Spring", "Summer"] {
        let (gallery, slug, _) = private(&ann, name).await;
        follow(&friend, &link(&ann, json!({"galleryId": gallery})).await).await;
        pages.push(format!("/gallery/{slug}"));
    }
    for page in pages {
        friend.page(&page).await;
    }
}

#[tokio::test]
async fn a_link_s_cookie_is_signed_and_follows_links_from_other_sites() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (gallery, slug, _) = private(&ann, "Winter sea").await;
    let sent = site.visitor().get(&link(&ann, json!({"galleryId": gallery})).await).await;
    let cookie = sent.headers()[header::SET_COOKIE].to_str().unwrap();
    for part in ["tuku-links=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let signed = cookie.split(';').next().unwrap();
    let page = format!("/gallery/{slug}");
    site.with_cookie(signed).page(&page).await;
    let (said, _) = signed.rsplit_once('.').unwrap();
    for forged in [format!("{said}.forged"), signed.replace("tuku-links=", "tuku=")] {
        assert!(is_missing(&site.with_cookie(&forged), &page).await, "{forged}");
    }
}

#[tokio::test]
async fn over_https_a_link_s_cookie_is_secure_and_bound_to_the_host() {
    let site = Site::start_with(&[("TUKU_PUBLIC_URL", "https://photos.example.com")]).await;
    site.member("ann").await;
    let ann = site.with_cookie(&site.sign_in("ann").await);
    let made = ann.ok("gallery.create", json!({"name": "Sea"})).await;
    let shared = ann.ok("share.create", json!({"galleryId": made["galleryId"]})).await;
    let path = text(&shared["url"]).replace("https://photos.example.com", "");
    let sent = site.visitor().get(&path).await;
    let cookie = sent.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-tuku-links=") && cookie.ends_with("; Secure"), "{cookie}");
}

#[tokio::test]
async fn links_are_their_owner_s_to_list_and_to_revoke() {
    let site = Site::start().await;
    let admin = site.admin().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let (gallery, _, picture) = private(&ann, "Winter sea").await;
    ann.ok("share.create", json!({"imageId": picture})).await;
    let params = json!({"galleryId": gallery, "password": "long enough", "expiresIn": 3600});
    let made = admin.ok("share.create", params).await;

    let shares = ann.ok("share.list", json!({})).await;
    let (newest, oldest) = (&shares["shares"][0], &shares["shares"][1]);
    assert_eq!((&newest["id"], &newest["galleryId"]), (&made["shareId"], &json!(gallery)), "also what an admin made");
    assert_eq!((&newest["name"], &newest["hasPassword"]), (&json!("Winter sea"), &json!(true)));
    assert_eq!(newest["expiresAt"].as_i64().unwrap() - newest["createdAt"].as_i64().unwrap(), 3600);
    assert_eq!((&oldest["imageId"], &oldest["hasPassword"]), (&json!(picture), &json!(false)));
    assert_eq!((oldest.get("expiresAt"), oldest.get("galleryId")), (None, None));
    assert_eq!(ben.ok("share.list", json!({})).await, json!({"shares": [], "nextCursor": null}));

    assert_eq!(ben.refused("share.revoke", json!({"shareId": newest["id"]})).await, "not_found");
    assert_eq!(site.visitor().refused("share.revoke", json!({"shareId": newest["id"]})).await, "unauthenticated");
    ann.ok("share.revoke", json!({"shareId": newest["id"]})).await;
    admin.ok("share.revoke", json!({"shareId": oldest["id"]})).await;
    assert_eq!(ann.refused("share.revoke", json!({"shareId": oldest["id"]})).await, "not_found");
    assert_eq!(ann.ok("share.list", json!({})).await["shares"], json!([]));
}

#[tokio::test]
async fn only_who_may_change_a_thing_shares_it() {
    let site = Site::start().await;
    let (ann, ben) = (site.member("ann").await, site.member("ben").await);
    let (hidden, _, picture) = private(&ann, "Winter sea").await;
    let (_, shown) = ann.gallery("Summer", true).await;
    assert_eq!(ben.refused("share.create", json!({"galleryId": hidden})).await, "not_found");
    assert_eq!(ben.refused("share.create", json!({"imageId": picture})).await, "not_found");
    assert_eq!(ben.refused("share.create", json!({"imageId": shown})).await, "forbidden");
    assert_eq!(site.visitor().refused("share.create", json!({"imageId": shown})).await, "unauthenticated");
    for params in [
        json!({}),
        json!({"imageId": picture, "galleryId": hidden}),
        json!({"imageId": picture, "password": "short"}),
        json!({"imageId": picture, "expiresIn": 0}),
        json!({"imageId": picture, "expiresIn": u64::MAX}),
    ] {
        assert_eq!(ann.refused("share.create", params.clone()).await, "invalid", "{params}");
    }
}

#[tokio::test]
async fn a_link_ends_with_what_it_opens() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (gallery, _, picture) = private(&ann, "Winter sea").await;
    let links = [link(&ann, json!({"galleryId": gallery})).await, link(&ann, json!({"imageId": picture})).await];
    ann.ok("image.delete", json!({"imageId": picture})).await;
    ann.ok("gallery.delete", json!({"galleryId": gallery})).await;
    for link in links {
        assert!(is_missing(&site.visitor(), &link).await);
    }
    assert_eq!(ann.ok("share.list", json!({})).await["shares"], json!([]));
}
