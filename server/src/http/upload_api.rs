//! `POST /api/upload`: a simple way in for programs that send a picture and paste its address. The answer has what
//! PicGo, PicList, ShareX and uPic look for, each under the name they know.

use super::{State, errors, middleware::authentication, upload_form};
use app::{
    pages::{PictureLinks, whole_address},
    rpc::{Caller, RpcError},
};
use axum::{
    Extension, Json,
    extract::{FromRequest, Multipart, Query, Request, State as Shared},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{Error, Needs, Result};
use model::{GalleryId, ImageId, Picture, Scope};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

/// Where it is.
pub(super) const PATH: &str = "/api/upload";

/// The width of the address that is pasted, in pixels; never more than the picture has.
const WIDTH: u32 = 1920;

/// That of the small one beside it.
const THUMBNAIL: u32 = 320;

/// What somebody without a token is told.
const NO_TOKEN: &str = "Send an API token with the scope pictures: authorization: Bearer tuku_…";

/// The most files of one request.
const MOST_FILES: usize = 50;

/// What may stand in the query.
#[derive(Deserialize)]
pub(super) struct Wishes {
    /// A gallery of the sender's, by its slug; a field of the form may name it as well.
    gallery: Option<String>,
}

/// A file as programs are told of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    id: String,
    url: String,
    thumbnail: String,
    page: String,
    is_public: bool,
    links: Value,
}

/// A file that was not taken.
#[derive(Serialize)]
struct Refused {
    /// As it was sent; empty where it is about none of them.
    filename: String,
    #[serde(flatten)]
    error: RpcError,
}

/// What became of the files of a request: one that is refused keeps no other from being taken.
#[derive(Default)]
struct Outcome {
    added: Vec<ImageId>,
    refused: Vec<Refused>,
}

impl Outcome {
    fn refuse(&mut self, filename: &str, error: Error) {
        self.refused.push(Refused { filename: filename.to_owned(), error: error.into() });
    }
}

/// Takes every file of a `multipart/form-data`, whatever its field is called.
pub(super) async fn receive(
    Shared(state): Shared<State>,
    Extension(caller): Extension<Caller>,
    Query(wishes): Query<Wishes>,
    request: Request,
) -> Response {
    let site = authentication::site_address(&state, request.headers(), request.uri());
    let form = Multipart::from_request(request, &()).await;
    let answer = async {
        caller.viewer.signed_in().map_err(|_| Error::Unauthenticated(NO_TOKEN))?;
        caller.viewer.permit(Needs::Scope(Scope::Pictures))?;
        let form = form.map_err(|_| wrong("Send the picture as a file of multipart/form-data."))?;
        let site = site.ok_or(Error::NotFound)?;
        take(&caller, form, wishes.gallery, &site).await
    };
    match answer.await {
        Ok((sent, refused)) => told(&sent, &refused),
        Err(error) => refused(&RpcError::from(error)),
    }
}

fn wrong(reason: &str) -> Error {
    Error::field("file", reason)
}

async fn take(
    caller: &Caller,
    mut form: Multipart,
    gallery: Option<String>,
    site: &Url,
) -> Result<(Vec<Sent>, Vec<Refused>)> {
    // Before anything is taken, where it is known by then.
    let mut gallery = match gallery {
        Some(slug) => gallery_of(caller, &slug).await?,
        None => None,
    };
    let mut outcome = Outcome::default();
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(_) => {
                outcome.refuse("", wrong("The connection broke before everything had arrived. Send it again."));
                break;
            }
        };
        match field.file_name().map(str::to_owned) {
            Some(name) if outcome.added.len() == MOST_FILES => outcome.refuse(&name, wrong("Send at most 50 at once.")),
            Some(name) => {
                let kind = field.content_type().unwrap_or_default().to_owned();
                match upload_form::store(caller, field, &name, &kind).await {
                    Ok(id) => outcome.added.push(id),
                    Err(error) => outcome.refuse(&name, error),
                }
            }
            None if field.name() == Some("gallery") => {
                match gallery_of(caller, &upload_form::short(field).await).await {
                    Ok(named) => gallery = named,
                    Err(error) => outcome.refuse("", error),
                }
            }
            None => {}
        }
    }
    if let Some(gallery) = gallery
        && !outcome.added.is_empty()
        && let Err(error) = upload_form::hang(caller, &gallery, &outcome.added).await
    {
        outcome.refuse("", error);
    }
    let mut sent = Vec::new();
    for id in outcome.added {
        sent.push(describe(&caller.library.picture(&caller.viewer, &id).await?, site));
    }
    Ok((sent, outcome.refused))
}

