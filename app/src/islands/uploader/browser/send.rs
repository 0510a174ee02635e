//! The way of one file: a ticket, the bytes straight to storage, a confirmation, and its gallery.

use super::{handler, held, hold_request};
use crate::{
    islands::uploads::{Phase, Queue, Row},
    rpc::{gallery_add_images, image_confirm_upload, image_delete, image_generate_upload_url},
};
use js_sys::Promise;
use leptos::prelude::{Set, WithUntracked};
use model::{Confirmed, ImageId, UploadState, UploadTicket};
use wasm_bindgen::closure::Closure;
use web_sys::{File, ProgressEvent, XmlHttpRequest};

const LOST: &str = "The connection was lost. Check the network, then retry.";
const NOT_WHOLE: &str = "The file did not arrive whole. Retry.";
const EXPIRED: &str = "The upload took longer than its link was good for, twice. Retry on a faster network.";

/// Sends a file and writes down where it stands, to the end, unless it is stopped or started anew meanwhile.
pub(super) async fn send(queue: Queue, row: &Row, attempt: u32) {
    let run = Run { queue, row, attempt };
    let end = match run.to_the_end().await {
        Ok(()) => Phase::Added,
        Err(phase) => phase,
    };
    if run.stands() {
        hold_request(row.id, None);
        row.phase.set(end);
    }
}

/// One attempt at one file.
struct Run<'a> {
    queue: Queue,
    row: &'a Row,
    attempt: u32,
}

impl Run<'_> {
    /// Whether nobody has stopped it or started another.
    fn stands(&self) -> bool {
        held(self.row.id, |held| held.attempt) == Some(self.attempt)
    }

    async fn to_the_end(&self) -> Result<(), Phase> {
        let parts = held(self.row.id, |held| (held.file.clone(), held.gallery.clone()));
        let (file, gallery) = parts.ok_or(Phase::Cancelled)?;
        let id = self.stored(&file).await?;
        self.row.phase.set(Phase::Checking);
        confirmed(&id).await?;
        if let Some(gallery) = gallery {
            // Pictures hang in the order they were chosen in, whichever arrives first.
            while self.queue.any_active_before(self.row.id) {
                pause().await;
            }
            gallery_add_images(gallery, vec![id]).await.map_err(|error| {
                Phase::Refused(format!("It is in your library, but not in the gallery. {}", error.message))
            })?;
        }
        Ok(())
    }

    /// Brings the bytes to storage. A link that has expired is replaced once.
    async fn stored(&self, file: &File) -> Result<ImageId, Phase> {
        for _ in 0..2 {
            let ticket = self.ticket(file).await?;
            let status = if self.stands() { self.put(file, &ticket).await } else { None };
            let UploadTicket { asset_id, .. } = ticket;
            if self.stands() && matches!(status, Some(200..300)) {
                return Ok(asset_id);
            }
            // What did not arrive takes no room: the next try is not refused for it.
            _ = image_delete(asset_id).await;
            if !self.stands() {
                return Err(Phase::Cancelled);
            }
            match status {
                Some(403) => {}
                Some(400) => return Err(Phase::Failed(NOT_WHOLE.into())),
                Some(413) => return Err(Phase::Refused("The storage found this file too large.".into())),
                Some(0) | None => return Err(Phase::Failed(LOST.into())),
                Some(status) => {
                    return Err(Phase::Failed(format!("The storage answered {status}. Retry in a moment.")));
                }
            }
        }
        Err(Phase::Failed(EXPIRED.into()))
    }

    async fn ticket(&self, file: &File) -> Result<UploadTicket, Phase> {
        let Row { name, size, .. } = self.row;
        image_generate_upload_url(name.to_string(), file.type_(), Some(*size)).await.map_err(|error| {
            if error.fields.0.is_empty() { Phase::Failed(error.message) } else { Phase::Refused(error.message) }
        })
    }

    /// PUTs the bytes and answers the status; 0 when the connection was lost or the request was stopped.
    async fn put(&self, file: &File, ticket: &UploadTicket) -> Option<u16> {
        let request = XmlHttpRequest::new().ok()?;
        request.open("PUT", &ticket.upload_url).ok()?;
        request.set_request_header("Content-Type", &ticket.content_type).ok()?;
        let phase = self.row.phase.clone();
        let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            // Stopped by hand meanwhile: that stands.
            let sending = phase.with_untracked(|phase| matches!(phase, Phase::Sending(_)));
            if sending && event.length_computable() && event.total() > 0.0 {
                phase.set(Phase::Sending((event.loaded() / event.total() * 100.0) as u32));
            }
        });
        request.upload().ok()?.set_onprogress(Some(handler(&progress)));
        // `loadend` comes after success, failure and abort alike.
        let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
        request.send_with_opt_blob(Some(file)).ok()?;
        hold_request(self.row.id, Some(request.clone()));
        _ = ended.await;
        request.status().ok()
    }
}

/// A moment.
async fn pause() {
    let moment = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 50);
        }
    });
    _ = moment.await;
}

/// Has the server look at what arrived.
async fn confirmed(id: &ImageId) -> Result<(), Phase> {
    let answer = image_confirm_upload(id.clone()).await.map_err(|error| Phase::Failed(error.message))?;
    match answer {
        Confirmed { state: UploadState::Completed, .. } => Ok(()),
        Confirmed { state: UploadState::Pending, .. } => Err(Phase::Failed(NOT_WHOLE.into())),
        Confirmed { state: UploadState::Failed, reason, .. } => {
            Err(Phase::Failed(reason.unwrap_or_else(|| NOT_WHOLE.into())))
        }
    }
}
