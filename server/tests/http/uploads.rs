//! Uploads: straight to storage, then looked at.

use crate::site::{Person, Site, pictures};
use reqwest::{StatusCode, header, multipart};
use serde_json::json;

#[tokio::test]
async fn a_picture_goes_straight_to_storage_and_becomes_part_of_the_library() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let confirmed = ann.send("Winter_sea.jpg", "image/jpeg", pictures::jpeg(600, 400, 6)).await;
    assert_eq!(confirmed["state"], "completed");
    let picture = &confirmed["picture"];
    assert_eq!((&picture["width"], &picture["height"]), (&json!(400), &json!(600)), "as shown");
    assert_eq!(picture["title"], "Winter sea");

    let known = ann.ok("image.getMetadata", json!({"imageId": picture["id"]})).await;
    assert_eq!((&known["isPublic"], &known["likes"], &known["editable"]), (&json!(false), &json!(0), &json!(true)));
    let original = ann.ok("image.generateViewUrl", json!({"imageId": picture["id"]})).await;
    let original = ann.client.get(original["viewUrl"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(original.bytes().await.unwrap(), pictures::jpeg(600, 400, 6), "the original is untouched");
}

#[tokio::test]
async fn what_is_not_a_whole_picture_is_refused_with_a_reason() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let whole = pictures::jpeg(600, 400, 1);
    for (kind, bytes, says) in [
        ("image/jpeg", b"this is only text, whatever its name".to_vec(), "not a picture"),
        ("image/jpeg", whole[..whole.len() / 2].to_vec(), "again"),
    ] {
        let confirmed = ann.send("a.jpg", kind, bytes).await;
        assert_eq!(confirmed["state"], "failed", "{confirmed}");
        let reason = confirmed["reason"].as_str().unwrap();
        assert!(reason.contains(says), "{reason}");
    }
    let failed = ann.page("/dashboard").await;
    assert!(failed.contains("not a picture"), "the owner reads why");
}

#[tokio::test]
async fn a_picture_is_what_its_bytes_are_whatever_the_upload_called_it() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let confirmed = ann.send("a.png", "image/png", pictures::jpeg(600, 400, 1)).await;
    assert_eq!(confirmed["state"], "completed", "{confirmed}");
    let original = ann.ok("image.generateViewUrl", json!({"imageId": confirmed["picture"]["id"]})).await;
    let original = ann.client.get(original["viewUrl"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(original.headers()[header::CONTENT_TYPE], "image/jpeg");
}

#[tokio::test]
async fn an_upload_that_has_not_arrived_stays_pending() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let ticket = ann.ok("image.generateUploadUrl", json!({"filename": "a.jpg", "contentType": "image/jpeg"})).await;
    let confirmed = ann.ok("image.confirmUpload", json!({"assetId": ticket["assetId"]})).await;
    assert_eq!(confirmed["state"], "pending");
    let hers = json!({"assetId": ticket["assetId"]});
    assert_eq!(site.member("ben").await.refused("image.confirmUpload", hers).await, "not_found");
}

