//! A picture's file to keep.

use super::{ACTION, ACTION_NAME, Glyph, Icon};
use leptos::prelude::*;
use model::ImageId;

/// A link that downloads a picture's file.
#[component]
pub fn DownloadLink(
    /// The picture.
    image_id: ImageId,
) -> impl IntoView {
    view! {
        <a href=format!("/images/original/{image_id}") class=ACTION>
            <Icon glyph=Glyph::Download/>
            <span class=ACTION_NAME>"Download"</span>
        </a>
    }
}
