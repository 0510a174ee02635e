//! What search engines and other sites read first: `robots.txt`, the sitemap (sitemaps.org, with Google's image
//! entries), and oEmbed (oembed.com) of pictures.

use super::{
    State,
    errors::or_refused,
    middleware::authentication,
    xml::{self, text},
};
use app::{components::rfc3339, pages::whole_address as at};
use axum::{
    Json,
    extract::{Path, Request, State as Shared},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{Error, Result, Viewer};
use model::{ImageId, Picture, WIDTHS};
use quick_xml::Writer;
use serde::Serialize;
use std::io;
use url::{Url, form_urlencoded};

const XML: &str = "application/xml; charset=utf-8";

/// It is asked for rarely, and may be an hour old.
const FOR_AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The width of pictures that search engines are told of, in pixels.
const WIDTH: u32 = 1920;

fn site(state: &State, request: &Parts) -> Result<Url> {
    authentication::site_address(state, &request.headers, &request.uri).ok_or(Error::NotFound)
}

fn broken(error: io::Error) -> Error {
    Error::Internal(Box::new(error))
}

/// Pages that are about the one who looks lead nowhere for a search engine.
pub(super) async fn robots(Shared(state): Shared<State>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    or_refused(site(&state, &request).map(|site| {
        let sitemap = at(&site, "/sitemap.xml");
        let words = format!(
            "User-agent: *\nDisallow: /api/\nDisallow: /login\nDisallow: /register\nDisallow: /random\n\nSitemap: {sitemap}\n"
        );
        ([(header::CACHE_CONTROL, FOR_AN_HOUR)], words).into_response()
    }))
}

/// The parts of the sitemap.
pub(super) async fn sitemap(Shared(state): Shared<State>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let written = async {
        let (site, parts) = (site(&state, &request)?, state.library.listed_parts().await?);
        let mut writer = xml::document();
        let index = writer.create_element("sitemapindex").with_attribute(("xmlns", SITEMAP));
        let parts = ["/sitemap/galleries.xml".to_owned()]
            .into_iter()
            .chain((0..parts).map(|part| format!("/sitemap/{part}.xml")));
        let listed = index.write_inner_content(|writer| {
            for part in parts {
                writer
                    .create_element("sitemap")
                    .write_inner_content(|writer| text(writer, "loc", &at(&site, &part)))?;
            }
            Ok(())
        });
        listed.map_err(broken)?;
        Ok(sent(writer))
    };
    or_refused(written.await)
}

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const IMAGES: &str = "http://www.google.com/schemas/sitemap-image/1.1";

/// A part of the sitemap: the site's own pages and galleries, or some of its pictures.
pub(super) async fn sitemap_part(Shared(state): Shared<State>, Path(part): Path<String>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let written = async {
        let site = site(&state, &request)?;
        let part = part.strip_suffix(".xml").ok_or(Error::NotFound)?;
        if part == "galleries" {
            let galleries = state.library.listed_galleries().await?;
            let pages = ["/", "/search", "/about", "/embed"].map(|path| (path.to_owned(), None, None));
            let galleries =
                galleries.into_iter().map(|(slug, changed)| (format!("/gallery/{slug}"), Some(changed), None));
            return listed(&site, pages.into_iter().chain(galleries));
        }
        let number: u64 = part.parse().map_err(|_| Error::NotFound)?;
        let pictures = state.library.listed_pictures(number).await?;
        if pictures.is_empty() {
            return Err(Error::NotFound);
        }
        listed(
            &site,
            pictures
                .into_iter()
                .map(|(picture, changed)| (format!("/photos/{}", picture.id), Some(changed), Some(picture.at(WIDTH)))),
        )
    };
    or_refused(written.await)
}

/// Pages: each its path, its last change in Unix seconds, and its picture's path.
fn listed(site: &Url, pages: impl Iterator<Item = (String, Option<i64>, Option<String>)>) -> Result<Response> {
    let mut writer = xml::document();
    let set = writer.create_element("urlset").with_attributes([("xmlns", SITEMAP), ("xmlns:image", IMAGES)]);
    let written = set.write_inner_content(|writer| {
        for (path, changed, picture) in pages {
            writer.create_element("url").write_inner_content(|writer| {
                text(writer, "loc", &at(site, &path))?;
                if let Some(changed) = changed {
                    text(writer, "lastmod", &rfc3339(changed))?;
                }
                if let Some(picture) = picture {
                    let image = writer.create_element("image:image");
                    image.write_inner_content(|writer| text(writer, "image:loc", &at(site, &picture)))?;
                }
                Ok(())
            })?;
        }
        Ok(())
    });
    written.map_err(broken)?;
    Ok(sent(writer))
}

fn sent(writer: Writer<Vec<u8>>) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(XML)), (header::CACHE_CONTROL, FOR_AN_HOUR)], writer.into_inner())
        .into_response()
}

