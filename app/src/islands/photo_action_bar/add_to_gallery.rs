//! Hanging one's own picture in one's own galleries.

use crate::{
    browser::{
        forms,
        markup::{find, text},
        menus,
        requests::call,
    },
    components::{Button, Glyph, HiddenMethod, HiddenValue, ITEM, Menu, MenuPlace, Problem, Select},
    store,
};
use leptos::prelude::*;
use web_sys::HtmlFormElement;

/// What a picture's owner may hang it in.
#[derive(Clone, Debug, Default)]
pub struct GalleryChoice {
    /// The owner's galleries: id and name.
    pub galleries: Vec<(String, String)>,
    /// The one chosen at first.
    pub chosen: String,
    /// Why it was refused, when this page answers the form.
    pub problem: Option<String>,
}

/// The form, folded away.
#[component]
pub(super) fn AddToGallery(
    /// The picture.
    image: String,
    /// Where to.
    choice: GalleryChoice,
    /// The page's own address.
    path: String,
) -> impl IntoView {
    let GalleryChoice { galleries, chosen, problem } = choice;
    let open = problem.is_some();
    let content = if galleries.is_empty() {
        view! {
            <p class="px-3 py-2 text-sm text-muted">"You have no gallery yet."</p>
            <a href="/dashboard" class=ITEM>
                "Make one"
            </a>
        }
        .into_any()
    } else {
        view! {
            <form method="post" action=path.clone() class="grid gap-3 p-1">
                <HiddenMethod method="gallery.addImages" next=Some(format!("{path}?done=gallery"))/>
                <HiddenValue name="imageIds[]" value=image/>
                <Select label="Gallery" name="galleryId" options=galleries chosen=chosen/>
                <Problem id="add-to-gallery-problem" says=problem/>
                <Button>"Add"</Button>
            </form>
        }
        .into_any()
    };
    view! {
        <Menu place=MenuPlace::Actions glyph=Glyph::Plus label="Add to gallery" open=open>
            {content}
        </Menu>
    }
}

/// Adds the picture, and says where it hangs now.
pub(super) async fn add(form: HtmlFormElement) {
    if !forms::begin(&form) {
        return;
    }
    let gallery = find(&form, "option:checked").map(|option| text(&option)).unwrap_or_default();
    let answer = call("gallery.addImages", &forms::fields(&form)).await;
    forms::end(&form);
    match answer {
        Ok(answer) => {
            menus::close(&form);
            store::say(&match answer.number("added") {
                0 => format!("It is in {gallery} already."),
                _ => format!("Added to {gallery}."),
            });
        }
        Err(refusal) => forms::refuse(&form, &refusal),
    }
}
