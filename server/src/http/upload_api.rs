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
use model::{GalleryId, Picture, Scope};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

/// The width of the address that is pasted, in pixels; never more than the picture has.
const WIDTH: u32 = 1920;

/// That of the small one beside it.
const THUMBNAIL: u32 = 320;

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
        caller.viewer.signed_in()?;
        caller.viewer.permit(Needs::Scope(Scope::Pictures))?;
        let form = form.map_err(|_| wrong("Send the picture as a file of multipart/form-data."))?;
        let site = site.ok_or(Error::NotFound)?;
        take(&caller, form, wishes.gallery, &site).await
    };
    match answer.await {
        Ok(sent) => Json(told(&sent)).into_response(),
        Err(error) => refused(&RpcError::from(error)),
    }
}

fn wrong(reason: &str) -> Error {
    Error::Invalid(model::Invalid::field("file", reason))
}

async fn take(caller: &Caller, mut form: Multipart, gallery: Option<String>, site: &Url) -> Result<Vec<Sent>> {
    let (mut gallery, mut added) = (gallery, Vec::new());
    let cut_short = || wrong("The connection broke before everything had arrived. Send it again.");
    while let Some(field) = form.next_field().await.map_err(|_| cut_short())? {
        match field.file_name().map(str::to_owned) {
            Some(_) if added.len() == MOST_FILES => return Err(wrong("Send at most 50 files at once.")),
            Some(name) => {
                let kind = field.content_type().unwrap_or_default().to_owned();
                added.push(upload_form::store(caller, field, &name, &kind).await?);
            }
            None if field.name() == Some("gallery") => gallery = Some(upload_form::short(field).await),
            None => {}
        }
    }
    if added.is_empty() {
        return Err(wrong("There is no file in this request."));
    }
    if let Some(slug) = gallery.filter(|slug| !slug.is_empty()) {
        let gallery = gallery_of(caller, &slug).await?;
        upload_form::hang(caller, &gallery, &added).await?;
    }
    let mut sent = Vec::new();
    for id in added {
        sent.push(describe(&caller.library.picture(&caller.viewer, &id).await?, site));
    }
    Ok(sent)
}

/// The gallery of a slug, for whoever may change it.
async fn gallery_of(caller: &Caller, slug: &str) -> Result<GalleryId> {
    let page = caller.library.gallery_page(&caller.viewer, slug, 1).await;
    let gallery = page.map(|page| page.gallery).ok().filter(|gallery| gallery.editable);
    let unknown = || {
        Error::Invalid(model::Invalid::field(
            "gallery",
            "You have no gallery of this name: give the last part of its address.",
        ))
    };
    gallery.map(|gallery| gallery.id).ok_or_else(unknown)
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

/// The first file under every name that programs look for it, and all of them as a list.
fn told(sent: &[Sent]) -> Value {
    let first = &sent[0];
    let message = match first.is_public {
        true => "It is on the site.",
        false => "It is private: hang it in a public gallery, and others see it at this address.",
    };
    json!({
        "success": true,
        "status": true,
        "message": message,
        "url": first.url,
        "thumbnail": first.thumbnail,
        "data": first,
        "result": sent.iter().map(|sent| &sent.url).collect::<Vec<_>>(),
        "files": sent,
    })
}

fn refused(error: &RpcError) -> Response {
    let body = json!({"success": false, "status": false, "message": error.message, "code": error.code});
    let mut response = errors::answered(error, Json(body).into_response());
    if response.status() == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
