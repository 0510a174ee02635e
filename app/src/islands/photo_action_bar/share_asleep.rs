//! Handing a page on, where there is no browser: nothing happens.

/// Does nothing.
pub(super) async fn share_page() -> Option<&'static str> {
    None
}
