//! `/account/export`: everything of one's account as a file to keep.

use super::errors;
use app::rpc::Caller;
use axum::{
    Extension,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use domain::{Error, Needs};
use model::Export;

/// `GET` of what `user.export` answers, for whoever is signed in; an API token is refused.
pub(super) async fn download(Extension(caller): Extension<Caller>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"tuku-export.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    match export(&caller).await {
        Ok(file) => (headers, file).into_response(),
        Err(Error::Unauthenticated(_)) => Redirect::to("/login?next=/account").into_response(),
        Err(error) => errors::text(error),
    }
}

/// Written for people to read as well.
async fn export(caller: &Caller) -> Result<Vec<u8>, Error> {
    caller.viewer.permit(Needs::Session)?;
    let export: Export = caller.library.export(&caller.viewer, &caller.origin).await?;
    Ok(serde_json::to_vec_pretty(&export)?)
}