#[tokio::test]
async fn an_address_takes_only_the_declared_size_and_type() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let params = json!({"filename": "a.jpg", "contentType": "image/jpeg", "size": 10});
    for (kind, bytes) in [("image/jpeg", &b"eleven byte"[..]), ("text/html", b"ten bytes!")] {
        let ticket = ann.ok("image.generateUploadUrl", params.clone()).await;
        let put = ann.client.put(ticket["uploadUrl"].as_str().unwrap()).header(header::CONTENT_TYPE, kind);
        assert_eq!(put.body(bytes.to_vec()).send().await.unwrap().status(), StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn an_address_takes_the_type_that_was_declared_as_it_was_written() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    for (declared, sent_as) in [
        ("application/octet-stream", "application/octet-stream"),
        ("image/jpg", "image/jpg"),
        ("Image/JPEG;  name=\"a b.jpg\"", "Image/JPEG;  name=\"a b.jpg\""),
        ("", "image/jpeg"),
    ] {
        let params = json!({"filename": "a.JPG", "contentType": declared});
        let ticket = ann.ok("image.generateUploadUrl", params).await;
        assert_eq!(ticket["contentType"], sent_as);
        let put = ann.client.put(ticket["uploadUrl"].as_str().unwrap()).header(header::CONTENT_TYPE, sent_as);
        let put = put.body(pictures::jpeg(60, 40, 1)).send().await.unwrap();
        assert_eq!(put.status(), StatusCode::OK, "{declared}: {}", put.text().await.unwrap());
        let confirmed = ann.ok("image.confirmUpload", json!({"assetId": ticket["assetId"]})).await;
        assert_eq!(confirmed["state"], "completed", "{declared}: {confirmed}");
        let original = ann.get(&format!("/images/original/{}", ticket["assetId"].as_str().unwrap())).await;
        assert_eq!(original.headers()[header::CONTENT_TYPE], "image/jpeg", "what the bytes are");
    }
    let params = json!({"filename": "a.jpg", "contentType": "image/jpeg; name=海.jpg"});
    assert_eq!(ann.refused("image.generateUploadUrl", params).await, "invalid", "no header can say that");
}

#[tokio::test]
async fn a_file_too_large_or_beyond_the_quota_is_refused_before_it_is_sent() {
    let site = Site::start_with(&[("TUKU_MAX_FILE_BYTES", "50KB"), ("TUKU_QUOTA", "60KB")]).await;
    let ann = site.member("ann").await;
    let wish = |size: u64| json!({"filename": "a.jpg", "contentType": "image/jpeg", "size": size});
    assert_eq!(ann.refused("image.generateUploadUrl", wish(50_001)).await, "invalid");
    ann.ok("image.generateUploadUrl", wish(50_000)).await;
    assert_eq!(ann.refused("image.generateUploadUrl", wish(10_001)).await, "invalid", "uploads under way count");
    assert_eq!(site.visitor().refused("image.generateUploadUrl", wish(1)).await, "unauthenticated");
}

#[tokio::test]
async fn uploads_begun_at_once_do_not_pass_the_quota_together() {
    let site = Site::start_with(&[("TUKU_QUOTA", "60KB")]).await;
    let ann = site.member("ann").await;
    let wish = json!({"filename": "a.jpg", "contentType": "image/jpeg", "size": 20_000});
    let begun = futures::future::join_all((0..8).map(|_| ann.call("image.generateUploadUrl", wish.clone()))).await;
    assert_eq!(begun.iter().filter(|answer| answer.get("error").is_none()).count(), 3, "{begun:?}");
}

#[tokio::test]
async fn few_uploads_are_under_way_whose_size_nobody_knows() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let wish = json!({"filename": "a.jpg", "contentType": "image/jpeg"});
    for _ in 0..20 {
        ann.ok("image.generateUploadUrl", wish.clone()).await;
    }
    assert_eq!(ann.refused("image.generateUploadUrl", wish.clone()).await, "invalid");
    ann.ok("image.generateUploadUrl", json!({"filename": "a.jpg", "contentType": "image/jpeg", "size": 10})).await;
    site.member("ben").await.ok("image.generateUploadUrl", wish).await;
}

#[tokio::test]
async fn the_plain_form_uploads_many_files_and_tells_of_each_that_was_refused() {
    let site = Site::start_with(&[("TUKU_MAX_FILE_BYTES", "50KB")]).await;
    let ann = site.member("ann").await;
    let made = ann.ok("gallery.create", json!({"name": "Sea", "description": "", "isPublic": true})).await;
    let part = |name: &str, bytes: Vec<u8>| {
        multipart::Part::bytes(bytes).file_name(name.to_owned()).mime_str("image/jpeg").unwrap()
    };
    let form = multipart::Form::new()
        .part("files", part("one.jpg", pictures::jpeg(300, 200, 1)))
        .part("files", part("two.jpg", pictures::jpeg(200, 300, 1)))
        .part("files", part("words.jpg", b"only words".to_vec()))
        .part("files", part("huge.jpg", vec![0; 200_000]))
        .text("galleryId", made["galleryId"].as_str().unwrap().to_owned());
    let response = ann.client.post(ann.address("/upload")).multipart(form).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = response.text().await.unwrap();
    assert!(page.contains("2 of the pictures arrived") && page.contains("words.jpg") && page.contains("huge.jpg"));
    let list = ann.ok("gallery.listPublic", json!({"page": 1, "limit": 10})).await;
    assert_eq!(list["galleries"][0]["count"], 2);
}

