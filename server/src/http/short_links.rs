//! `/i/…`: the short addresses of a picture, of its page and of its bytes in any format.

use super::{State, errors, pages};
use app::rpc::Caller;
use axum::{
    Extension,
    extract::{Path, Request, State as Shared},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::Error;
use model::{PictureFormat, Variant};

/// The width of the bytes that are led to, in pixels; never more than the original has.
const WIDTH: u32 = 1920;

/// Where it leads changes with the picture and with who asks.
const ASKED_AGAIN: HeaderValue = HeaderValue::from_static("private, no-cache");

/// `GET` and `HEAD` of `/i/{short}` and of `/i/{short}.{ending}`.
pub(super) async fn follow(
    Shared(state): Shared<State>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    let (short, ending) = name.split_once('.').map_or((&*name, None), |(short, ending)| (short, Some(ending)));
    let viewer = caller.viewer.clone().reading();
    let picture = state.library.picture_by_short(&viewer, short).await;
    let to = match (picture, ending.map(PictureFormat::named)) {
        (Ok(picture), None) => format!("/photos/{}", picture.id),
        (Ok(picture), Some(Some(format))) => {
            let variant = Variant { format: Some(format), ..Variant::of_width(WIDTH) };
            variant.path(&picture.id, picture.version, None)
        }
        // People get a page.
        (Err(Error::NotFound), None) => return pages::page(Shared(state), Extension(caller), request).await,
        (Ok(_), Some(None)) => return errors::text(Error::NotFound),
        (Err(error), _) => return errors::text(error),
    };
    (StatusCode::FOUND, [(header::LOCATION, to)], [(header::CACHE_CONTROL, ASKED_AGAIN)]).into_response()
}
