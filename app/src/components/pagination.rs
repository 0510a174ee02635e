//! From one page of a list to the next, by plain links.

use super::{Glyph, Icon};
use leptos::prelude::*;

const STEP: &str = "inline-flex min-h-11 items-center gap-2 rounded-control px-3 transition-colors hover:bg-tint";

/// Links to the pages before and after. Shows nothing when there is only one.
#[component]
pub fn Pagination(
    /// The address of the first page.
    #[prop(into)]
    path: String,
    /// The page shown, counted from 1.
    page: u64,
    /// How many there are.
    total_pages: u64,
) -> impl IntoView {
    let to = move |page: u64| if page == 1 { path.clone() } else { format!("{path}?page={page}") };
    let before = (page > 1).then(|| to(page - 1));
    let after = (page < total_pages).then(|| to(page + 1));
    (total_pages > 1).then(move || {
        view! {
            <nav aria-label="Pages" class="grid grid-cols-3 items-center px-4 py-10">
                <div>
                    {before
                        .map(|href| {
                            view! {
                                <a href=href rel="prev" class=STEP>
                                    <Icon glyph=Glyph::Left/>
                                    "Previous"
                                </a>
                            }
                        })}
                </div>
                <p class="text-center text-sm text-muted">{format!("Page {page} of {total_pages}")}</p>
                <div class="text-right">
                    {after
                        .map(|href| {
                            view! {
                                <a href=href rel="next" class=STEP>
                                    "Next"
                                    <Icon glyph=Glyph::Right/>
                                </a>
                            }
                        })}
                </div>
            </nav>
        }
    })
}

/// The link to what comes before in time, where a list goes on. Shows nothing at its end.
#[component]
pub fn Older(
    /// The address of what follows.
    href: Option<String>,
) -> impl IntoView {
    href.map(|href| {
        view! {
            <a href=href rel="next" class=STEP>
                "Older"
                <Icon glyph=Glyph::Right/>
            </a>
        }
    })
}
