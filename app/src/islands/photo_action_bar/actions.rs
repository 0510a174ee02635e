//! The row of actions.

use super::{GalleryChoice, add_to_gallery::AddToGallery, download::DownloadMenu};
use crate::components::{
    ACTION, ACTION_NAME, ACTIONS, Glyph, HiddenMethod, HiddenValue, Icon, counted, short, sign_in_path,
};
use leptos::prelude::*;
use model::Picture;

/// What the one who looks may do with a picture.
#[component]
pub fn PhotoActions(
    /// The picture.
    picture: Picture,
    /// Whether someone is signed in.
    signed_in: bool,
    /// The galleries it may be hung in: for whoever owns it.
    #[prop(default = None)]
    galleries: Option<GalleryChoice>,
    /// The page's own address.
    path: String,
) -> impl IntoView {
    let Picture { thumb, likes, liked, favourite, comments, downloadable, .. } = picture;
    let image = thumb.id.to_string();
    let of = image.clone();
    // There is nothing to press where scripts do not run.
    let sharing = format!("{ACTION} noscript:invisible");
    let favourite_form =
        signed_in.then(|| view! { <Favourite image=image.clone() favourite=favourite path=path.clone()/> });
    let download = downloadable.then(|| view! { <DownloadMenu thumb=thumb/> });
    let hang = galleries.map(|choice| view! { <AddToGallery image=image.clone() choice=choice path=path.clone()/> });
    view! {
        <div
            data-part="actions"
            data-image=of
            data-likes=likes.to_string()
            data-liked=liked.to_string()
            data-favourite=favourite.to_string()
            data-comments=comments.to_string()
            class=ACTIONS
        >
            <Like image=image likes=likes liked=liked signed_in=signed_in path=path/>
            <a href="#comments" class=ACTION>
                <Icon glyph=Glyph::Comment/>
                <span aria-hidden="true" data-shows="comments">
                    {short(comments)}
                </span>
                <span data-shows="comments-in-words" class="sr-only">
                    {counted(comments, "comment")}
                </span>
            </a>
            <button type="button" data-share="" class=sharing>
                <Icon glyph=Glyph::Share/>
                <span class=ACTION_NAME>"Share"</span>
            </button>
            {favourite_form}
            {download}
            {hang}
        </div>
    }
}

/// The heart: a form of its own, or the way to sign in.
#[component]
fn Like(image: String, likes: u64, liked: bool, signed_in: bool, path: String) -> impl IntoView {
    let count = view! {
        <span aria-hidden="true" data-shows="likes" class="pr-3">
            {short(likes)}
        </span>
        <span data-shows="likes-in-words" class="sr-only">
            {counted(likes, "like")}
        </span>
    };
    if signed_in {
        view! {
            <form method="post" action=path class="flex items-center">
                <HiddenMethod method="image.like"/>
                <HiddenValue name="imageId" value=image/>
                <HiddenValue name="liked" value=(!liked).to_string()/>
                <button
                    type="submit"
                    aria-label="Like"
                    aria-pressed=liked.to_string()
                    data-pressed="liked"
                    data-takes-focus="like"
                    class=ACTION
                >
                    <Icon glyph=Glyph::Heart/>
                </button>
                {count}
            </form>
        }
        .into_any()
    } else {
        view! {
            <div class="flex items-center">
                <a
                    href=sign_in_path(&path)
                    aria-label="Sign in to like"
                    data-sign-in="like"
                    data-wake-hold=""
                    class=ACTION
                >
                    <Icon glyph=Glyph::Heart/>
                </a>
                {count}
            </div>
        }
        .into_any()
    }
}

/// The star: keeps the picture to find it again.
#[component]
fn Favourite(image: String, favourite: bool, path: String) -> impl IntoView {
    view! {
        <form method="post" action=path>
            <HiddenMethod method="image.favourite"/>
            <HiddenValue name="imageId" value=image/>
            <HiddenValue name="favourite" value=(!favourite).to_string()/>
            <button type="submit" aria-pressed=favourite.to_string() data-pressed="favourite" class=ACTION>
                <Icon glyph=Glyph::Star/>
                <span class=ACTION_NAME>"Favourite"</span>
            </button>
        </form>
    }
}
