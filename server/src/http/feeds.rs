//! Feeds (Atom, RFC 4287, and JSON Feed 1.1) of the site, its public galleries, tags and members.

use super::{
    State, entity_tags,
    errors::or_refused,
    middleware::authentication,
    xml::{self, text},
};
use app::{components::rfc3339, pages::whole_address};
use axum::{
    extract::{Path, Request, State as Shared},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{Error, Feed, FeedEntry, FeedSource, Result};
use model::{TagName, Thumb};
use quick_xml::{Writer, events::BytesText};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io;
use url::Url;

/// The width of the pictures in a feed, in pixels.
const WIDTH: u32 = 1280;

/// Readers ask again and again, and are told when nothing has changed.
const ASKED_AGAIN: HeaderValue = HeaderValue::from_static("public, no-cache");

/// How a feed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Atom,
    Json,
}

/// The feed of the whole site.
pub(super) async fn of_site(Shared(state): Shared<State>, request: Request) -> Response {
    answer(&state, &request.into_parts().0, Ok(FeedSource::Site)).await
}

/// A gallery's.
pub(super) async fn of_gallery(Shared(state): Shared<State>, Path(slug): Path<String>, request: Request) -> Response {
    answer(&state, &request.into_parts().0, Ok(FeedSource::Gallery(slug))).await
}

/// A tag's.
pub(super) async fn of_tag(Shared(state): Shared<State>, Path(name): Path<String>, request: Request) -> Response {
    let source = TagName::parse(&name).map(FeedSource::Tag).map_err(|_| Error::NotFound);
    answer(&state, &request.into_parts().0, source).await
}

/// A member's.
pub(super) async fn of_member(Shared(state): Shared<State>, Path(name): Path<String>, request: Request) -> Response {
    answer(&state, &request.into_parts().0, Ok(FeedSource::Member(name))).await
}

async fn answer(state: &State, request: &Parts, source: Result<FeedSource>) -> Response {
    or_refused(written(state, request, source).await)
}

async fn written(state: &State, request: &Parts, source: Result<FeedSource>) -> Result<Response> {
    let source = source?;
    let feed = state.library.feed(&source).await?;
    let site = authentication::site_address(state, &request.headers, &request.uri).ok_or(Error::NotFound)?;
    let path = request.uri.path();
    let kind = if path.ends_with(".json") { Kind::Json } else { Kind::Atom };
    let name = state.library.settings().title.clone();
    let title = if feed.title.is_empty() { name } else { format!("{} · {name}", feed.title) };
    let shown = match source {
        // Members have no page of their own.
        FeedSource::Site | FeedSource::Member(_) => "/",
        FeedSource::Gallery(_) | FeedSource::Tag(_) => path.rsplit_once("/feed.").map_or("/", |(shown, _)| shown),
    };
    let told = Told { title, page: whole_address(&site, shown), address: whole_address(&site, path), site: &site };
    let (kind, body) = match kind {
        Kind::Atom => (
            "application/atom+xml; charset=utf-8",
            atom(&told, &feed).map_err(|error| Error::Internal(Box::new(error)))?,
        ),
        Kind::Json => ("application/feed+json; charset=utf-8", json(&told, &feed)?),
    };
    let etag = format!("\"{}\"", &data_encoding::HEXLOWER.encode(&Sha256::digest(&body))[..32]);
    let known = entity_tags::is_known(&request.headers, &etag);
    let headers =
        [(header::CACHE_CONTROL, ASKED_AGAIN), (header::ETAG, HeaderValue::try_from(etag).unwrap_or(ASKED_AGAIN))];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    Ok((headers, [(header::CONTENT_TYPE, kind)], body).into_response())
}

/// What a feed says of itself.
struct Told<'a> {
    title: String,
    /// The page it is of.
    page: String,
    /// Its own.
    address: String,
    site: &'a Url,
}