/// A picture as oEmbed tells of it (2.3.4.1).
#[derive(Serialize)]
struct Photo {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    author_name: String,
    provider_name: String,
    provider_url: String,
    url: String,
    width: u32,
    height: u32,
}

/// Tells other sites how to show a picture, by the address of its page. What anyone may see, whoever asks.
pub(super) async fn oembed(Shared(state): Shared<State>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let fields: Vec<_> = form_urlencoded::parse(request.uri.query().unwrap_or_default().as_bytes()).collect();
    let field = |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| &**value);
    let most = |name: &'static str| field(name).map(|side| pixels(name, side)).transpose();
    let written = async {
        let site = site(&state, &request)?;
        let (most_wide, most_high) = (most("maxwidth")?, most("maxheight")?);
        let address = field("url").filter(|address| !address.is_empty());
        let address = address.ok_or_else(|| Error::field("url", "Say the address of a picture’s page: url=…"))?;
        let picture = shown(&state, &site, address).await?;
        let photo = photo(&site, &state.library.settings().title, &picture, most_wide, most_high);
        match field("format") {
            None | Some("json") => Ok(Json(photo).into_response()),
            Some("xml") => oembed_xml(&photo).map_err(broken),
            Some(_) => Ok((StatusCode::NOT_IMPLEMENTED, "format is json or xml.\n").into_response()),
        }
    };
    or_refused(written.await)
}

/// A side that somebody has room for.
fn pixels(name: &'static str, side: &str) -> Result<u32> {
    let side = side.parse().ok().filter(|side| *side > 0);
    side.ok_or_else(|| Error::field(name, "Give maxwidth and maxheight as whole numbers of pixels, at least 1."))
}

/// The public picture whose page this is, or whose short address.
async fn shown(state: &State, site: &Url, address: &str) -> Result<Picture> {
    let address = Url::parse(address).map_err(|_| Error::NotFound)?;
    if address.host() != site.host() || address.port_or_known_default() != site.port_or_known_default() {
        return Err(Error::NotFound);
    }
    let viewer = Viewer::visitor();
    let id = match address.path().strip_prefix("/i/") {
        Some(short) => state.library.picture_by_short(&viewer, short.split('.').next().unwrap_or(short)).await?.id,
        None => address.path().strip_prefix("/photos/").and_then(ImageId::parse).ok_or(Error::NotFound)?,
    };
    state.library.picture(&viewer, &id).await
}

/// The widest there is within these sides, in pixels.
fn photo(site: &Url, title: &str, picture: &Picture, most_wide: Option<u32>, most_high: Option<u32>) -> Photo {
    let Picture { thumb, owner, .. } = picture;
    let fits = |width: &&u32| {
        let (wide, high) = thumb.sides_at(**width);
        most_wide.is_none_or(|most| wide <= most) && most_high.is_none_or(|most| high <= most)
    };
    let width = *WIDTHS.iter().rev().filter(|width| **width <= WIDTH).find(fits).unwrap_or(&WIDTHS[0]);
    let (wide, high) = thumb.sides_at(width);
    // The smallest, where none is small enough, to be shown as small as it is to be.
    let shrunk = f64::min(
        most_wide.map_or(1.0, |most| f64::from(most) / f64::from(wide)),
        most_high.map_or(1.0, |most| f64::from(most) / f64::from(high)),
    );
    let [wide, high] = [wide, high].map(|side| ((f64::from(side) * shrunk.min(1.0)).round() as u32).max(1));
    Photo {
        version: "1.0",
        kind: "photo",
        title: thumb.alt().to_owned(),
        author_name: owner.clone(),
        provider_name: title.to_owned(),
        provider_url: site.to_string(),
        url: at(site, &thumb.at(width)),
        width: wide,
        height: high,
    }
}

fn oembed_xml(photo: &Photo) -> io::Result<Response> {
    let mut writer = Writer::new(b"<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n".to_vec());
    writer.create_element("oembed").write_inner_content(|writer| {
        for (name, words) in [
            ("version", photo.version),
            ("type", photo.kind),
            ("title", &photo.title),
            ("author_name", &photo.author_name),
            ("provider_name", &photo.provider_name),
            ("provider_url", &photo.provider_url),
            ("url", &photo.url),
            ("width", &photo.width.to_string()),
            ("height", &photo.height.to_string()),
        ] {
            text(writer, name, words)?;
        }
        Ok(())
    })?;
    Ok(([(header::CONTENT_TYPE, XML)], writer.into_inner()).into_response())
}
