//! Galleries: read, arranged, and what leaves the public with them.

use crate::site::{Person, Site};
use serde_json::{Value, json};

/// A new gallery with so many new pictures: its id, and theirs in order.
async fn filled(person: &Person, name: &str, public: bool, number: usize) -> (Value, Vec<String>) {
    let made = person.ok("gallery.create", json!({"name": name, "isPublic": public})).await;
    let mut pictures = Vec::new();
    for _ in 0..number {
        pictures.push(person.picture().await);
    }
    if number > 0 {
        let params = json!({"galleryId": made["galleryId"], "imageIds": pictures});
        assert_eq!(person.ok("gallery.addImages", params).await["added"], number);
    }
    (made["galleryId"].clone(), pictures)
}

/// The pictures of a gallery, as it shows them.
async fn order(person: &Person, gallery: &Value) -> Vec<String> {
    ids(&person.ok("gallery.get", json!({"galleryId": gallery})).await["pictures"])
}

fn ids(pictures: &Value) -> Vec<String> {
    pictures.as_array().unwrap().iter().map(|picture| picture["id"].as_str().unwrap().to_owned()).collect()
}

/// What a visitor gets of a picture: `None` when it is not there for them.
async fn public(site: &Site, picture: &str) -> Option<Value> {
    let visitor = site.visitor();
    let answer = visitor.call("image.getMetadata", json!({"imageId": picture})).await;
    let comments = visitor.call("comment.list", json!({"imageId": picture})).await;
    assert_eq!(answer.get("error").is_none(), comments.get("error").is_none(), "{answer} {comments}");
    answer.get("result").cloned()
}

#[tokio::test]
async fn a_gallery_is_read_by_its_id_or_by_its_slug() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (shown, pictures) = filled(&ann, "Winter sea", true, 2).await;
    let visitor = site.visitor();
    let by_id = visitor.ok("gallery.get", json!({"galleryId": shown})).await;
    assert_eq!(by_id, visitor.ok("gallery.get", json!({"slug": "winter-sea", "page": 1})).await);
    assert_eq!((&by_id["gallery"]["name"], &by_id["totalPages"]), (&json!("Winter sea"), &json!(1)));
    assert_eq!((ids(&by_id["pictures"]), &by_id["gallery"]["editable"]), (pictures, &json!(false)));
    assert_eq!(ann.ok("gallery.get", json!({"galleryId": shown})).await["gallery"]["editable"], true);
    assert_eq!(visitor.refused("gallery.get", json!({"galleryId": shown, "page": 2})).await, "not_found");
    for unclear in [json!({}), json!({"slug": ""}), json!({"galleryId": shown, "slug": "winter-sea"})] {
        assert_eq!(visitor.refused("gallery.get", unclear).await, "invalid");
    }

    let (hidden, _) = filled(&ann, "Hidden", false, 0).await;
    let ben = site.member("ben").await;
    for nobody_s in [json!({"galleryId": hidden}), json!({"slug": "hidden"}), json!({"slug": "no-such-gallery"})] {
        assert_eq!(ben.refused("gallery.get", nobody_s).await, "not_found");
    }
}

#[tokio::test]
async fn the_pages_of_public_galleries_follow_at_once() {
    let site = Site::start_with(&[("TUKU_CACHED_READS_SECONDS", "0")]).await;
    let (ann, visitor) = (site.member("ann").await, site.visitor());
    let listed = async |page: u64| {
        let list = visitor.ok("gallery.listPublic", json!({"page": page, "limit": 2})).await;
        let slugs: Vec<_> = list["galleries"].as_array().unwrap().iter().map(|card| card["slug"].clone()).collect();
        (list["totalPages"].clone(), slugs)
    };
    assert_eq!(listed(1).await, (json!(0), vec![]));
    let (first, _) = filled(&ann, "First", true, 0).await;
    filled(&ann, "Hidden", false, 0).await;
    filled(&ann, "Second", true, 0).await;
    let (third, _) = filled(&ann, "Third", true, 0).await;
    assert_eq!(listed(1).await, (json!(2), vec![json!("third"), json!("second")]), "the newest first");
    assert_eq!(listed(2).await, (json!(2), vec![json!("first")]));
    assert_eq!(listed(3).await, (json!(2), vec![]));
    assert_eq!(listed(u64::MAX).await, (json!(2), vec![]));

    ann.ok("gallery.update", json!({"galleryId": first, "name": "First", "isPublic": false})).await;
    assert_eq!(listed(1).await, (json!(1), vec![json!("third"), json!("second")]));
    assert_eq!(listed(2).await, (json!(1), vec![]));
    ann.ok("gallery.delete", json!({"galleryId": third})).await;
    assert_eq!(listed(1).await, (json!(1), vec![json!("second")]));
}

