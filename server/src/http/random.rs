//! `/random…`: a picture chosen at random, for `<img src>` on any page of any site.

use super::{State, entity_tags::is_known, errors, hosts::WithoutPages, images, middleware::authentication};
use axum::{
    Json,
    body::Body,
    extract::{Request, State as Shared},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use domain::{Error, OpenVariant, Result, Viewer};
use model::{Chosen, RandomAnswer, RandomRequest, Thumb, Variant, VariantRequest};
use serde::Serialize;
use url::{Url, form_urlencoded};

/// How many others are tried where a picture is gone, cannot be drawn, or may not be shown where it is asked from.
const OTHERS: usize = 16;

/// Whoever loads a page again is shown another picture.
const CHOSEN_ANEW: HeaderValue = HeaderValue::from_static("no-store");

/// The same seed is asked for again and again, and the choice may be another one then.
const SEEDED: HeaderValue = HeaderValue::from_static("public, no-cache");

const ANY_ORIGIN: HeaderValue = HeaderValue::from_static("*");

/// A picture as programs are told of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'a> {
    #[serde(flatten)]
    picture: &'a Thumb,
    /// Where it is sent in the size and format that were asked for.
    url: String,
    /// Its page, where it is known what the site's own address is.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

/// `GET` and `HEAD` of every address below `/random`. What is public alone is chosen, so nobody needs to be known; and
/// scripts of every site may read it.
pub(super) async fn random(Shared(state): Shared<State>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let mut response = match asked(&request) {
        Some(Ok(asked)) => match answer(&state, &request, &asked).await {
            Ok(response) => response,
            Err(Error::NotFound) => (StatusCode::NOT_FOUND, "No images found").into_response(),
            Err(error) => errors::text(error),
        },
        Some(Err(problem)) => (StatusCode::BAD_REQUEST, format!("{problem}\n")).into_response(),
        None => (StatusCode::NOT_FOUND, "There are /random, and /random/ with landscape, portrait or square.\n")
            .into_response(),
    };
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(CHOSEN_ANEW);
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN);
    response
}

fn asked(request: &Parts) -> Option<Result<RandomRequest, String>> {
    let path = request.uri.path().strip_prefix("/random")?;
    RandomRequest::parse(path, form_urlencoded::parse(request.uri.query().unwrap_or_default().as_bytes()))
}

async fn answer(state: &State, request: &Parts, asked: &RandomRequest) -> Result<Response> {
    let (library, source, seed) = (&state.library, &asked.source, asked.seed.as_deref());
    let site = || authentication::site_address(state, &request.headers, &request.uri).ok_or(Error::NotFound);
    let choose_one = async || match seed {
        Some(_) => Ok(library.random_pictures(source, seed, 1).await?.first().map(Chosen::from)),
        None => library.random_picture(source).await,
    };
    let has_pages = state.public_url.is_some() || request.extensions.get::<WithoutPages>().is_none();
    // What is told of is what the page that asks may show.
    let choose = async |most: usize| match library.limits_random(source).await? {
        true => allowed(state, request, asked, most).await,
        false => library.random_pictures(source, seed, most).await,
    };
    match asked.answer {
        RandomAnswer::Count => Ok(library.count_random(source).await?.to_string().into_response()),
        RandomAnswer::Redirect => {
            let chosen = match library.limits_random(source).await? {
                true => allowed(state, request, asked, 1).await?.first().map(Chosen::from),
                false => choose_one().await?,
            };
            let chosen = chosen.ok_or(Error::NotFound)?;
            let to = site()?.join(&path(&chosen, asked)).map_err(|_| Error::NotFound)?;
            Ok((StatusCode::FOUND, [(header::LOCATION, String::from(to))]).into_response())
        }
        RandomAnswer::Told => {
            let chosen = choose(1).await?.pop().ok_or(Error::NotFound)?;
            Ok(Json(told(&chosen, asked, &site()?, has_pages)?).into_response())
        }
        RandomAnswer::List(most) => {
            let (chosen, site) = (choose(most).await?, site()?);
            let told: Vec<_> =
                chosen.iter().map(|picture| told(picture, asked, &site, has_pages)).collect::<Result<_>>()?;
            Ok(Json(told).into_response())
        }
        RandomAnswer::Picture => {
            let mut problem = Error::NotFound;
            for others in [false, true] {
                let chosen = match others {
                    false => Vec::from_iter(choose_one().await?),
                    true => library.random_pictures(source, seed, OTHERS).await?.iter().map(Chosen::from).collect(),
                };
                for picture in chosen {
                    match show(state, request, asked, &picture).await {
                        Ok(response) => return Ok(response),
                        Err(error @ Error::Unavailable(_)) => return Err(error),
                        Err(error) => problem = error,
                    }
                }
            }
            Err(problem)
        }
    }
}

