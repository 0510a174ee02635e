//! What people put into the bucket with S3 clients: who may, and what becomes of it.

use crate::site::{Person, Site, pictures::jpeg};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use storage::{Key, ObjectStore, S3Config, S3Store, once};

/// An S3 client with an access key of the member's.
struct Client {
    store: S3Store,
    access_key: String,
}

impl Client {
    async fn of(person: &Person, wish: Value) -> Self {
        let made = person.ok("accessKey.create", wish).await;
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        Self { store: store(person, &text("accessKey"), &text("secretKey")), access_key: text("accessKey") }
    }

    async fn put(&self, key: &str, bytes: impl Into<Vec<u8>>) -> storage::Result<()> {
        let bytes: Vec<u8> = bytes.into();
        let length = Some(bytes.len() as u64);
        self.store.put(&self::key(key), "application/octet-stream", length, once(bytes)).await.map(|_| ())
    }

    async fn delete(&self, key: &str) {
        self.store.delete(&self::key(key)).await.unwrap();
    }

    async fn list(&self, prefix: &str) -> storage::Result<Vec<String>> {
        let listed = self.store.list(prefix, None, 100).await?;
        Ok(listed.objects.into_iter().map(|object| object.key.to_string()).collect())
    }
}

fn store(person: &Person, access_key: &str, secret_key: &str) -> S3Store {
    S3Store::new(S3Config {
        endpoint: Some(person.address("").parse().unwrap()),
        region: "auto".into(),
        bucket: storage::BUCKET.into(),
        access_key: access_key.into(),
        secret_key: secret_key.into(),
        path_style: true,
        max_object: 1_000_000_000,
    })
}

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

fn wish() -> Value {
    json!({"name": "rclone", "rights": ["read", "write"]})
}

/// Puts something there as any client does.
pub async fn put_into(store: &S3Store, key: &str, bytes: Vec<u8>) {
    store.put(&self::key(key), "image/jpeg", Some(bytes.len() as u64), once(bytes)).await.unwrap();
}

