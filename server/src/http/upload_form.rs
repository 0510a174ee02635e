//! The upload form without script: files come through the program, streamed to the store.

use super::{State, errors, forms, pages};
use app::pages::FormProblem;
use app::rpc::{Caller, RpcError};
use axum::{
    Extension,
    extract::{FromRequest, Multipart, Request, State as Shared, multipart::Field},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use bytes::Bytes;
use domain::{Error, Needs};
use futures::StreamExt;
use model::{GalleryId, ImageId, Scope, UploadDraft, UploadState};
use std::io;
use tokio::sync::mpsc;

/// The most bytes of an id or a slug.
const LONGEST_NAME: usize = 100;

/// What became of a form's files.
#[derive(Default)]
struct Outcome {
    added: Vec<ImageId>,
    /// A sentence a file.
    refused: Vec<String>,
    gallery: Option<GalleryId>,
}

/// `POST /upload`, `multipart/form-data` with `files` and maybe `galleryId`. The page's other forms are plain ones.
pub(super) async fn submit(shared: Shared<State>, caller: Extension<Caller>, request: Request) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
        return forms::submit(shared, caller, request).await;
    }
    match Multipart::from_request(request, &()).await {
        Ok(form) => receive(shared.0, caller.0, form).await,
        Err(_) => (StatusCode::BAD_REQUEST, "Send the pictures as multipart/form-data.\n").into_response(),
    }
}

async fn receive(state: State, caller: Caller, mut form: Multipart) -> Response {
    if caller.viewer.member().is_none() {
        return Redirect::to("/login?next=/upload").into_response();
    }
    if let Err(error) = caller.viewer.permit(Needs::Scope(Scope::Pictures)) {
        return errors::text(error);
    }
    let mut outcome = Outcome::default();
    loop {
        match form.next_field().await {
            Ok(Some(field)) => {
                if let Err(error) = take(&caller, field, &mut outcome).await {
                    return errors::text(error);
                }
            }
            Ok(None) => break,
            Err(_) => {
                outcome
                    .refused
                    .push("The connection broke before everything had arrived. Upload the rest again.".into());
                break;
            }
        }
    }
    if let Some(gallery) = &outcome.gallery
        && !outcome.added.is_empty()
        && let Err(error) = hang(&caller, gallery, &outcome.added).await
    {
        outcome.refused.push(error.to_string());
    }
    if outcome.added.is_empty() && outcome.refused.is_empty() {
        outcome.refused.push("Choose at least one picture.".into());
    }
    if outcome.refused.is_empty() {
        return Redirect::to("/dashboard#pictures").into_response();
    }
    let mut said = outcome.refused.join(" ");
    if !outcome.added.is_empty() {
        said = format!("{} of the pictures arrived. {said}", outcome.added.len());
    }
    let chosen = outcome.gallery.map(|gallery| ("galleryId".to_owned(), gallery.to_string()));
    let values = chosen.into_iter().collect();
    let problem = FormProblem { method: "upload".into(), error: RpcError::new("invalid", said), values };
    pages::refused(&state, caller, "/upload", problem).await
}

pub(super) async fn hang(caller: &Caller, gallery: &GalleryId, pictures: &[ImageId]) -> Result<(), Error> {
    caller.viewer.permit(Needs::Scope(Scope::Galleries))?;
    caller.library.add_to_gallery(&caller.viewer, gallery, pictures).await?;
    Ok(())
}

/// One part of the form. Only our own faults are errors; a refused file is part of the outcome.
async fn take(caller: &Caller, field: Field<'_>, outcome: &mut Outcome) -> Result<(), Error> {
    match field.name() {
        Some("galleryId") => {
            outcome.gallery = GalleryId::parse(&short(field).await);
            Ok(())
        }
        Some("files") => {
            let name = field.file_name().unwrap_or_default().to_owned();
            // A browser sends one nameless part where no file was chosen.
            if name.is_empty() {
                return Ok(());
            }
            let kind = field.content_type().unwrap_or_default().to_owned();
            match store(caller, field, &name, &kind).await {
                Ok(id) => outcome.added.push(id),
                Err(error @ (Error::Unavailable(_) | Error::Internal(_))) => return Err(error),
                Err(error) => outcome.refused.push(format!("{name}: {error}")),
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// A field's text, as far as an id or a slug can be long.
pub(super) async fn short(mut field: Field<'_>) -> String {
    let mut text = Vec::new();
    while let Ok(Some(chunk)) = field.chunk().await {
        text.extend_from_slice(&chunk[..chunk.len().min(LONGEST_NAME)]);
        if text.len() > LONGEST_NAME {
            break;
        }
    }
    String::from_utf8_lossy(&text).trim().to_owned()
}

/// Streams a part of a form to the store and makes it a picture.
pub(super) async fn store(caller: &Caller, mut field: Field<'_>, name: &str, kind: &str) -> Result<ImageId, Error> {
    let draft = UploadDraft::parse(name, kind, None)?;
    // The store takes a stream of its own; the form's parts only lend theirs. A few chunks wait in between.
    let (sender, mut receiver) = mpsc::channel::<io::Result<Bytes>>(4);
    let body = futures::stream::poll_fn(move |context| receiver.poll_recv(context)).boxed();
    let pump = async move {
        loop {
            let chunk = match field.chunk().await {
                Ok(Some(chunk)) => Ok(chunk),
                Ok(None) => break,
                Err(error) => Err(io::Error::new(io::ErrorKind::UnexpectedEof, error.to_string())),
            };
            let broken = chunk.is_err();
            // A store that stopped listening has refused the file: the rest is read and dropped.
            let _ = sender.send(chunk).await;
            if broken {
                break;
            }
        }
    };
    let (confirmed, ()) = futures::join!(caller.library.upload(&caller.viewer, &draft, body), pump);
    let confirmed = confirmed?;
    match (confirmed.state, confirmed.picture) {
        (UploadState::Completed, Some(picture)) => Ok(picture.id),
        _ => Err(Error::field("files", confirmed.reason.unwrap_or_default())),
    }
}
