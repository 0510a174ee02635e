//! What one may do with a picture: like it, keep it, hand it on, take it along, hang it.

mod actions;
mod add_to_gallery;
mod download;
mod share;

pub use actions::PhotoActions;
pub use add_to_gallery::GalleryChoice;

use crate::{
    browser::{
        forms,
        markup::{alive, all, around, attribute, fill, find, follow, listen, set},
        requests::call,
    },
    components::{counted, short},
    store::{self, Standing},
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::{Element, HtmlFormElement};

/// Does it without leaving the page.
#[cfg_attr(feature = "csr", component)]
#[cfg_attr(not(feature = "csr"), island)]
pub fn PhotoActionBar(
    /// [`PhotoActions`].
    children: Children,
) -> impl IntoView {
    alive(children, wake)
}

fn wake(root: Element) {
    store::open();
    listen(&root, "submit", |event| {
        let Some(form) = forms::sent(&event) else { return };
        match forms::method(&form).as_str() {
            "image.like" => spawn_local(turn_like(form)),
            "image.favourite" => spawn_local(turn_favourite(form)),
            "gallery.addImages" => spawn_local(add_to_gallery::add(form)),
            _ => return,
        }
        event.prevent_default();
    });
    listen(&root, "click", |event| {
        if around(&event, "[data-share]").is_some() {
            spawn_local(share::share_page());
        }
    });
    follow(move || show(&root));
}

/// Shows how the picture stands.
fn show(root: &Element) {
    let Some(part) = find(root, "[data-image]") else { return };
    let Some(standing) = store::standing(&attribute(&part, "data-image")) else { return };
    let Standing { likes, liked, favourite, comments, .. } = standing;
    fill(&part, "likes", &short(likes));
    fill(&part, "likes-in-words", &counted(likes, "like"));
    fill(&part, "comments", &short(comments));
    fill(&part, "comments-in-words", &counted(comments, "comment"));
    show_pressed(&part, "liked", liked);
    show_pressed(&part, "favourite", favourite);
}

/// Shows whether a button is pressed, and has its form ask for the opposite.
fn show_pressed(part: &Element, what: &str, pressed: bool) {
    for button in all(part, &format!("[data-pressed=\"{what}\"]")) {
        set(&button, "aria-pressed", word(pressed));
    }
    for field in all(part, &format!("input[name=\"{what}\"]")) {
        set(&field, "value", word(!pressed));
    }
}

fn word(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}

/// Likes the picture, or no longer. The number changes at once, and goes back if the server says no.
async fn turn_like(form: HtmlFormElement) {
    let Some(before) = standing_of(&form) else { return };
    let fields = forms::fields(&form);
    store::expect(before.clone().like_turned());
    match call("image.like", &fields).await {
        Ok(answer) => {
            let now = store::standing_now(&before.image).unwrap_or(before);
            store::settle(Standing { liked: answer.flag("liked"), likes: answer.number("likes"), ..now });
        }
        Err(refusal) => {
            let now = store::standing_now(&before.image).unwrap_or_default();
            store::expect(Standing { liked: before.liked, likes: before.likes, ..now });
            refused(refusal.message, refusal.is_for_members).await;
        }
    }
    forms::end(&form);
}

/// Makes the picture a favourite, or no longer; in the same way.
async fn turn_favourite(form: HtmlFormElement) {
    let Some(before) = standing_of(&form) else { return };
    let fields = forms::fields(&form);
    store::expect(Standing { favourite: !before.favourite, ..before.clone() });
    match call("image.favourite", &fields).await {
        Ok(answer) => {
            let now = store::standing_now(&before.image).unwrap_or(before);
            store::settle(Standing { favourite: answer.flag("favourite"), ..now });
        }
        Err(refusal) => {
            let now = store::standing_now(&before.image).unwrap_or_default();
            store::expect(Standing { favourite: before.favourite, ..now });
            refused(refusal.message, refusal.is_for_members).await;
        }
    }
    forms::end(&form);
}

/// How the picture of a form stands, unless the form is under way already.
fn standing_of(form: &HtmlFormElement) -> Option<Standing> {
    let image = find(form, "[name=imageId]")?;
    let standing = store::standing_now(&attribute(&image, "value"))?;
    forms::begin(form).then_some(standing)
}

/// Says why something was refused. Whose session has ended is shown what visitors are.
async fn refused(message: String, is_for_members: bool) {
    store::say(&message);
    if is_for_members {
        store::refresh().await;
    }
}
