//! The way of one file: a ticket, the bytes straight to storage, a confirmation, and its gallery.

use super::{
    files::{QUEUE, phase, set_phase, with_held},
    queue::Phase,
};
use crate::browser::requests::{UNREACHABLE, call, params};
use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, File, ProgressEvent, XmlHttpRequest};

const LOST: &str = "The connection was lost. Check the network, then retry.";
const NOT_WHOLE: &str = "The file did not arrive whole. Retry.";
const EXPIRED: &str = "The upload took longer than its link was good for, twice. Retry on a faster network.";

/// Sends a file and writes down where it stands, to the end, unless it is stopped or started anew meanwhile.
pub(super) async fn send(root: Element, at: usize, attempt: u32) {
    let run = Run { root, at, attempt };
    let end = match run.to_the_end().await {
        Ok(()) => Phase::Added,
        Err(phase) => phase,
    };
    if run.stands() {
        with_held(at, |held| held.request = None);
        set_phase(&run.root, at, end);
    }
}

/// Where to PUT a file, as what, and the picture it becomes.
struct Ticket {
    url: String,
    content_type: String,
    id: String,
}

/// One attempt at one file.
struct Run {
    root: Element,
    at: usize,
    attempt: u32,
}

impl Run {
    /// Whether nobody has stopped it or started another.
    fn stands(&self) -> bool {
        with_held(self.at, |held| held.attempt) == Some(self.attempt)
    }

    async fn to_the_end(&self) -> Result<(), Phase> {
        let parts = with_held(self.at, |held| (held.file.clone(), held.gallery.clone()));
        let (file, gallery) = parts.ok_or(Phase::Cancelled)?;
        // Not a second time, only because an answer was lost.
        let id = match with_held(self.at, |held| held.unheard.take()).flatten() {
            Some(id) => id,
            None => self.stored(&file).await?,
        };
        set_phase(&self.root, self.at, Phase::Checking);
        if let Err(phase) = confirmed(&id).await {
            if phase == Phase::Failed(UNREACHABLE.into()) {
                with_held(self.at, |held| held.unheard = Some(id));
            }
            return Err(phase);
        }
        if !gallery.is_empty() {
            // Pictures hang in the order they were chosen in, whichever arrives first.
            while QUEUE.with_borrow(|queue| queue.any_active_before(self.at)) {
                pause().await;
            }
            let hung = call("gallery.addImages", &params(&[("galleryId", &gallery), ("imageIds[]", &id)])).await;
            hung.map_err(|refusal| {
                Phase::Refused(format!("It is in your library, but not in the gallery. {}", refusal.message))
            })?;
        }
        Ok(())
    }

    /// Brings the bytes to storage, and answers the picture's id. A link that has expired is replaced once.
    async fn stored(&self, file: &File) -> Result<String, Phase> {
        for _ in 0..2 {
            let ticket = ticket(file).await?;
            let status = if self.stands() { self.put(file, &ticket).await } else { None };
            if self.stands() && matches!(status, Some(200..300)) {
                return Ok(ticket.id);
            }
            // What did not arrive takes no room: the next try is not refused for it.
            _ = call("image.delete", &params(&[("imageId", &ticket.id)])).await;
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

    /// PUTs the bytes and answers the status; 0 when the connection was lost or the request was stopped.
    async fn put(&self, file: &File, ticket: &Ticket) -> Option<u16> {
        let request = XmlHttpRequest::new().ok()?;
        request.open("PUT", &ticket.url).ok()?;
        request.set_request_header("Content-Type", &ticket.content_type).ok()?;
        let (root, at) = (self.root.clone(), self.at);
        let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
            // Stopped by hand meanwhile: that stands.
            let sending = matches!(phase(at), Some(Phase::Sending(_)));
            if sending && event.length_computable() && event.total() > 0.0 {
                let percent = (event.loaded() / event.total() * 100.0) as u32;
                set_phase(&root, at, Phase::Sending(percent));
            }
        });
        request.upload().ok()?.set_onprogress(Some(progress.as_ref().unchecked_ref()));
        // `loadend` comes after success, failure and abort alike.
        let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
        request.send_with_opt_blob(Some(file)).ok()?;
        with_held(self.at, |held| held.request = Some(request.clone()));
        _ = ended.await;
        request.status().ok()
    }
}

async fn ticket(file: &File) -> Result<Ticket, Phase> {
    let size = (file.size() as u64).to_string();
    let wish = params(&[("filename", &file.name()), ("contentType", &file.type_()), ("size", &size)]);
    match call("image.generateUploadUrl", &wish).await {
        Ok(answer) => Ok(Ticket {
            url: answer.text("uploadUrl"),
            content_type: answer.text("contentType"),
            id: answer.text("assetId"),
        }),
        Err(refusal) if refusal.fields.is_empty() => Err(Phase::Failed(refusal.message)),
        Err(refusal) => Err(Phase::Refused(refusal.message)),
    }
}

/// A moment.
async fn pause() {
    let moment = Promise::new(&mut |resolve, _| {
        _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 50);
    });
    _ = moment.await;
}

/// Has the server look at what arrived.
async fn confirmed(id: &str) -> Result<(), Phase> {
    let answer = call("image.confirmUpload", &params(&[("assetId", id)])).await;
    let answer = answer.map_err(|refusal| Phase::Failed(refusal.message))?;
    match answer.text("state").as_str() {
        "completed" => Ok(()),
        "failed" if !answer.text("reason").is_empty() => Err(Phase::Failed(answer.text("reason"))),
        _ => Err(Phase::Failed(NOT_WHOLE.into())),
    }
}
