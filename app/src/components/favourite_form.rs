//! Keeping a picture among one's favourites.

use super::{ACTION, ACTION_NAME, Glyph, HiddenMethod, HiddenValue, Icon};
use leptos::prelude::*;
use model::ImageId;

/// A form of one button, pressed while the picture is a favourite.
#[component]
pub fn FavouriteForm(
    /// The picture.
    image_id: ImageId,
    /// Whether it is a favourite of the one who looks.
    favourite: bool,
    /// The page's own address.
    path: String,
) -> impl IntoView {
    view! {
        <form method="post" action=path>
            <HiddenMethod method="image.favourite"/>
            <HiddenValue name="imageId" value=image_id.to_string()/>
            <HiddenValue name="favourite" value=(!favourite).to_string()/>
            <button type="submit" aria-pressed=favourite.to_string() class=ACTION>
                <Icon glyph=Glyph::Star/>
                <span class=ACTION_NAME>"Favourite"</span>
            </button>
        </form>
    }
}
