//! Tags as a line of text to wander.

use super::tag_path;
use leptos::prelude::*;

/// Tags that lead to their pictures.
#[component]
pub fn TagLinks(
    /// In this order.
    tags: Vec<String>,
) -> impl IntoView {
    let tags = tags
        .into_iter()
        .map(|tag| {
            view! {
                <li>
                    <a
                        href=tag_path(&tag)
                        class="inline-flex min-h-11 items-center underline-offset-4 hover:text-ink hover:underline"
                    >
                        {format!("#{tag}")}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul role="list" aria-label="Tags" class="flex flex-wrap gap-x-4 text-muted">
            {tags}
        </ul>
    }
}
