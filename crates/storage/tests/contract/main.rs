//! One contract for every object store: the built-in one, an S3 client on its endpoint, and an S3 client on a server
//! that others wrote.

use std::sync::Arc;

use storage::{BUCKET, LocalStore, ObjectStore, S3Config, S3Store};
use tempfile::TempDir;
use url::Url;

mod checks;
mod listing;
mod presigned;
mod seaweedfs;
mod site;

use seaweedfs::SeaweedFs;

/// A store to try, and where a browser would be.
struct Backend {
    store: Arc<dyn ObjectStore>,
    /// The site's own address.
    origin: Url,
    /// Whether the server keeps an object of this key, and lists it in its place.
    takes: fn(&str) -> bool,
}

/// Everything that callers of a store rely on.
async fn contract(backend: &Backend) {
    let store = backend.store.as_ref();
    checks::bytes_type_size_and_etag_come_back(store).await;
    checks::an_empty_object_is_an_object(store).await;
    checks::a_type_with_parameters_comes_back(store).await;
    checks::ranges_give_their_bytes_and_the_whole_size(store).await;
    checks::what_is_not_there_is_not_found(store).await;
    checks::deleting_twice_is_fine(store).await;
    checks::a_key_and_a_folder_of_its_name_coexist(store).await;
    checks::odd_keys_work(backend).await;
    checks::overwriting_replaces_the_whole(store).await;
    checks::a_body_of_another_length_leaves_nothing(store).await;
    checks::a_body_that_breaks_off_leaves_the_old_object(store).await;
    checks::twelve_megabytes_stream_through(store).await;

    listing::keys_come_in_byte_order(backend).await;
    listing::prefixes_select(backend).await;
    listing::pages_add_up_to_the_whole(backend).await;
    listing::a_listing_tells_sizes_and_etags(store).await;

    presigned::a_browser_can_put_and_get(backend).await;
    presigned::odd_keys_can_be_presigned(backend).await;
    presigned::a_range_of_a_presigned_object_can_be_had(backend).await;
    presigned::the_direct_origin_is_where_presigned_urls_are(backend).await;
    presigned::a_download_can_be_given_a_file_name(backend).await;
    presigned::another_length_is_refused(backend).await;
    presigned::another_type_is_refused(backend).await;
    presigned::another_method_is_refused(backend).await;
    presigned::another_key_is_refused(backend).await;
    presigned::a_tampered_signature_is_refused(backend).await;
    presigned::an_added_parameter_is_refused(backend).await;
    presigned::an_expired_url_is_refused(backend).await;
    presigned::no_signature_is_refused(backend).await;
}

/// The built-in store in a new folder.
fn local() -> (TempDir, Arc<LocalStore>) {
    let root = tempfile::tempdir().unwrap();
    let store = LocalStore::open(root.path(), site::credentials(), 64 * 1024 * 1024).unwrap();
    (root, Arc::new(store))
}

#[tokio::test]
async fn the_built_in_store_keeps_the_contract() {
    let (_root, store) = local();
    let origin = site::serve(Arc::clone(&store)).await;
    contract(&Backend { store, origin, takes: |_| true }).await;
}

#[tokio::test]
async fn a_client_of_our_endpoint_keeps_the_contract() {
    let (_root, store) = local();
    let origin = site::serve(store).await;
    let keys = site::credentials();
    let store = S3Store::new(S3Config {
        endpoint: Some(origin.clone()),
        region: "auto".to_owned(),
        bucket: BUCKET.to_owned(),
        access_key: keys.access_key,
        secret_key: keys.secret_key,
        path_style: true,
        max_object: u64::MAX,
    });
    contract(&Backend { store: Arc::new(store), origin, takes: |_| true }).await;
}

#[tokio::test]
async fn a_client_of_another_server_keeps_the_contract() {
    let Some(seaweedfs) = SeaweedFs::start(None).await else { return };
    let store = S3Store::new(seaweedfs.config());
    let origin = Url::parse("http://site.invalid/").unwrap();
    let takes = |key: &str| {
        // It keeps segments as the names of files, what ends in a slash as a folder, takes the other slash and two for
        // one, and lists neither an object beside the folder of its name nor what only begins like that in its place.
        let names = key.split('/').all(|segment| (1..=255).contains(&segment.len()));
        names && !key.contains('\\') && !["list/a", "list/a!b"].contains(&key)
    };
    contract(&Backend { store: Arc::new(store), origin, takes }).await;
}