/// The member's pictures, as soon as they are as expected.
pub async fn pictures(person: &Person, expected: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    let mut found = Vec::new();
    for _ in 0..200 {
        let page = person.ok("image.listMine", json!({})).await;
        found = page["pictures"].as_array().unwrap().clone();
        if expected(&found) {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not as expected: {found:#?}");
}

async fn galleries(person: &Person) -> Vec<(String, u64)> {
    let mine = person.ok("gallery.listMine", json!({})).await;
    let told = |card: &Value| (card["name"].as_str().unwrap().to_owned(), card["count"].as_u64().unwrap());
    mine["galleries"].as_array().unwrap().iter().map(told).collect()
}

#[tokio::test]
async fn what_lies_in_a_member_s_folder_is_their_picture() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let client = Client::of(&ann, wish()).await;
    client.put("ann/Sea 海/Long_day.jpg", jpeg(300, 200, 1)).await.unwrap();
    let shown = pictures(&ann, |pictures| pictures.len() == 1 && pictures[0]["title"] == "Long day").await;
    let id = shown[0]["id"].clone();
    assert_eq!((&shown[0]["width"], &shown[0]["version"]), (&json!(300), &json!(1)));
    assert_eq!(galleries(&ann).await, [("Sea 海".to_owned(), 1)]);
    let address = format!("/images/view/{}/width=160", id.as_str().unwrap());
    assert_eq!(ann.get(&address).await.status(), 200, "it is shown");
    assert_eq!(site.visitor().get(&address).await.status(), 404, "to nobody else");

    client.put("ann/Sea 海/Long_day.jpg", jpeg(200, 300, 1)).await.unwrap();
    let shown = pictures(&ann, |pictures| pictures[0]["width"] == 200).await;
    assert_eq!((&shown[0]["id"], &shown[0]["version"]), (&id, &json!(2)), "other bytes of the same picture");

    ann.ok("image.like", json!({"imageId": id, "liked": true})).await;
    client.put("ann/Hills/Long_walk.jpg", jpeg(200, 300, 1)).await.unwrap();
    client.delete("ann/Sea 海/Long_day.jpg").await;
    let shown = pictures(&ann, |pictures| pictures.len() == 1 && pictures[0]["title"] == "Long walk").await;
    assert_eq!(shown[0]["id"], id, "moved, it is still the same");
    assert_eq!(ann.ok("image.getMetadata", json!({"imageId": id})).await["likes"], 1);
    assert_eq!(galleries(&ann).await, [("Hills".to_owned(), 1)], "the gallery of a folder goes with the last of it");
    assert_eq!(ann.get(&address).await.status(), 200);

    let hills = ann.ok("gallery.listMine", json!({})).await["galleries"][0]["id"].clone();
    ann.ok("gallery.update", json!({"galleryId": hills, "name": "The hills"})).await;
    client.delete("ann/Hills/Long_walk.jpg").await;
    pictures(&ann, <[Value]>::is_empty).await;
    assert_eq!(galleries(&ann).await, [("The hills".to_owned(), 0)], "but for what its owner has made their own");
    assert_eq!(ann.get(&address).await.status(), 404, "what is gone from the bucket is gone");
}

#[tokio::test]
async fn a_picture_deleted_on_the_site_is_gone_from_the_bucket() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let client = Client::of(&ann, wish()).await;
    client.put("ann/one.jpg", jpeg(30, 20, 1)).await.unwrap();
    let shown = pictures(&ann, |pictures| pictures.len() == 1).await;
    assert!(galleries(&ann).await.is_empty(), "what lies in no folder hangs nowhere");
    ann.ok("image.delete", json!({"imageId": shown[0]["id"]})).await;
    assert_eq!(client.list("ann/").await.unwrap(), [""; 0]);
    client.put("ann/one.jpg", jpeg(30, 20, 1)).await.unwrap();
    pictures(&ann, |pictures| pictures.len() == 1).await;
}

#[tokio::test]
async fn what_is_no_picture_stays_a_file_and_its_owner_is_told_why() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let client = Client::of(&ann, wish()).await;
    client.put("ann/notes/words.jpg", "just words").await.unwrap();
    client.put("ann/notes/a.jpg", jpeg(30, 20, 1)).await.unwrap();
    pictures(&ann, |pictures| pictures.len() == 1).await;
    let refused = || async {
        let folder = ann.ok("folder.list", json!({})).await["folders"][0].clone();
        (folder["otherFiles"].clone(), folder["refused"].clone())
    };
    let mut told = refused().await;
    for _ in 0..100 {
        if told.1[0].is_object() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        told = refused().await;
    }
    assert_eq!((&told.0, &told.1[0]["key"]), (&json!(1), &json!("ann/notes/words.jpg")));
    assert!(told.1[0]["reason"].as_str().unwrap().ends_with('.'), "{told:?}");
    assert_eq!(client.list("ann/").await.unwrap().len(), 2, "it stays where it is");
    let page = ann.page("/account").await;
    assert!(page.contains("ann/notes/words.jpg"));

    client.put("ann/notes/a.jpg", "now words").await.unwrap();
    pictures(&ann, <[Value]>::is_empty).await;
    client.put("ann/notes/words.jpg", jpeg(30, 20, 1)).await.unwrap();
    pictures(&ann, |pictures| pictures.len() == 1).await;
}

