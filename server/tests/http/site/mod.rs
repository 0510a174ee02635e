//! A site of its own for each test: the real program on a free port, a fresh database, the real built-in store.

pub mod pictures;

use reqwest::{Client, ClientBuilder, Response, StatusCode, header, redirect::Policy};
use serde_json::{Value, json};
use server::{Application, Settings, StartError};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

/// A running site; it stops when dropped.
pub struct Site {
    pub url: String,
    pub data: Arc<TempDir>,
    library: domain::Library,
    settings: Vec<(String, String)>,
    running: Option<Running>,
}

/// The program at work. It stops when told, and when nobody can tell it any more.
struct Running {
    stop: oneshot::Sender<()>,
    ended: JoinHandle<Result<(), StartError>>,
}

/// Someone with a browser of their own.
pub struct Person {
    pub name: String,
    pub client: Client,
    url: String,
}

/// A client of plain HTTP: reading the certificates of this machine would take longer than most tests.
pub fn plain() -> ClientBuilder {
    Client::builder().redirect(Policy::none()).tls_certs_only([])
}

fn client() -> Client {
    plain().cookie_store(true).build().unwrap()
}

/// A client that keeps no cookies and sends this header with every request.
fn client_with(name: header::HeaderName, value: &str) -> Client {
    let headers = header::HeaderMap::from_iter([(name, value.parse().unwrap())]);
    plain().default_headers(headers).build().unwrap()
}

/// What tests set otherwise than the program by itself: a test is not the program that works on pictures, and waits for
/// what it asks for and nothing else.
const DEFAULTS: [(&str, &str); 3] =
    [("TUKU_ADDR", "127.0.0.1:0"), ("TUKU_IMAGING_PROGRAM", env!("CARGO_BIN_EXE_tuku")), ("TUKU_MADE_AHEAD", "off")];

async fn run(data: &TempDir, settings: &[(String, String)]) -> (String, domain::Library, Running) {
    let (built, folder) = (data.path().join("site"), data.path().join("data"));
    let environment = |name: &str| match name {
        "TUKU_DATA_DIR" => Some(folder.display().to_string()),
        "TUKU_SITE_DIR" => Some(built.display().to_string()),
        _ => {
            let default = DEFAULTS.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
            settings.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).or(default)
        }
    };
    let application = Application::build(Settings::from("", environment).unwrap()).await.unwrap();
    let url = format!("http://{}", application.address());
    let library = application.library().clone();
    let (stop, stopped) = oneshot::channel::<()>();
    let ended = tokio::spawn(application.run_until(async move {
        let _ = stopped.await;
    }));
    (url, library, Running { stop, ended })
}

impl Site {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// A site with some settings other than the defaults.
    pub async fn start_with(settings: &[(&str, &str)]) -> Self {
        let data = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(data.path().join("site/pkg")).unwrap();
        let settings: Vec<_> = settings.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let (url, library, running) = run(&data, &settings).await;
        Self { url, data: Arc::new(data), library, settings, running: Some(running) }
    }

    /// Another program at work on the same data, with the same settings, at another address.
    pub async fn beside(&self) -> Self {
        let (data, settings) = (self.data.clone(), self.settings.clone());
        let (url, library, running) = run(&data, &settings).await;
        Self { url, data, library, settings, running: Some(running) }
    }

    /// Stops the program and starts it anew on the same data, at another address.
    pub async fn restart(&mut self) {
        let Running { stop, ended } = self.running.take().expect("it runs");
        stop.send(()).unwrap();
        ended.await.unwrap().unwrap();
        let (url, library, running) = run(&self.data, &self.settings).await;
        (self.url, self.library, self.running) = (url, library, Some(running));
    }

    /// Restarts with this address for its own. What was uploaded before came straight to where it listens.
    pub async fn publish_at(&mut self, url: &str) {
        self.settings.push(("TUKU_PUBLIC_URL".into(), url.into()));
        self.restart().await;
    }

    /// The folder with database, originals and secrets.
    pub fn folder(&self) -> std::path::PathBuf {
        self.data.path().join("data")
    }

    /// Someone who is not signed in.
    pub fn visitor(&self) -> Person {
        Person { name: String::new(), client: client(), url: self.url.clone() }
    }

    /// Whoever holds this cookie, as `name=value`.
    pub fn with_cookie(&self, cookie: &str) -> Person {
        Person { client: client_with(header::COOKIE, cookie), ..self.visitor() }
    }

    /// A program that holds this API token.
    pub fn with_token(&self, token: &str) -> Person {
        let bearer = format!("Bearer {token}");
        Person { client: client_with(header::AUTHORIZATION, &bearer), ..self.visitor() }
    }

