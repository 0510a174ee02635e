//! `/about`: what this site is.

use super::head::PageTitle;
use crate::components::{Frame, Heading, TextLink, Width};
use domain::{Library, Topic};
use leptos::prelude::*;

/// What it shows beside what stands on every page: nothing that changes. `None` for queries, which it does not read.
pub(super) fn shows(query: Option<&str>) -> Option<Vec<Topic>> {
    query.is_none().then(Vec::new)
}

/// What this site is, in a few lines.
#[component]
pub(super) fn AboutPage() -> impl IntoView {
    let title = expect_context::<Library>().settings().title.clone();
    view! {
        <PageTitle parts=vec!["About".to_owned()]/>
        <Frame width=Width::Text>
            <Heading text=format!("About {title}")/>
            <p>
                "This is a gallery kept by the people whose pictures it shows. The originals stay in their own storage; what you see here are copies made to fit your screen, without the place where a picture was taken and without serial numbers."
            </p>
            <p>
                "Public galleries are open to everyone. Members upload, arrange, like and comment. Every page works without scripts."
            </p>
            <p>
                "Public pictures may be shown elsewhere: one by the links on its own page, or "
                <TextLink href="/embed">"another one each time"</TextLink> "."
            </p>
            <p>
                "It runs on Tuku (图库, “picture library”), a self-hosted gallery that is one program and asks nothing of any other site."
            </p>
        </Frame>
    }
}