#[tokio::test]
async fn an_access_key_reaches_its_folder_and_does_what_it_may() {
    let site = Site::start().await;
    let (ann, bob) = (site.member("ann").await, site.member("bob").await);
    let (client, other) = (Client::of(&ann, wish()).await, Client::of(&bob, wish()).await);
    ann.picture().await;
    client.put("ann/sea/one.jpg", jpeg(30, 20, 1)).await.unwrap();
    other.put("bob/two.jpg", jpeg(30, 20, 1)).await.unwrap();
    assert_eq!(client.list("").await.unwrap(), ["ann/sea/one.jpg"], "of all there is, its own");
    for prefix in ["bob/", "originals/", "incoming/", "anna/"] {
        assert!(client.list(prefix).await.is_err(), "{prefix}");
    }
    for foreign in ["bob/two.jpg", "originals/x", "incoming/x.jpg", "x.jpg", "annex/x.jpg"] {
        assert!(client.put(foreign, "x").await.is_err(), "{foreign}");
        assert!(client.store.get(&key(foreign), None).await.is_err(), "{foreign}");
        assert!(client.store.delete(&key(foreign)).await.is_err(), "{foreign}");
    }
    assert_eq!(other.list("bob/").await.unwrap(), ["bob/two.jpg"], "nothing of another's went");

    let narrow = json!({"name": "Sea", "folder": "/ann/sea", "rights": ["read"]});
    let reader = Client::of(&ann, narrow).await;
    assert!(reader.store.get(&key("ann/sea/one.jpg"), None).await.is_ok());
    assert!(reader.put("ann/sea/two.jpg", "x").await.is_err());
    assert!(reader.store.delete(&key("ann/sea/one.jpg")).await.is_err());
    assert!(reader.list("ann/").await.unwrap() == ["ann/sea/one.jpg"] && reader.list("ann/hills/").await.is_err());
    let writer = Client::of(&ann, json!({"name": "Camera", "rights": ["write"]})).await;
    writer.put("ann/sea/two.jpg", "x").await.unwrap();
    assert!(writer.store.get(&key("ann/sea/two.jpg"), None).await.is_err() && writer.list("ann/").await.is_err());

    for wrong in [json!({"folder": "bob"}), json!({"folder": "an"}), json!({"rights": []}), json!({"name": " "})] {
        let mut wrong_wish = wish();
        wrong_wish.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
        assert_eq!(ann.refused("accessKey.create", wrong_wish).await, "invalid", "{wrong}");
    }
    ann.ok("accessKey.revoke", json!({"accessKey": client.access_key})).await;
    assert!(client.list("ann/").await.is_err(), "at once");
    assert_eq!(bob.refused("accessKey.revoke", json!({"accessKey": writer.access_key})).await, "not_found");
    assert_eq!(ann.ok("accessKey.list", json!({})).await["accessKeys"].as_array().unwrap().len(), 2);
    assert!(store(&ann, &writer.access_key, "made up").list("ann/", None, 1).await.is_err());
}

#[tokio::test]
async fn a_page_of_another_site_may_send_what_is_signed_and_nothing_else() {
    let site = Site::start().await;
    let visitor = site.visitor();
    let ask = async |path: &str| {
        let question = visitor.client.request(Method::OPTIONS, visitor.address(path));
        let question = question.header("origin", "https://elsewhere.example");
        let question = question.header("access-control-request-method", "PUT");
        question.header("access-control-request-headers", "authorization,x-amz-date").send().await.unwrap()
    };
    let told = |answer: &Response, name: &str| Some(answer.headers().get(name)?.to_str().unwrap().to_owned());
    let allowed = ask("/tuku/ann/a%20b.jpg").await;
    assert_eq!(allowed.status(), StatusCode::OK);
    assert_eq!(told(&allowed, "access-control-allow-origin").as_deref(), Some("*"));
    assert_eq!(told(&allowed, "access-control-allow-headers").as_deref(), Some("authorization,x-amz-date"));
    for path in ["/api/rpc", "/api/upload", "/tukus", "/"] {
        assert_eq!(told(&ask(path).await, "access-control-allow-origin"), None, "{path}");
    }
    // Also a refusal can be read there.
    let wrong = "AWS4-HMAC-SHA256 Credential=x/20260101/auto/s3/aws4_request,SignedHeaders=host,Signature=0";
    let refused = visitor.client.get(visitor.address("/tuku/ann/a.jpg")).header("authorization", wrong);
    let refused = refused.send().await.unwrap();
    assert!(refused.status().is_client_error());
    assert_eq!(told(&refused, "access-control-allow-origin").as_deref(), Some("*"));
    assert_eq!(told(&refused, "access-control-expose-headers").as_deref(), Some("*"));
}