    /// Another sign-in of a member: its cookie, as `name=value`.
    pub async fn sign_in(&self, name: &str) -> String {
        let params = json!({"email": format!("{name}@example.com"), "password": "long enough"});
        let call = json!({"jsonrpc": "2.0", "method": "user.login", "params": params, "id": 1});
        let response = self.visitor().client.post(self.address("/api/rpc")).json(&call).send().await.unwrap();
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// A new member, signed in.
    pub async fn member(&self, name: &str) -> Person {
        self.register(name, None).await
    }

    /// The first admin, signed in.
    pub async fn admin(&self) -> Person {
        let token = self.library.offer_setup().await.unwrap().expect("there is no admin yet");
        self.register("admin", Some(token)).await
    }

    /// The one-time token for the first admin.
    pub async fn setup_token(&self) -> String {
        self.library.offer_setup().await.unwrap().expect("there is no admin yet")
    }

    async fn register(&self, name: &str, setup_token: Option<String>) -> Person {
        let person = Person { name: name.into(), ..self.visitor() };
        let email = format!("{name}@example.com");
        let params = json!({"username": name, "email": email, "password": "long enough", "setupToken": setup_token});
        person.ok("user.register", params).await;
        person
    }

    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

impl Person {
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    pub async fn get(&self, path: &str) -> Response {
        self.client.get(self.address(path)).send().await.unwrap()
    }

    /// A page's text; the page must be there.
    pub async fn page(&self, path: &str) -> String {
        let response = self.get(path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.text().await.unwrap()
    }

    /// A plain form, as a browser without script sends it.
    pub async fn submit(&self, path: &str, method: &str, fields: &[(&str, &str)]) -> Response {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("_method", method).extend_pairs(fields);
        self.client
            .post(self.address(path))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "text/html")
            .body(body.finish())
            .send()
            .await
            .unwrap()
    }

    /// An RPC call's whole answer.
    pub async fn call(&self, method: &str, params: Value) -> Value {
        static ID: AtomicU32 = AtomicU32::new(1);
        let id = ID.fetch_add(1, Ordering::Relaxed);
        let call = json!({"jsonrpc": "2.0", "method": method, "params": params, "id": id});
        let response = self.client.post(self.address("/api/rpc")).json(&call).send().await.unwrap();
        let answer: Value = response.json().await.unwrap();
        assert_eq!((&answer["jsonrpc"], &answer["id"]), (&json!("2.0"), &json!(id)), "{method}");
        answer
    }

    /// An RPC call that works.
    pub async fn ok(&self, method: &str, params: Value) -> Value {
        let answer = self.call(method, params).await;
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// An RPC call that is refused: the code in words.
    pub async fn refused(&self, method: &str, params: Value) -> String {
        let answer = self.call(method, params).await;
        answer["error"]["data"]["code"].as_str().unwrap_or_else(|| panic!("{method}: {answer}")).to_owned()
    }

    /// A new API token of this person's, and a program that holds it.
    pub async fn token(&self, scopes: &[&str]) -> (String, Person) {
        let made = self.ok("token.create", json!({"name": "A program", "scopes": scopes})).await;
        let token = made["token"].as_str().unwrap().to_owned();
        let client = client_with(header::AUTHORIZATION, &format!("Bearer {token}"));
        (token, Person { name: self.name.clone(), client, url: self.url.clone() })
    }

    /// Whether this person is signed in.
    pub async fn is_signed_in(&self) -> bool {
        self.call("user.me", json!({})).await.get("result").is_some()
    }

    /// The account's id.
    pub async fn id(&self) -> Value {
        self.ok("user.me", json!({})).await["id"].clone()
    }

    /// Sends bytes as a browser's upload does, up to the confirmation's answer.
    pub async fn send(&self, filename: &str, kind: &str, bytes: Vec<u8>) -> Value {
        let params = json!({"filename": filename, "contentType": kind, "size": bytes.len()});
        let ticket = self.ok("image.generateUploadUrl", params).await;
        let put = self.client.put(ticket["uploadUrl"].as_str().unwrap()).header(header::CONTENT_TYPE, kind);
        let put = put.body(bytes).send().await.unwrap();
        assert_eq!(put.status(), StatusCode::OK, "{}", put.text().await.unwrap());
        self.ok("image.confirmUpload", json!({"assetId": ticket["assetId"]})).await
    }

    /// A new picture of this person's; its id.
    pub async fn picture(&self) -> String {
        let confirmed = self.send("Winter sea.jpg", "image/jpeg", pictures::jpeg(600, 400, 1)).await;
        assert_eq!(confirmed["state"], "completed", "{confirmed}");
        confirmed["picture"]["id"].as_str().unwrap().to_owned()
    }

    /// A new gallery with a new picture: slug and picture.
    pub async fn gallery(&self, name: &str, public: bool) -> (String, String) {
        let made = self.ok("gallery.create", json!({"name": name, "description": "", "isPublic": public})).await;
        let picture = self.picture().await;
        let params = json!({"galleryId": made["galleryId"], "imageIds": [picture]});
        assert_eq!(self.ok("gallery.addImages", params).await["added"], 1);
        (made["slug"].as_str().unwrap().to_owned(), picture)
    }
}