#[tokio::test]
async fn named_pictures_come_first_and_the_others_keep_their_order() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (gallery, pictures) = filled(&ann, "Sea", true, 4).await;
    let [a, b, c, d] = [0, 1, 2, 3].map(|at| pictures[at].clone());
    assert_eq!(order(&ann, &gallery).await, [&a, &b, &c, &d].map(Clone::clone));
    ann.ok("gallery.setOrder", json!({"galleryId": gallery, "imageIds": [d, b, d]})).await;
    assert_eq!(order(&ann, &gallery).await, [&d, &b, &a, &c].map(Clone::clone));
    let covers = &site.visitor().ok("gallery.listPublic", json!({})).await["galleries"][0]["covers"];
    assert_eq!(ids(covers), [&d, &b, &a].map(Clone::clone), "the list of galleries follows");

    let strange = ann.picture().await;
    let wish = json!({"galleryId": gallery, "imageIds": [a, strange]});
    assert_eq!(ann.refused("gallery.setOrder", wish).await, "invalid");
    assert_eq!(order(&ann, &gallery).await, [&d, &b, &a, &c].map(Clone::clone), "all or nothing");
    let ben = site.member("ben").await;
    assert_eq!(ben.refused("gallery.setOrder", json!({"galleryId": gallery, "imageIds": [a]})).await, "forbidden");

    ann.ok("gallery.addImages", json!({"galleryId": gallery, "imageIds": [strange]})).await;
    assert_eq!(order(&ann, &gallery).await.last(), Some(&strange), "what is added comes last");
}

#[tokio::test]
async fn the_chosen_cover_comes_first_until_it_leaves() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (gallery, pictures) = filled(&ann, "Sea", true, 3).await;
    let first = async || {
        let list = site.visitor().ok("gallery.listPublic", json!({})).await;
        ids(&list["galleries"][0]["covers"]).remove(0)
    };
    assert_eq!(first().await, pictures[0]);
    ann.ok("gallery.setCover", json!({"galleryId": gallery, "imageId": pictures[2]})).await;
    assert_eq!(first().await, pictures[2]);
    assert_eq!(order(&ann, &gallery).await, pictures, "the order stays");
    ann.ok("gallery.setCover", json!({"galleryId": gallery})).await;
    assert_eq!(first().await, pictures[0]);

    ann.ok("gallery.setCover", json!({"galleryId": gallery, "imageId": pictures[2]})).await;
    let third = json!({"galleryId": gallery, "imageIds": [pictures[2]]});
    ann.ok("gallery.removeImages", third.clone()).await;
    assert_eq!(first().await, pictures[0]);
    ann.ok("gallery.addImages", third).await;
    assert_eq!(first().await, pictures[0], "it comes back as any other");
    let strange = ann.picture().await;
    assert_eq!(ann.refused("gallery.setCover", json!({"galleryId": gallery, "imageId": strange})).await, "invalid");
}

#[tokio::test]
async fn pictures_move_from_one_gallery_to_another() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (from, pictures) = filled(&ann, "From", true, 3).await;
    let (to, there) = filled(&ann, "To", false, 1).await;
    let both = json!({"galleryId": to, "imageIds": [pictures[0]]});
    ann.ok("gallery.addImages", both).await;
    assert!(public(&site, &pictures[1]).await.is_some());

    let wish = json!({"fromGalleryId": from, "toGalleryId": to, "imageIds": [pictures[1], pictures[0]]});
    assert_eq!(ann.ok("gallery.moveImages", wish.clone()).await, json!({"moved": 2}));
    assert_eq!(order(&ann, &from).await, [pictures[2].clone()]);
    assert_eq!(order(&ann, &to).await, [there[0].clone(), pictures[0].clone(), pictures[1].clone()]);
    assert!(public(&site, &pictures[1]).await.is_none(), "it left the public with the move");

    assert_eq!(ann.refused("gallery.moveImages", wish).await, "invalid", "they are not there any more");
    let same = json!({"fromGalleryId": to, "toGalleryId": to, "imageIds": [pictures[0]]});
    assert_eq!(ann.refused("gallery.moveImages", same).await, "invalid");
    let ben = site.member("ben").await;
    let (ben_s, _) = filled(&ben, "Mine", true, 0).await;
    let stolen = json!({"fromGalleryId": from, "toGalleryId": ben_s, "imageIds": [pictures[2]]});
    assert_eq!(ben.refused("gallery.moveImages", stolen).await, "forbidden");
    let hidden = json!({"fromGalleryId": to, "toGalleryId": ben_s, "imageIds": [pictures[0]]});
    assert_eq!(ben.refused("gallery.moveImages", hidden).await, "not_found");
}