/// Chosen pictures that the page that asks may show.
async fn allowed(state: &State, request: &Parts, asked: &RandomRequest, most: usize) -> Result<Vec<Thumb>> {
    let mut allowed = Vec::new();
    for picture in state.library.random_pictures(&asked.source, asked.seed.as_deref(), most + OTHERS).await? {
        if allowed.len() == most {
            break;
        }
        match open(state, request, asked, &Chosen::from(&picture)).await {
            Ok(_) => allowed.push(picture),
            Err(error @ Error::Unavailable(_)) => return Err(error),
            Err(_) => {}
        }
    }
    Ok(allowed)
}

/// What a chosen picture is sent as.
fn variant(picture: &Chosen, asked: &RandomRequest) -> Variant {
    Variant { format: asked.format, ..Variant::of_width(asked.width_of(picture)) }
}

/// The address of just that.
fn path(picture: &Chosen, asked: &RandomRequest) -> String {
    variant(picture, asked).path(&picture.id, picture.version, None)
}

fn told<'a>(picture: &'a Thumb, asked: &RandomRequest, site: &Url, has_pages: bool) -> Result<Told<'a>> {
    let at = |path: &str| site.join(path).map(String::from).map_err(|_| Error::NotFound);
    let page = has_pages.then(|| at(&format!("/photos/{}", picture.id))).transpose()?;
    Ok(Told { url: at(&path(&Chosen::from(picture), asked))?, page, picture })
}

/// What was chosen, if the page that asks may show it.
async fn open(state: &State, request: &Parts, asked: &RandomRequest, picture: &Chosen) -> Result<OpenVariant> {
    let wanted = VariantRequest { variant: variant(picture, asked), version: None, signature: None };
    let accepts = images::accepts(&request.headers);
    let opened = state.library.open_variant(&Viewer::visitor(), &picture.id, &wanted, accepts).await?;
    let is_limited = state.library.limits_hotlinks(opened.hotlinks());
    if is_limited && images::is_hotlinked(state, &request.headers, &request.uri, opened.hotlinks()) {
        return Err(Error::NotFound);
    }
    Ok(opened)
}

async fn show(state: &State, request: &Parts, asked: &RandomRequest, picture: &Chosen) -> Result<Response> {
    let opened = open(state, request, asked, picture).await?;
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(opened.content_type));
    if let Ok(location) = HeaderValue::try_from(path(picture, asked)) {
        headers.insert(header::CONTENT_LOCATION, location);
    }
    if asked.seed.is_some() {
        headers.insert(header::CACHE_CONTROL, SEEDED);
        if asked.format.is_none() {
            headers.insert(header::VARY, HeaderValue::from_static("Accept"));
        }
        if let Ok(etag) = HeaderValue::from_str(&opened.etag) {
            headers.insert(header::ETAG, etag);
        }
        if is_known(&request.headers, &opened.etag) {
            return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
        }
    }
    let bytes = state.library.variant_bytes(opened).await?;
    let mut response = Response::new(Body::from(bytes));
    *response.headers_mut() = headers;
    Ok(response)
}
