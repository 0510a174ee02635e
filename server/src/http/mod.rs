//! HTTP: every address of the program, and what a request passes on its way in.

mod bucket_events;
mod call;
pub(crate) mod delivery;
mod discovery;
mod encodings;
mod entity_tags;
mod errors;
mod export;
mod feeds;
mod forms;
mod health;
pub(crate) mod hosts;
mod images;
mod middleware;
mod originals;
pub(crate) mod page_cache;
mod pages;
mod quality_values;
mod random;
mod ranges;
mod rpc;
mod short_links;
mod site_files;
mod speculation_rules;
mod storage_endpoint;
mod upload_api;
mod upload_form;
mod xml;

use crate::assets::Site;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderName, header},
    middleware::{from_fn, from_fn_with_state, map_response_with_state},
    routing::{get, post},
};
use domain::Library;
use hosts::HostTable;
use middleware::security_headers;
use page_cache::PageCache;
use std::{ops::Deref, sync::Arc, time::Duration};
use storage::Endpoint;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    set_header::SetResponseHeaderLayer,
    trace::TraceLayer,
};
use url::Url;

/// The most an RPC call or a form may have, in bytes. Pictures go straight to storage or through the upload form.
const MOST_BODY: usize = 1_000_000;

/// What handlers share. Cheap to clone.
#[derive(Clone)]
pub(crate) struct State(Arc<Parts>);

impl State {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for State {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// What a [`State`] is made of.
pub(crate) struct Parts {
    pub(crate) library: Library,
    pub(crate) site: Site,
    /// The site's address, if the operator set one.
    pub(crate) public_url: Option<Url>,
    /// What each host stands for.
    pub(crate) hosts: HostTable,
    /// Where browsers reach the bucket, if it is not this site.
    pub(crate) direct_origin: Option<String>,
    /// The header in which the proxy tells the client's address, if the operator named one.
    pub(crate) client_address_header: Option<HeaderName>,
    /// What a bucket elsewhere shows when it says what has become of its objects; none: nobody is believed.
    pub(crate) bucket_events_token: Option<String>,
    /// How long answers that are asked for often are kept; zero: never.
    pub(crate) cached_reads: Duration,
    /// Pages that all visitors are shown alike, if they are kept.
    pub(crate) pages: Option<PageCache>,
}

/// All addresses. A request passes, outermost first: log, panics, security headers, the storage endpoint (which has
/// its own signatures), compression, the same-origin rule, authentication. From there on what may change something is
/// carried out to its end.
///
/// Pictures in the sizes of pages, of which a page has sixty, and random ones pass only what counts for them: they change
/// nothing, are not compressed, and find their viewer themselves or need none. Pictures and pages that lie ready do not
/// come this far, and what a host stands for is known before: see [`delivery`]. A bucket elsewhere is no viewer either.
pub(crate) fn router(state: State, endpoint: Option<Endpoint>) -> Router {
    let compressed = DefaultPredicate::new().and(NotForContentType::const_new("application/wasm"));
    // A drawing is a file to keep, which may be asked for in parts; the icon is there compressed.
    let compressed = compressed.and(NotForContentType::const_new("image/svg+xml")).and(page_cache::may_be_compressed);
    let around = (TraceLayer::new_for_http().on_failure(errors::note), CatchPanicLayer::custom(errors::panicked));
    let no_sniff = SetResponseHeaderLayer::overriding(header::X_CONTENT_TYPE_OPTIONS, security_headers::NO_SNIFF);
    let short_way = Router::new()
        .route("/images/view/{id}/{options}", get(images::view))
        .route("/random", get(random::random))
        .route("/random/{*which}", get(random::random))
        .layer((around.clone(), no_sniff.clone()));
    let of_the_bucket = Router::new()
        .route("/api/bucket-events", post(bucket_events::receive).fallback(errors::post_only))
        .layer((around.clone(), no_sniff, from_fn(middleware::to_the_end::carry), DefaultBodyLimit::max(MOST_BODY)));
    Router::new()
        .route("/api/rpc", post(rpc::envelope).fallback(errors::post_only))
        .route("/api/rpc/{method}", post(rpc::method).fallback(errors::post_only))
        .route(
            upload_api::PATH,
            post(upload_api::receive).fallback(errors::post_only).layer(DefaultBodyLimit::disable()),
        )
        .route("/images/original/{id}", get(originals::download))
        .route("/upload", post(upload_form::submit).get(pages::page).layer(DefaultBodyLimit::disable()))
        .route("/account/export", get(export::download))
        .route("/i/{name}", get(short_links::follow))
        .route("/health", get(health::health))
        .merge(for_programs())
        .merge(site_files::router(&state.site))
        .fallback_service(get(pages::page).post(forms::submit).with_state(state.clone()))
        .layer((
            around,
            map_response_with_state(state.clone(), security_headers::complete),
            from_fn_with_state(endpoint, storage_endpoint::answer_signed),
            CompressionLayer::new().compress_when(compressed),
            from_fn(middleware::same_origin::require),
            from_fn_with_state(state.clone(), middleware::authentication::authenticate),
            from_fn(middleware::to_the_end::carry),
            DefaultBodyLimit::max(MOST_BODY),
        ))
        .merge(short_way)
        .merge(of_the_bucket)
        .with_state(state)
}

/// What other sites' programs read.
fn for_programs() -> Router<State> {
    Router::new()
        .route("/feed.xml", get(feeds::of_site))
        .route("/feed.json", get(feeds::of_site))
        .route("/gallery/{slug}/feed.xml", get(feeds::of_gallery))
        .route("/gallery/{slug}/feed.json", get(feeds::of_gallery))
        .route("/tags/{name}/feed.xml", get(feeds::of_tag))
        .route("/tags/{name}/feed.json", get(feeds::of_tag))
        .route("/users/{name}/feed.xml", get(feeds::of_member))
        .route("/users/{name}/feed.json", get(feeds::of_member))
        .route("/robots.txt", get(discovery::robots))
        .route("/sitemap.xml", get(discovery::sitemap))
        .route("/sitemap/{part}", get(discovery::sitemap_part))
        .route("/oembed", get(discovery::oembed))
}