#[tokio::test]
async fn members_put_their_galleries_in_order() {
    let site = Site::start().await;
    let (admin, ann) = (site.admin().await, site.member("ann").await);
    let mut galleries = Vec::new();
    for name in ["One", "Two", "Three"] {
        galleries.push(filled(&ann, name, false, 0).await.0);
    }
    let names = async || {
        let mine = ann.ok("gallery.listMine", json!({})).await;
        let names = mine["galleries"].as_array().unwrap().iter().map(|card| card["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    assert_eq!(names().await.len(), 3);
    ann.ok("gallery.reorder", json!({"galleryIds": [galleries[1], galleries[2], galleries[0]]})).await;
    assert_eq!(names().await, ["Two", "Three", "One"]);
    ann.ok("gallery.reorder", json!({"galleryIds": [galleries[0]]})).await;
    assert_eq!(names().await, ["One", "Two", "Three"], "the others follow as they were");
    filled(&ann, "Four", false, 0).await;
    assert_eq!(names().await[0], "Four", "a new one comes first");

    for (person, list) in [(&admin, json!([galleries[0]])), (&ann, json!([galleries[0], "0123456789abcdefghjkmn"]))] {
        assert_eq!(person.refused("gallery.reorder", json!({"galleryIds": list})).await, "invalid");
    }
    assert_eq!(ann.refused("gallery.reorder", json!({"galleryIds": []})).await, "invalid");
}

#[tokio::test]
async fn what_leaves_the_public_is_gone_for_visitors_at_once() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (gallery, pictures) = filled(&ann, "Sea", true, 1).await;
    let picture = &pictures[0];
    let shown = async |name: &str| {
        // Asked twice, so that the second answer may be a kept one.
        public(&site, picture).await;
        public(&site, picture).await.unwrap_or_else(|| panic!("{name}: it is public"))
    };
    assert_eq!(shown("at first").await["gallery"][1], "Sea");
    ann.ok("gallery.update", json!({"galleryId": gallery, "name": "Ocean", "isPublic": true})).await;
    assert_eq!(shown("renamed").await["gallery"][1], "Ocean");

    ann.ok("gallery.update", json!({"galleryId": gallery, "name": "Ocean", "isPublic": false})).await;
    assert!(public(&site, picture).await.is_none(), "its gallery is private");
    ann.ok("gallery.update", json!({"galleryId": gallery, "name": "Ocean", "isPublic": true})).await;
    shown("public again").await;

    let list = json!({"galleryId": gallery, "imageIds": [picture]});
    ann.ok("gallery.removeImages", list.clone()).await;
    assert!(public(&site, picture).await.is_none(), "it is in no gallery");
    ann.ok("gallery.addImages", list).await;
    shown("added again").await;

    ann.ok("gallery.delete", json!({"galleryId": gallery})).await;
    assert!(public(&site, picture).await.is_none(), "its gallery is gone");
    let (_, others) = filled(&ann, "Other", true, 1).await;
    assert!(public(&site, &others[0]).await.is_some());
    ann.ok("image.delete", json!({"imageId": others[0]})).await;
    assert!(public(&site, &others[0]).await.is_none(), "it is deleted");
}

#[tokio::test]
async fn not_even_an_admin_puts_one_member_s_picture_into_another_s_gallery() {
    let site = Site::start().await;
    let (admin, ann, ben) = (site.admin().await, site.member("ann").await, site.member("ben").await);
    let (_, hers) = ann.gallery("Private", false).await;
    let his = ben.ok("gallery.create", json!({"name": "Mine", "isPublic": false})).await["galleryId"].clone();
    let params = json!({"galleryId": his, "imageIds": [hers]});
    assert_eq!(admin.refused("gallery.addImages", params).await, "invalid");
    let own = ben.picture().await;
    admin.ok("gallery.addImages", json!({"galleryId": his, "imageIds": [own]})).await;
}

#[tokio::test]
async fn the_first_page_says_of_itself_what_hangs_there() {
    let site = Site::start().await;
    let (ann, visitor) = (site.member("ann").await, site.visitor());
    let says = async |words: &str| {
        let page = visitor.page("/").await;
        assert_eq!(page.matches("name=\"description\"").count(), 1);
        assert!(page.contains(&format!("content=\"{words}\"")), "{words}");
    };
    says("Tuku shows pictures. The first public gallery will hang here.").await;
    ann.gallery("Kept to myself", false).await;
    ann.gallery("Sea & sky", true).await;
    says("Tuku shows pictures: Sea &amp; sky.").await;
}