#[tokio::test]
async fn an_upload_address_cannot_change_what_was_looked_at() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let ticket = ann.ok("image.generateUploadUrl", json!({"filename": "a.jpg", "contentType": "image/jpeg"})).await;
    let put = async |bytes: Vec<u8>| {
        let put = ann.client.put(ticket["uploadUrl"].as_str().unwrap()).header(header::CONTENT_TYPE, "image/jpeg");
        put.body(bytes).send().await.unwrap()
    };
    let good = pictures::jpeg(300, 200, 1);
    put(good.clone()).await;
    let asset = json!({"assetId": ticket["assetId"]});
    assert_eq!(ann.ok("image.confirmUpload", asset.clone()).await["state"], "completed");
    put(b"something else".to_vec()).await;
    assert_eq!(ann.ok("image.confirmUpload", asset).await["state"], "completed");
    let original = ann.ok("image.generateViewUrl", json!({"imageId": ticket["assetId"]})).await;
    let original = ann.client.get(original["viewUrl"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(original.bytes().await.unwrap(), good);
}

#[tokio::test]
async fn confirming_many_times_at_once_ends_in_one_whole_picture() {
    let site = Site::start_with(&[("TUKU_QUOTA", "50KB")]).await;
    let ann = site.member("ann").await;
    let ticket = ann.ok("image.generateUploadUrl", json!({"filename": "a.jpg", "contentType": "image/jpeg"})).await;
    let bytes = pictures::jpeg(1200, 800, 1);
    assert!((10_000..50_000).contains(&bytes.len()), "twice would not fit: {}", bytes.len());
    let put = ann.client.put(ticket["uploadUrl"].as_str().unwrap()).header(header::CONTENT_TYPE, "image/jpeg");
    put.body(bytes).send().await.unwrap();
    let confirm = || ann.ok("image.confirmUpload", json!({"assetId": ticket["assetId"]}));
    for confirmed in futures::future::join_all((0..6).map(|_| confirm())).await {
        assert_eq!(confirmed["state"], "completed", "{confirmed}");
    }
    let path = format!("/images/view/{}/width=320", ticket["assetId"].as_str().unwrap());
    assert_eq!(ann.get(&path).await.status(), StatusCode::OK, "the original is there");
}

#[tokio::test]
async fn uploads_confirmed_at_once_do_not_pass_the_quota_together() {
    let bytes = pictures::jpeg(1200, 800, 1);
    let room = format!("{}", bytes.len() * 2 + 100);
    let site = Site::start_with(&[("TUKU_QUOTA", &room)]).await;
    let ann = site.member("ann").await;
    let mut tickets = Vec::new();
    for _ in 0..5 {
        let ticket = ann.ok("image.generateUploadUrl", json!({"filename": "a.jpg", "contentType": "image/jpeg"})).await;
        let put = ann.client.put(ticket["uploadUrl"].as_str().unwrap()).header(header::CONTENT_TYPE, "image/jpeg");
        put.body(bytes.clone()).send().await.unwrap();
        tickets.push(ticket["assetId"].clone());
    }
    let confirm = |asset: &serde_json::Value| ann.ok("image.confirmUpload", json!({"assetId": asset}));
    let ended = futures::future::join_all(tickets.iter().map(confirm)).await;
    let completed = ended.iter().filter(|confirmed| confirmed["state"] == "completed").count();
    assert_eq!(completed, 2, "{ended:?}");
}

/// A file sent as programs do that upload pictures, and its answer.
async fn sent_by_program(program: &Person, path: &str, name: &str, bytes: Vec<u8>) -> (StatusCode, serde_json::Value) {
    let part = multipart::Part::bytes(bytes).file_name(name.to_owned()).mime_str("image/jpeg").unwrap();
    let form = multipart::Form::new().text("anything", "else").part("whatever", part);
    let response = program.client.post(program.address(path)).multipart(form).send().await.unwrap();
    (response.status(), response.json().await.unwrap())
}

#[tokio::test]
async fn a_program_uploads_with_a_token_and_pastes_the_address() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let (slug, _) = ann.gallery("Blog", true).await;
    let (_, program) = ann.token(&["read", "pictures", "galleries"]).await;
    let bytes = || pictures::jpeg(600, 400, 1);
    let (status, told) = sent_by_program(&program, &format!("/api/upload?gallery={slug}"), "Sea.jpg", bytes()).await;
    assert_eq!((status, &told["success"]), (StatusCode::OK, &json!(true)), "{told}");
    // As ShareX and uPic, PicGo and PicList, and those for Lsky look for it.
    let url = told["url"].as_str().unwrap();
    for same in [&told["data"]["url"], &told["data"]["links"]["url"], &told["result"][0], &told["files"][0]["url"]] {
        assert_eq!(same, url);
    }
    assert_eq!(told["data"]["links"]["markdown"], format!("![Sea]({url})"));
    for address in [url, told["thumbnail"].as_str().unwrap(), told["data"]["page"].as_str().unwrap()] {
        let path = address.strip_prefix(&site.url).unwrap();
        assert_eq!(site.visitor().get(path).await.status(), StatusCode::OK, "{path}");
    }
    let (status, told) = sent_by_program(&program, "/api/upload", "Sea.jpg", bytes()).await;
    assert_eq!((status, &told["data"]["isPublic"]), (StatusCode::OK, &json!(false)));
    assert!(told["message"].as_str().unwrap().contains("private"), "{told}");

    let (_, reader) = ann.token(&["read"]).await;
    for (who, path, bytes, status, says) in [
        (&site.visitor(), "/api/upload", bytes(), StatusCode::UNAUTHORIZED, "API token"),
        (&reader, "/api/upload", bytes(), StatusCode::FORBIDDEN, "scope"),
        (&program, "/api/upload?gallery=nowhere", bytes(), StatusCode::UNPROCESSABLE_ENTITY, "no gallery"),
        (&program, "/api/upload", b"no picture".to_vec(), StatusCode::UNPROCESSABLE_ENTITY, "picture"),
    ] {
        let (found, told) = sent_by_program(who, path, "Sea.jpg", bytes).await;
        let message = told["message"].as_str().unwrap();
        assert!(found == status && told["success"] == false && message.contains(says), "{path}: {found} {told}");
    }
    let wrong = program.client.post(program.address("/api/upload")).bearer_auth("tuku_of_nobody").send().await.unwrap();
    let wrong: serde_json::Value = wrong.json().await.unwrap();
    assert_eq!((&wrong["success"], &wrong["code"]), (&json!(false), &json!("unauthenticated")), "{wrong}");
    let (_, told) = sent_by_program(&program, "/api/upload", "Sea.jpg", Vec::new()).await;
    assert_eq!(told["message"], "This file is empty.");

    let part = |name: &str, bytes: Vec<u8>| multipart::Part::bytes(bytes).file_name(name.to_owned());
    let some = multipart::Form::new()
        .part("a", part("First.jpg", pictures::jpeg(600, 400, 1)))
        .part("b", part("cut.jpg", pictures::jpeg(600, 400, 1)[..500].to_vec()))
        .part("c", part("Last.jpg", pictures::jpeg(400, 600, 1)));
    let path = program.address(&format!("/api/upload?gallery={slug}"));
    let told = program.client.post(path).multipart(some).send().await.unwrap();
    assert_eq!(told.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let told: serde_json::Value = told.json().await.unwrap();
    assert_eq!((&told["success"], &told["refused"][0]["filename"]), (&json!(false), &json!("cut.jpg")), "{told}");
    assert!(told["message"].as_str().unwrap().starts_with("2 of the pictures arrived"), "{told}");
    let public: Vec<_> = told["files"].as_array().unwrap().iter().map(|file| file["isPublic"].clone()).collect();
    assert_eq!(public, [true, true], "they hang in the gallery");

    let empty = multipart::Form::new().text("anything", "else");
    let refused = program.client.post(program.address("/api/upload")).multipart(empty).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