/// The gallery of a slug, for whoever may change it; none where nothing is named.
async fn gallery_of(caller: &Caller, slug: &str) -> Result<Option<GalleryId>> {
    if slug.is_empty() {
        return Ok(None);
    }
    let page = caller.library.gallery_page(&caller.viewer, slug, 1).await;
    let gallery = page.map(|page| page.gallery).ok().filter(|gallery| gallery.editable);
    let unknown = || Error::field("gallery", "You have no gallery of this name: give the last part of its address.");
    gallery.map(|gallery| Some(gallery.id)).ok_or_else(unknown)
}

fn describe(picture: &Picture, site: &Url) -> Sent {
    let Picture { thumb, short, is_public, .. } = picture;
    let links = PictureLinks::new(site, thumb, short, WIDTH);
    let thumbnail = whole_address(site, &thumb.at(THUMBNAIL));
    Sent {
        id: thumb.id.to_string(),
        is_public: *is_public,
        links: json!({
            "url": links.image,
            "short": links.short_page,
            "html": links.html,
            "markdown": links.markdown,
            "markdown_with_link": links.linked_markdown,
            "bbcode": links.bbcode,
            "thumbnail_url": thumbnail,
        }),
        url: links.image,
        page: links.page,
        thumbnail,
    }
}

/// The first file under every name that programs look for it, and all of them as a list; or what was refused, and what
/// was taken none the less.
fn told(sent: &[Sent], refusals: &[Refused]) -> Response {
    let first = match (sent, refusals) {
        ([first, ..], []) => first,
        ([], [only]) => return refused(&only.error),
        (_, [first, ..]) => return in_part(sent, refusals, &first.error),
        ([], []) => return refused(&RpcError::from(wrong("There is no file in this request."))),
    };
    let message = match first.is_public {
        true => "It is on the site.",
        false => "It is private: hang it in a public gallery, and others see it at this address.",
    };
    let body = json!({
        "success": true,
        "status": true,
        "message": message,
        "url": first.url,
        "thumbnail": first.thumbnail,
        "data": first,
        "result": sent.iter().map(|sent| &sent.url).collect::<Vec<_>>(),
        "files": sent,
    });
    Json(body).into_response()
}

/// The answer where not all of it was done: with the status of what was refused first.
fn in_part(sent: &[Sent], refusals: &[Refused], first: &RpcError) -> Response {
    let reasons = refusals.iter().map(|refused| match refused.filename.as_str() {
        "" => refused.error.message.clone(),
        name => format!("{name}: {}", refused.error.message),
    });
    let mut said: Vec<_> = reasons.collect();
    if !sent.is_empty() {
        said.insert(0, format!("{} of the pictures arrived; send only the others again.", sent.len()));
    }
    let body = json!({
        "success": false,
        "status": false,
        "message": said.join(" "),
        "code": first.code,
        "files": sent,
        "refused": refusals,
    });
    errors::answered(first, Json(body).into_response())
}

/// The answer where nothing was done.
pub(super) fn refused(error: &RpcError) -> Response {
    let body = json!({"success": false, "status": false, "message": error.message, "code": error.code});
    let mut response = errors::answered(error, Json(body).into_response());
    if response.status() == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
