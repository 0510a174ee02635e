//! Built files as they are: style sheet, islands, icon. And the script that wakes the islands, which is part of the
//! program.

use super::{
    State,
    encodings::{Encoding, brotli},
};
use crate::assets::{HASHES, Site};
use app::{LOADER, LOADER_NAME};
use axum::{
    Router,
    http::{HeaderMap, HeaderValue, header},
    middleware::map_response,
    response::{IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use std::sync::LazyLock;
use tower::ServiceBuilder;
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

/// For names that change with what they name.
pub(super) const FOREVER: &str = "max-age=31536000, immutable";

/// `/pkg/…`, the loader of islands, and the files for browsers at the top of the site's folder. Hashed names may be
/// kept for ever.
pub(super) fn router(site: &Site) -> Router<State> {
    let built = ServeDir::new(site.root.join("pkg")).precompressed_br().precompressed_gzip();
    let mut router = match site.hashed {
        true => Router::new().nest_service("/pkg", built).layer(map_response(for_ever)),
        false => Router::new().nest_service("/pkg", cached("no-cache").service(built)),
    };
    router = router.route(&format!("/{LOADER_NAME}"), get(loader));
    let files = std::fs::read_dir(&site.root).into_iter().flatten().flatten();
    for file in files.filter(|file| file.file_type().is_ok_and(|kind| kind.is_file())) {
        let name = file.file_name();
        let Some(name) = name.to_str().filter(|name| is_for_browsers(name)) else { continue };
        let served = ServeFile::new(file.path()).precompressed_br().precompressed_gzip();
        router = router.route_service(&format!("/{name}"), cached("max-age=3600").service(served));
    }
    router
}

/// The loader as nearly every browser takes it: compressed once, as hard as can be.
static BROTLI: LazyLock<Option<Bytes>> = LazyLock::new(|| brotli(LOADER.as_bytes(), 11).ok().map(Bytes::from));

/// The script that wakes islands. For clients that like brotli less it is compressed on its way, as all text.
async fn loader(headers: HeaderMap) -> Response {
    let told = [(header::CONTENT_TYPE, "text/javascript"), (header::CACHE_CONTROL, FOREVER)];
    let takes_brotli = Encoding::preferred(&headers) == Some(Encoding::Brotli);
    match BROTLI.clone().filter(|_| takes_brotli) {
        Some(body) => {
            (told, [(header::CONTENT_ENCODING, "br"), (header::VARY, "accept-encoding")], body).into_response()
        }
        None => (told, LOADER).into_response(),
    }
}

/// A file whose name names these bytes alone: there is nothing to ask again by. It is fetched whole, with the first page,
/// and each byte of its headers stands before the picture that is waited for. What is not there is not kept.
async fn for_ever(mut response: Response) -> Response {
    if response.status().is_success() {
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(FOREVER));
        for needless in [header::LAST_MODIFIED, header::ETAG, header::ACCEPT_RANGES] {
            headers.remove(needless);
        }
    }
    response
}

/// Whether a file has an address of its own. Compressed ones are sent in place of those they were made of.
fn is_for_browsers(name: &str) -> bool {
    name != HASHES && !name.ends_with(".br") && !name.ends_with(".gz")
}

fn cached(
    policy: &'static str,
) -> ServiceBuilder<tower::layer::util::Stack<SetResponseHeaderLayer<HeaderValue>, tower::layer::util::Identity>> {
    let layer = SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static(policy));
    ServiceBuilder::new().layer(layer)
}
