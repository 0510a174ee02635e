//! State that islands of one page share.

use leptos::prelude::*;
use model::ImageId;

#[cfg(target_arch = "wasm32")]
mod browser {
    use super::*;
    use std::{cell::RefCell, collections::HashMap};

    thread_local! {
        static COMMENT_COUNTS: RefCell<HashMap<ImageId, ArcRwSignal<u64>>> = RefCell::default();
    }

    pub(super) fn comment_count(image: &ImageId, rendered: u64) -> ArcRwSignal<u64> {
        COMMENT_COUNTS
            .with_borrow_mut(|counts| counts.entry(image.clone()).or_insert_with(|| ArcRwSignal::new(rendered)).clone())
    }
}

/// How many comments a picture has, for every island that shows it. The first to ask brings the number the server
/// rendered. On the server each island gets its own: a thread there serves many people.
pub fn comment_count(image: &ImageId, rendered: u64) -> ArcRwSignal<u64> {
    #[cfg(target_arch = "wasm32")]
    {
        browser::comment_count(image, rendered)
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        _ = image;
        ArcRwSignal::new(rendered)
    }
}
