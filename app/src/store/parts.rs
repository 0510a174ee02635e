//! When another looks: the parts of the page that are different for everyone, as the server renders them for that one.
//!
//! What a page offers to whom is the server's to say, so that it is asked for the page again. `data-part` names what is
//! taken from it; all else stays as it is, with what was loaded, typed and scrolled to.

use super::{SHARED, Shared, VIEWER};
use crate::browser::{
    markup::{all, attribute, find, focus, whole},
    requests, tabs,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};

/// Makes this the page for whoever is signed in now. No if the server does not answer, which is said, or if the page has
/// to be loaded anew for that, which is under way then.
pub(crate) async fn refresh() -> bool {
    let location = window().location();
    let page = requests::page(&location.href().unwrap_or_default(), None).await;
    let Some((is_there, page)) = page else {
        super::say(requests::UNREACHABLE);
        return false;
    };
    let is_taken = is_there && take(&page);
    if !is_taken {
        _ = location.reload();
    }
    is_taken
}

/// Takes what is different for whoever looks from the same page as the server has rendered it now. No if that is
/// another page than this. What was typed and is kept nowhere else stays where it is.
pub(crate) fn take(page: &Element) -> bool {
    let (Some(here), Some(shared)) = (whole(), Shared::rendered(page)) else { return false };
    let viewer = shared.viewer.clone();
    if tabs::told(VIEWER).unwrap_or_default().1 != viewer {
        tabs::tell(VIEWER, &viewer);
    }
    // Nothing is different for the same one.
    if viewer == super::viewer_now() {
        return true;
    }
    let (Some(old), Some(new)) = (find(&here, "main"), find(page, "main")) else { return false };
    if has_islands(&old) != has_islands(&new) {
        return false;
    }
    if !has_islands(&old) {
        replace(&old, &new);
    }
    for part in all(&here, "[data-part]").into_iter().filter(|part| !is_typed_in(part)) {
        if let Some(new) = find(page, &format!("[data-part=\"{}\"]", attribute(&part, "data-part"))) {
            replace(&part, &new);
        }
    }
    SHARED.with(|signal| signal.set(shared));
    true
}

/// Whether something in it comes alive: that has listeners, and cannot be replaced.
fn has_islands(main: &Element) -> bool {
    find(main, "leptos-island").is_some()
}

/// Whether words stand in it that were typed and are kept nowhere else. The box for a new comment keeps its own.
pub(crate) fn is_typed_in(part: &Element) -> bool {
    let is_area = |field: &Element| {
        let area = field.unchecked_ref::<HtmlTextAreaElement>();
        area.default_value().is_ok_and(|words| words != area.value())
    };
    let is_line = |field: &Element| {
        let line = field.unchecked_ref::<HtmlInputElement>();
        line.value() != line.default_value()
    };
    all(part, "textarea:not(#comment)").iter().any(is_area) || all(part, "input[type=text]").iter().any(is_line)
}

/// Puts one in place of the other. A focus within goes to what can have it.
fn replace(old: &Element, new: &Element) {
    let had_focus = document().active_element().is_some_and(|focused| old.contains(Some(&focused)));
    _ = old.replace_with_with_node_1(new);
    if had_focus && let Some(next) = find(new, "a, button, summary, textarea") {
        focus(&next);
    }
}
