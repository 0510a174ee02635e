//! What a page tells browsers, search engines and link previews about itself.

use super::snippets;
use domain::Library;
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use model::Thumb;
use url::Url;

/// The width of the picture that link previews show.
const PREVIEW_WIDTH: u32 = 1280;

/// The page's title, `Photo · Gallery · Site`, narrowest first; the site's name is added.
#[component]
pub(super) fn PageTitle(
    /// What comes before the site's name.
    parts: Vec<String>,
) -> impl IntoView {
    let library = expect_context::<Library>();
    let mut parts = parts;
    parts.retain(|part| !part.is_empty());
    parts.push(library.settings().title.clone());
    view! { <Title text=escaped(&parts.join(" · "))/> }
}

/// The site's address, where the operator has set it.
///
/// Pages that are kept are the same by whichever host they are asked for: without it they name no host.
#[derive(Clone, Debug, Default)]
pub struct PublicUrl(pub Option<Url>);

/// A path as a whole address, where the site's own is known.
fn whole(path: &str) -> String {
    let PublicUrl(site) = use_context().unwrap_or_default();
    site.map_or_else(|| path.to_owned(), |site| snippets::at(&site, path))
}

/// Leads feed readers to the feed of a page; `path` is the page's own, without a slash at its end.
#[component]
pub(super) fn FeedLinks(path: String) -> impl IntoView {
    view! {
        <Link rel="alternate" type_="application/atom+xml" title="Atom" href=format!("{path}/feed.xml")/>
        <Link rel="alternate" type_="application/feed+json" title="JSON Feed" href=format!("{path}/feed.json")/>
    }
}

/// Leads other sites to what oEmbed tells of a picture's page. They ask by the whole address alone.
#[component]
pub(super) fn EmbedLink(path: String) -> impl IntoView {
    let PublicUrl(site) = use_context().unwrap_or_default();
    site.and_then(|site| {
        let mut address = site.join("/oembed").ok()?;
        address.query_pairs_mut().append_pair("url", site.join(&path).ok()?.as_str());
        let as_xml = format!("{address}&format=xml");
        Some(view! {
            <Link rel="alternate" type_="application/json+oembed" href=String::from(address)/>
            <Link rel="alternate" type_="text/xml+oembed" href=as_xml/>
        })
    })
}

/// What link previews show of a public page (the Open Graph protocol).
#[component]
pub(super) fn Preview(
    /// The page's own title.
    title: String,
    /// A line about it; may be empty.
    description: String,
    /// The picture shown.
    picture: Option<Thumb>,
) -> impl IntoView {
    let library = expect_context::<Library>();
    let description: String = description.chars().take(200).collect();
    view! {
        <Meta property="og:type" content="website"/>
        <Meta property="og:site_name" content=library.settings().title.clone()/>
        <Meta property="og:title" content=title/>
        {(!description.is_empty())
            .then(|| {
                view! {
                    <Meta name="description" content=description.clone()/>
                    <Meta property="og:description" content=description/>
                }
            })}
        {picture
            .map(|picture| {
                view! {
                    <Meta property="og:image" content=whole(&picture.at(PREVIEW_WIDTH))/>
                    <Meta property="og:image:alt" content=picture.alt().to_owned()/>
                    <Meta name="twitter:card" content="summary_large_image"/>
                }
            })}
    }
}

/// Text ready to stand in an element. `leptos_meta` puts titles into the document as they are.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_leave_its_element() {
        assert_eq!(escaped("</title><b>&"), "&lt;/title&gt;&lt;b&gt;&amp;");
    }
}