#[tokio::test]
async fn files_count_as_used_and_what_does_not_fit_is_not_stored() {
    let site = Site::start_with(&[("TUKU_QUOTA", "50kB")]).await;
    let ann = site.member("ann").await;
    let client = Client::of(&ann, wish()).await;
    client.put("ann/some.bin", vec![1; 30_000]).await.unwrap();
    assert_eq!(ann.ok("user.me", json!({})).await["used"], 30_000, "whether it is a picture or not");
    assert!(client.put("ann/more.bin", vec![1; 30_000]).await.is_err());
    assert_eq!(client.list("ann/").await.unwrap(), ["ann/some.bin"]);
    client.delete("ann/some.bin").await;
    assert_eq!(ann.ok("user.me", json!({})).await["used"], 0);
    client.put("ann/sea/one.jpg", jpeg(30, 20, 1)).await.unwrap();
    pictures(&ann, |pictures| pictures.len() == 1).await;
    client.put("ann/more.bin", vec![1; 30_000]).await.unwrap();
}

#[tokio::test]
async fn an_admin_gives_a_folder_and_its_galleries_are_random_sources() {
    let site = Site::start().await;
    let (admin, ann) = (site.admin().await, site.member("ann").await);
    let wide = json!({"path": "ri/h", "owner": "ann", "galleries": "one", "isPublic": true});
    assert_eq!(ann.refused("folder.create", wide.clone()).await, "forbidden");
    admin.ok("folder.create", wide.clone()).await;
    for (path, kind) in [("ri/h", "conflict"), ("ri", "conflict"), ("ri/h/x", "conflict"), ("originals", "invalid")] {
        let mut other = wide.clone();
        other["path"] = json!(path);
        assert_eq!(admin.refused("folder.create", other).await, kind, "{path}");
    }
    let client = Client::of(&ann, json!({"name": "AList", "folder": "ri/h", "rights": ["read", "write"]})).await;
    client.put("ri/h/one.jpg", jpeg(300, 200, 1)).await.unwrap();
    client.put("ri/h/deep/two.jpg", jpeg(320, 200, 1)).await.unwrap();
    pictures(&ann, |pictures| pictures.len() == 2).await;
    assert_eq!(galleries(&ann).await, [("h".to_owned(), 2)], "however deep they lie");
    let visitor = site.visitor();
    assert_eq!(visitor.page("/random/count?prefix=ri/h/").await, "2");
    assert_eq!(visitor.page("/random/landscape/count?prefix=ri/h").await, "2");
    assert_eq!(visitor.get("/random?prefix=ri/h/&w=160").await.status(), 200);
    assert_eq!(visitor.page("/random/count?prefix=ri/").await, "0", "no such folder");
    assert_eq!(visitor.get("/random?prefix=ri/h/&gallery=h").await.status(), 400);
    admin.ok("folder.update", json!({"path": "ri/h/", "galleries": "none"})).await;
    client.put("ri/h/three.jpg", jpeg(330, 200, 1)).await.unwrap();
    pictures(&ann, |pictures| pictures.len() == 3).await;
    assert_eq!(galleries(&ann).await, [("h".to_owned(), 2)], "what comes now hangs nowhere");
    let bob = site.member("bob").await;
    assert_eq!(bob.refused("folder.update", json!({"path": "ri/h/", "isPublic": false})).await, "not_found");
    admin.ok("folder.delete", json!({"path": "ri/h/"})).await;
    assert!(client.list("ri/h/").await.is_err(), "its key reaches it no more");
    pictures(&ann, |pictures| pictures.len() == 3).await;
    assert!(ann.ok("accessKey.list", json!({})).await["accessKeys"].as_array().unwrap().is_empty(), "its key is gone");
}

