//! When another looks: the parts of the page that are different for everyone, as the server renders them for that one.
//!
//! What a page offers to whom is the server's to say, so that it is asked for the page again. `data-part` names what is
//! taken from it; all else stays as it is, with what was loaded, typed and scrolled to.

use super::{SHARED, Shared, VIEWER};
use crate::browser::{
    markup::{all, attribute, find, whole},
    requests, tabs,
};
use leptos::prelude::*;
use web_sys::Element;

/// Makes this the page for whoever is signed in now. No if it has to be loaded anew for that, which is under way then.
pub(crate) async fn refresh() -> bool {
    let location = window().location();
    let page = requests::page(&location.href().unwrap_or_default(), None).await;
    let is_taken = matches!(page, Some((true, page)) if take(&page));
    if !is_taken {
        _ = location.reload();
    }
    is_taken
}

/// Takes what is different for whoever looks from the same page as the server has rendered it now. No if that is
/// another page than this.
pub(crate) fn take(page: &Element) -> bool {
    let (Some(here), Some(shared)) = (whole(), Shared::rendered(page)) else { return false };
    let (Some(old), Some(new)) = (find(&here, "main"), find(page, "main")) else { return false };
    if has_islands(&old) != has_islands(&new) {
        return false;
    }
    if !has_islands(&old) {
        replace(&old, &new);
    }
    for part in all(&here, "[data-part]") {
        if let Some(new) = find(page, &format!("[data-part=\"{}\"]", attribute(&part, "data-part"))) {
            replace(&part, &new);
        }
    }
    let viewer = shared.viewer.clone();
    SHARED.with(|signal| signal.set(shared));
    if tabs::told(VIEWER).unwrap_or_default().1 != viewer {
        tabs::tell(VIEWER, &viewer);
    }
    true
}

/// Whether something in it comes alive: that has listeners, and cannot be replaced.
fn has_islands(main: &Element) -> bool {
    find(main, "leptos-island").is_some()
}

fn replace(old: &Element, new: &Element) {
    _ = old.replace_with_with_node_1(new);
}