impl Told<'_> {
    fn at(&self, path: &str) -> String {
        whole_address(self.site, path)
    }

    fn page_of(&self, picture: &Thumb) -> String {
        self.at(&format!("/photos/{}", picture.id))
    }

    /// What readers show of a picture.
    fn html(&self, entry: &FeedEntry) -> String {
        let FeedEntry { picture, description, .. } = entry;
        let (page, image, alt) = (self.page_of(picture), self.at(&picture.at(WIDTH)), escaped(picture.alt()));
        let words = if description.is_empty() {
            String::new()
        } else {
            format!("<p>{}</p>", escaped(description).replace('\n', "<br>"))
        };
        format!("<p><a href=\"{page}\"><img src=\"{image}\" alt=\"{alt}\"></a></p>{words}")
    }
}

fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

/// When the newest change was, in Unix seconds.
fn updated(feed: &Feed) -> i64 {
    feed.entries.iter().map(|entry| entry.changed).max().unwrap_or_default()
}

fn atom(told: &Told<'_>, feed: &Feed) -> io::Result<Vec<u8>> {
    let mut writer = xml::document();
    writer.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom")).write_inner_content(
        |writer| {
            text(writer, "id", &told.address)?;
            text(writer, "title", &told.title)?;
            text(writer, "updated", &rfc3339(updated(feed)))?;
            link(writer, "self", &told.address, "application/atom+xml")?;
            link(writer, "alternate", &told.page, "text/html")?;
            for entry in &feed.entries {
                writer.create_element("entry").write_inner_content(|writer| atom_entry(writer, told, entry))?;
            }
            Ok(())
        },
    )?;
    Ok(writer.into_inner())
}

fn atom_entry(writer: &mut Writer<Vec<u8>>, told: &Told<'_>, entry: &FeedEntry) -> io::Result<()> {
    let FeedEntry { picture, owner, tags, added, changed, .. } = entry;
    let page = told.page_of(picture);
    text(writer, "id", &page)?;
    text(writer, "title", picture.alt())?;
    text(writer, "published", &rfc3339(*added))?;
    text(writer, "updated", &rfc3339(*changed))?;
    writer.create_element("author").write_inner_content(|writer| text(writer, "name", owner))?;
    link(writer, "alternate", &page, "text/html")?;
    for tag in tags {
        writer.create_element("category").with_attribute(("term", tag.as_str())).write_empty()?;
    }
    let html = told.html(entry);
    writer.create_element("content").with_attribute(("type", "html")).write_text_content(BytesText::new(&html))?;
    Ok(())
}

fn link(writer: &mut Writer<Vec<u8>>, rel: &str, href: &str, kind: &str) -> io::Result<()> {
    writer
        .create_element("link")
        .with_attributes([("rel", rel), ("type", kind), ("href", href)])
        .write_empty()
        .map(|_| ())
}

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: String,
    url: String,
    title: &'a str,
    content_html: String,
    image: String,
    date_published: String,
    date_modified: String,
    authors: [JsonAuthor<'a>; 1],
    tags: &'a [String],
}

#[derive(Serialize)]
struct JsonAuthor<'a> {
    name: &'a str,
}

fn json(told: &Told<'_>, feed: &Feed) -> Result<Vec<u8>> {
    let items = feed.entries.iter().map(|entry| JsonItem {
        id: told.page_of(&entry.picture),
        url: told.page_of(&entry.picture),
        title: entry.picture.alt(),
        content_html: told.html(entry),
        image: told.at(&entry.picture.at(WIDTH)),
        date_published: rfc3339(entry.added),
        date_modified: rfc3339(entry.changed),
        authors: [JsonAuthor { name: &entry.owner }],
        tags: &entry.tags,
    });
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &told.title,
        home_page_url: &told.page,
        feed_url: &told.address,
        items: items.collect(),
    };
    Ok(serde_json::to_vec(&feed)?)
}
