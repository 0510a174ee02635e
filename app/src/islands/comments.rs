//! What is said of a picture, and a box to say something.

mod discussion;
mod words;

pub use discussion::Discussion;
pub use words::RefusedChange;

use crate::{
    browser::{
        forms,
        markup::{
            alive, all, around, attribute, fill, find, focus, follow, is_plain, lead_to, listen, set, show, text,
            unset, write,
        },
        requests::{self, UNREACHABLE},
    },
    components::{now, relative, short},
    store::{self, Standing},
};
use leptos::{prelude::*, task::spawn_local};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlFormElement, HtmlTextAreaElement};

thread_local! {
    /// What is typed into the box: it comes back with the box, should who looks change meanwhile.
    static TYPED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Says, changes, deletes and loads more without leaving the page.
#[cfg_attr(feature = "csr", component)]
#[cfg_attr(not(feature = "csr"), island)]
pub fn Comments(
    /// A [`Discussion`].
    children: Children,
) -> impl IntoView {
    alive(children, wake)
}

fn wake(root: Element) {
    store::open();
    listen(&root, "submit", {
        let root = root.clone();
        move |event| {
            if let Some(form) = forms::sent(&event) {
                event.prevent_default();
                spawn_local(send(root.clone(), form));
            }
        }
    });
    listen(&root, "click", {
        let root = root.clone();
        move |event| {
            if let Some(link) = around(&event, "a[data-more]")
                && is_plain(&event)
            {
                event.prevent_default();
                spawn_local(load_more(root.clone(), link));
            }
        }
    });
    listen(&root, "input", |event| {
        if let Some(area) = around(&event, "#comment") {
            TYPED.set(area.unchecked_ref::<HtmlTextAreaElement>().value());
        }
    });
    follow(move || {
        if store::viewer().is_empty() {
            fold_away(&root);
        }
        put_back_typed(&root);
        tell_ages(&root);
        count(&root);
    });
}

/// Takes the forms to change comments away, also those of comments that were loaded later: nobody is signed in. One that
/// was typed in stays, until somebody is.
fn fold_away(root: &Element) {
    for forms in all(root, "[data-list] details").into_iter().filter(|forms| !store::is_typed_in(forms)) {
        forms.remove();
    }
}

/// Says how many there are, and how many more could be loaded.
fn count(root: &Element) {
    let Some(section) = find(root, "#comments") else { return };
    let Some(standing) = store::standing(&attribute(&section, "data-comments-of")) else { return };
    fill(&section, "comments-in-all", &format!("{} in all", standing.comments));
    let listed = all(&section, "[data-list] > li").len() as u64;
    fill(&section, "comments-left", &short(standing.comments.saturating_sub(listed)));
}

/// Tells of each comment how long ago it was: a page that is kept tells the day.
fn tell_ages(within: &Element) {
    let now = now();
    for time in all(within, "time") {
        let at = js_sys::Date::parse(&attribute(&time, "datetime")) / 1_000.0;
        write(&time, &relative(at as i64, now));
    }
}

/// Puts what was typed into the box, if it is there and empty.
fn put_back_typed(root: &Element) {
    let Some(area) = find(root, "#comment") else { return };
    let area = area.unchecked_ref::<HtmlTextAreaElement>();
    if area.value().is_empty() {
        TYPED.with_borrow(|typed| area.set_value(typed));
    }
}

/// Sends a form to the page itself, as it would go without script, and takes from the answer what it is about: comments
/// are rendered in one place. With `_show` the page shows what was written, on whichever page of them it stands.
async fn send(root: Element, form: HtmlFormElement) {
    if !forms::begin(&form) {
        return;
    }
    let fields = forms::fields(&form);
    let content = fields.get("content").unwrap_or_default();
    fields.append("_show", "true");
    let answer = requests::page(&attribute(&form, "action"), Some(&fields)).await;
    forms::end(&form);
    match answer {
        Some((true, page)) => {
            match forms::method(&form).as_str() {
                "comment.add" => added(&root, &form, &page, &content),
                "comment.edit" => edited(&form, &page),
                _ => deleted(&root, &form),
            }
            if let Some(standing) = standing_on(&page) {
                store::settle(standing);
            }
        }
        Some((false, page)) => refused(&form, &page),
        None => forms::refuse_typed(&form, UNREACHABLE),
    }
}

/// How the picture stands, as a page says, but for what may be on its way to the server.
fn standing_on(page: &Element) -> Option<Standing> {
    let part = find(page, "[data-image]")?;
    let known = store::standing_now(&attribute(&part, "data-image"))?;
    Some(Standing { comments: attribute(&part, "data-comments").parse().ok()?, ..known })
}

fn added(root: &Element, form: &Element, page: &Element, content: &str) {
    if let (Some(list), Some(written)) = (find(root, "[data-list]"), find(page, "[data-written]")) {
        tell_ages(&written);
        _ = list.append_child(&written);
    }
    // What was typed on while it was under way stays.
    if let Some(area) = find(form, "textarea") {
        let area = area.unchecked_ref::<HtmlTextAreaElement>();
        if area.value().trim() == content.trim() {
            area.set_value("");
            TYPED.set(String::new());
        }
    }
    store::say("Your comment is posted.");
}

fn edited(form: &Element, page: &Element) {
    let Ok(Some(old)) = form.closest("li") else { return };
    if let Some(new) = find(page, "[data-written]") {
        tell_ages(&new);
        // Only what was added here stands after those that are not loaded yet.
        if !old.has_attribute("data-written") {
            unset(&new, "data-written");
        }
        _ = old.replace_with_with_node_1(&new);
        if let Some(summary) = find(&new, "summary") {
            focus(&summary);
        }
    }
    store::say("Your comment is saved.");
}

fn deleted(root: &Element, form: &Element) {
    if let Ok(Some(comment)) = form.closest("li") {
        comment.remove();
    }
    if let Some(title) = find(root, "h2") {
        lead_to(&title);
    }
    store::say("The comment is deleted.");
}

/// Says beside the form what the page says. Whose session has ended is shown what visitors are.
fn refused(form: &Element, page: &Element) {
    let viewer = find(page, "[data-viewer]").map(|account| attribute(&account, "data-viewer"));
    if viewer.is_some_and(|viewer| viewer != store::viewer_now()) && store::take(page) {
        store::say("You are signed out. Sign in again; what you typed is kept.");
        return;
    }
    let said = all(page, "#comments [role=alert]").iter().map(text).find(|said| !said.is_empty());
    forms::refuse_typed(form, said.as_deref().unwrap_or(UNREACHABLE));
}

/// Adds the comments of the page that a link leads to, before those written here, each once.
async fn load_more(root: Element, link: Element) {
    if link.has_attribute("aria-busy") {
        return;
    }
    set(&link, "aria-busy", "true");
    let page = requests::page(&attribute(&link, "href"), None).await;
    unset(&link, "aria-busy");
    let Some(list) = find(&root, "[data-list]") else { return };
    let Some((true, page)) = page else {
        say_beside(&root, UNREACHABLE);
        return;
    };
    say_beside(&root, "");
    let mut first = None;
    for comment in all(&page, "[data-list] > li") {
        if let Some(known) = find(&list, &format!("[data-part=\"{}\"]", attribute(&comment, "data-part"))) {
            known.remove();
        }
        tell_ages(&comment);
        _ = list.insert_before(&comment, find(&list, "[data-written]").as_deref());
        first.get_or_insert(comment);
    }
    match find(&page, "a[data-more]") {
        Some(next) => set(&link, "href", &attribute(&next, "href")),
        None => {
            show(&link, false);
            if let Some(first) = first {
                lead_to(&first);
            }
        }
    }
    count(&root);
}

/// Says beside the link to more what is wrong with it.
fn say_beside(root: &Element, problem: &str) {
    if let Some(place) = find(root, "[data-more-problem]") {
        write(&place, problem);
    }
}
