//! Long lists: every entry can be reached by plain links and by cursors, each once.

use crate::site::{Person, Site};
use serde_json::json;
use std::collections::HashSet;

/// Follows a page's `rel="next"` link, if it has one whose address begins like this.
fn next(page: &str, begins: &str) -> Option<String> {
    let at = page.find(&format!("href=\"{begins}"))? + "href=\"".len();
    let address = &page[at..][..page[at..].find('"')?];
    Some(address.replace("&amp;", "&"))
}

async fn begin_uploads(person: &Person, number: usize) {
    for n in 0..number {
        let filename = format!("file number {n} of many.jpg");
        let params = json!({"filename": filename, "contentType": "image/jpeg", "size": 1_000});
        person.ok("image.generateUploadUrl", params).await;
    }
}

#[tokio::test]
async fn the_dashboard_leads_to_the_oldest_picture() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    begin_uploads(&ann, 103).await;
    let mut seen = HashSet::new();
    let mut path = Some("/dashboard".to_owned());
    let mut pages = 0;
    while let Some(address) = path {
        let page = ann.page(&address).await;
        for n in 0..103 {
            if page.contains(&format!("file number {n} of many")) {
                assert!(seen.insert(n), "{n} is listed twice");
            }
        }
        pages += 1;
        path = next(&page, "/dashboard?before=");
    }
    assert_eq!((seen.len(), pages), (103, 2));
}

#[tokio::test]
async fn every_comment_can_be_read_without_script() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (_, picture) = ann.gallery("Sea", true).await;
    for n in 0..53 {
        ann.ok("comment.add", json!({"imageId": picture, "content": format!("comment number {n}.")})).await;
    }
    let visitor = site.visitor();
    let first = visitor.page(&format!("/photos/{picture}")).await;
    assert!(first.contains("comment number 49.") && !first.contains("comment number 50."));
    let more = next(&first, &format!("/photos/{picture}?comments=")).expect("a link to the rest");
    let rest = visitor.page(&more).await;
    assert!(rest.contains("comment number 50.") && rest.contains("comment number 52."));
    assert!(!rest.contains("comment number 49.") && rest.contains("From the first"));
}
