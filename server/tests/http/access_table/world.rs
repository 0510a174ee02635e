//! A site with an account for each caller, and a way to ask as any of them.

use super::{
    callers::Caller,
    site::{Person, Site, plain},
    things::{Kind, Thing},
};
use domain::Needs;
use model::Scope;
use reqwest::{Client, RequestBuilder, Response, header};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::atomic::{AtomicU32, Ordering},
};

/// Everyone's.
pub const PASSWORD: &str = "long enough";

/// The header that says who asks.
pub type Credentials = Option<(header::HeaderName, String)>;

/// The site, and what callers and things are called on it.
pub struct World {
    pub site: Site,
    pub owner: Account,
    pub member: Account,
    pub friend: Account,
    pub admin: Account,
    /// The cookie with the link that holder and friend have opened.
    pub links: String,
    /// By their kind.
    pub things: [Thing; 4],
    suspended: String,
    left: String,
    /// API tokens by holder and scopes.
    tokens: HashMap<String, String>,
    client: Client,
    asked: AtomicU32,
}

/// Someone with an account.
pub struct Account {
    pub name: &'static str,
    pub person: Person,
    cookie: String,
    /// A gallery of theirs, beside the things.
    pub gallery: String,
}

impl Account {
    async fn of(site: &Site, name: &'static str) -> Self {
        let cookie = site.sign_in(name).await;
        let person = site.with_cookie(&cookie);
        let made = person.ok("gallery.create", json!({"name": format!("Spare of {name}")})).await;
        Self { name, person, cookie, gallery: text(&made["galleryId"]) }
    }
}

/// The cookie of an admin who was suspended since.
async fn suspended(site: &Site, admin: &Person) -> String {
    let cookie = site.sign_in("sue").await;
    let browser = site.with_cookie(&cookie);
    let id = browser.id().await;
    admin.ok("user.setRole", json!({"userId": id, "role": "admin"})).await;
    browser.ok("user.list", json!({})).await;
    admin.ok("user.suspend", json!({"userId": id, "suspended": true})).await;
    cookie
}

