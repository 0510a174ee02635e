//! Built files as they are: style sheet, islands, icon.

use super::State;
use crate::assets::{HASHES, Site};
use axum::{
    Router,
    http::{HeaderValue, header},
};
use tower::ServiceBuilder;
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

/// `/pkg/…`, and the files for browsers at the top of the site's folder. Hashed names may be kept for ever.
pub(super) fn router(site: &Site) -> Router<State> {
    let forever = if site.hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    let built = ServeDir::new(site.root.join("pkg")).precompressed_br().precompressed_gzip();
    let mut router = Router::new().nest_service("/pkg", cached(forever).service(built));
    let files = std::fs::read_dir(&site.root).into_iter().flatten().flatten();
    for file in files.filter(|file| file.file_type().is_ok_and(|kind| kind.is_file())) {
        let name = file.file_name();
        let Some(name) = name.to_str().filter(|name| is_for_browsers(name)) else { continue };
        let served = ServeFile::new(file.path()).precompressed_br().precompressed_gzip();
        router = router.route_service(&format!("/{name}"), cached("public, max-age=3600").service(served));
    }
    router
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