#[tokio::test]
async fn what_nobody_told_of_is_found_by_comparing() {
    let mut site = Site::start().await;
    let ann = site.member("ann").await;
    let client = Client::of(&ann, wish()).await;
    for number in 0..3 {
        client.put(&format!("ann/{number}.jpg"), jpeg(30 + number, 20, 1)).await.unwrap();
    }
    let before = pictures(&ann, |pictures| pictures.len() == 3).await;
    let id_of =
        |pictures: &[Value], width: u32| pictures.iter().find(|one| one["width"] == width).unwrap()["id"].clone();
    // Past the program: with the store's own key pair, of which nobody is told.
    let secrets: Value = serde_json::from_slice(&std::fs::read(site.folder().join("secrets.json")).unwrap()).unwrap();
    let text = |name: &str| secrets[name].as_str().unwrap().to_owned();
    let own = store(&ann, &text("storage_access_key"), &text("storage_secret_key"));
    let put = async |name: &str, bytes| put_into(&own, name, bytes).await;
    put("ann/new.jpg", jpeg(50, 20, 1)).await;
    put("ann/0.jpg", jpeg(60, 20, 1)).await;
    put("ann/moved.jpg", jpeg(31, 20, 1)).await;
    own.delete(&key("ann/1.jpg")).await.unwrap();
    own.delete(&key("ann/2.jpg")).await.unwrap();
    put("elsewhere/x.jpg", jpeg(70, 20, 1)).await;
    site.restart().await;
    let cookie = site.sign_in("ann").await;
    let ann = site.with_cookie(&cookie);
    let widths = |pictures: &[Value]| {
        let mut widths: Vec<_> = pictures.iter().map(|one| one["width"].as_u64().unwrap()).collect();
        widths.sort_unstable();
        widths
    };
    let after = pictures(&ann, |pictures| widths(pictures) == [31, 50, 60]).await;
    assert_eq!(id_of(&after, 60), id_of(&before, 30), "other bytes of the same file");
    assert_eq!(id_of(&after, 31), id_of(&before, 31), "the same under another name");
}

#[tokio::test]
async fn an_account_goes_with_its_keys_and_files() {
    let site = Site::start().await;
    let ann = site.member("ann").await;
    let client = Client::of(&ann, wish()).await;
    client.put("ann/one.jpg", jpeg(30, 20, 1)).await.unwrap();
    client.put("ann/words.txt", "words").await.unwrap();
    pictures(&ann, |pictures| pictures.len() == 1).await;
    ann.ok("user.delete", json!({"password": "long enough"})).await;
    assert!(client.list("ann/").await.is_err());
    let objects = site.folder().join("storage/objects/ann.dir");
    assert!(!objects.exists() || std::fs::read_dir(objects).unwrap().next().is_none(), "no file is left");
    let next = site.member("ann").await;
    let made = next.ok("accessKey.create", wish()).await;
    assert_eq!(made["folder"], "ann/", "the folder is free again");
}

#[tokio::test]
async fn a_member_s_folder_has_their_name_or_one_like_it() {
    let site = Site::start().await;
    let folder = async |name: &str| {
        let member = site.member(name).await;
        let first = member.ok("accessKey.create", wish()).await["folder"].clone();
        assert_eq!(member.ok("accessKey.create", wish()).await["folder"], first, "the same for the next key");
        first
    };
    assert_eq!(folder("originals").await, "originals-2/", "that one is the site's");
    let admin = site.admin().await;
    site.member("cara").await;
    admin.ok("folder.create", json!({"path": "bob", "owner": "cara"})).await;
    admin.ok("folder.create", json!({"path": "ri/w", "owner": "cara"})).await;
    let cara = site.with_cookie(&site.sign_in("cara").await);
    assert_eq!(cara.ok("accessKey.create", wish()).await["folder"], "cara/", "not one that somebody gave them");
    assert_eq!(folder("bob").await, "bob-2/", "that one is another's");
    assert_eq!(folder("山本").await, "山本/");
}