/// A copy of the owner's cookie from before they signed out.
async fn left(site: &Site) -> String {
    let cookie = site.sign_in("ann").await;
    let browser = site.with_cookie(&cookie);
    browser.ok("user.me", json!({})).await;
    browser.ok("user.logout", json!({})).await;
    cookie
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// The scopes of a token that has what is needed, or that has all but this.
fn scopes(needs: Needs, has: bool, of_admin: bool) -> Vec<Scope> {
    let fits = |scope: &Scope| match needs {
        Needs::Scope(needed) => (*scope == needed) == has,
        Needs::Nothing | Needs::Session => has || *scope == Scope::Read,
    };
    Scope::ALL.into_iter().filter(|scope| of_admin || *scope != Scope::Admin).filter(fits).collect()
}

impl World {
    pub async fn new() -> Self {
        // Each request comes from an address of its own, so that no rate by address is in the way.
        let site = Site::start_with(&[("TUKU_CLIENT_ADDRESS_HEADER", "X-Forwarded-For")]).await;
        site.admin().await;
        for name in ["ann", "ben", "fay", "sue"] {
            site.member(name).await;
        }
        let admin = Account::of(&site, "admin").await;
        let mut world = Self {
            owner: Account::of(&site, "ann").await,
            member: Account::of(&site, "ben").await,
            friend: Account::of(&site, "fay").await,
            suspended: suspended(&site, &admin.person).await,
            left: left(&site).await,
            links: String::new(),
            things: Kind::ALL.map(|kind| Thing { word: kind.word(), ..Thing::default() }),
            tokens: HashMap::new(),
            client: plain().build().unwrap(),
            asked: AtomicU32::new(0),
            admin,
            site,
        };
        world.make().await;
        world
    }

    pub fn thing(&self, kind: Kind) -> &Thing {
        &self.things[kind as usize]
    }

    /// The account a caller has, or would like to be taken for.
    pub fn account(&self, caller: Caller) -> &Account {
        match caller {
            Caller::Member => &self.member,
            Caller::Friend => &self.friend,
            Caller::Admin => &self.admin,
            _ => &self.owner,
        }
    }

    /// What a caller sends along, for something that needs this of a token.
    pub async fn credentials(&mut self, caller: Caller, needs: Needs, of_admin: bool) -> Credentials {
        let cookie = match caller {
            Caller::Anyone => return None,
            Caller::Without | Caller::With => {
                let token = self.token(&scopes(needs, caller == Caller::With, of_admin), of_admin).await;
                return Some((header::AUTHORIZATION, format!("Bearer {token}")));
            }
            Caller::Suspended => self.suspended.clone(),
            Caller::Left => self.left.clone(),
            Caller::Holder => self.links.clone(),
            Caller::Friend => format!("{}; {}", self.friend.cookie, self.links),
            Caller::Member | Caller::Owner | Caller::Admin => self.account(caller).cookie.clone(),
        };
        Some((header::COOKIE, cookie))
    }

    /// A token with these scopes: the owner's, or the admin's. Made once.
    async fn token(&mut self, scopes: &[Scope], of_admin: bool) -> String {
        let holder = if of_admin { &self.admin } else { &self.owner };
        let scopes: Vec<_> = scopes.iter().map(|scope| scope.as_str()).collect();
        let place = format!("{} {}", holder.name, scopes.join(" "));
        if let Some(token) = self.tokens.get(&place) {
            return token.clone();
        }
        let (token, _) = holder.person.token(&scopes).await;
        self.tokens.insert(place, token.clone());
        token
    }

    /// The cookie of another sign-in.
    pub async fn sign_in(&self, name: &str) -> String {
        let params = json!({"email": format!("{name}@example.com"), "password": PASSWORD});
        self.call(&None, "user.login", &params).await.cookie()
    }

    /// How often was asked until now.
    pub fn asked(&self) -> u32 {
        self.asked.load(Ordering::Relaxed)
    }

    /// An RPC call.
    pub async fn call(&self, who: &Credentials, method: &str, params: &Value) -> Answer {
        let call = json!({"jsonrpc": "2.0", "method": method, "params": params, "id": 1});
        self.send(self.client.post(self.site.address("/api/rpc")).json(&call), who).await
    }

    /// A GET of a path, or of a whole address; by a client that says it has it already, if `known`.
    pub async fn get(&self, who: &Credentials, address: &str, known: bool) -> Answer {
        let whole = if address.starts_with('/') { self.site.address(address) } else { address.to_owned() };
        let request = self.client.get(whole);
        self.send(if known { request.header(header::IF_NONE_MATCH, "*") } else { request }, who).await
    }

    async fn send(&self, request: RequestBuilder, who: &Credentials) -> Answer {
        let [_, high, middle, low] = self.asked.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        let mut request = request.header("x-forwarded-for", format!("10.{high}.{middle}.{low}"));
        if let Some((name, value)) = who {
            request = request.header(name, value);
        }
        Answer::of(request.send().await.unwrap()).await
    }
}

/// An answer, whole.
pub struct Answer {
    pub status: u16,
    pub body: String,
    headers: Vec<(String, String)>,
}

impl Answer {
    async fn of(response: Response) -> Self {
        let status = response.status().as_u16();
        let told = |(name, value): (&header::HeaderName, &header::HeaderValue)| {
            (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let mut headers: Vec<_> = response.headers().iter().map(told).filter(|(name, _)| name != "date").collect();
        headers.sort();
        let body = response.bytes().await.unwrap();
        Self { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    pub fn header(&self, wanted: &str) -> Option<&str> {
        self.headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }

    /// The cookie it sets, as `name=value`.
    pub fn cookie(&self) -> String {
        let set = self.header("set-cookie").unwrap_or_else(|| panic!("no cookie is set: {}", self.body));
        set.split(';').next().unwrap().to_owned()
    }

    /// Everything of it but the date, with a thing's names taken out.
    pub fn without(&self, thing: &Thing) -> String {
        thing.taken_out_of(&format!("{} {:?} {}", self.status, self.headers, self.body))
    }
}
