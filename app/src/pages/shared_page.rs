//! Pages that all visitors are shown alike: where they stand, and what they show. The server keeps them rendered until
//! that changes.

use super::{about, developers, embed, gallery, home, photo, search, tag};
use domain::Topic;

/// A page that all visitors are shown alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedPage {
    /// What it shows: until one of them changes, it stays the same.
    pub topics: Vec<Topic>,
    /// Whether it tells the site's own address, of which the site may have several.
    pub names_site: bool,
}

impl SharedPage {
    /// The page at an address: its path, and its query if it has one, as they stand in a request.
    ///
    /// Only as the site's own links write it: there is no page at any other address that would be kept, so that nobody
    /// fills a cache by writing the same address in ever new ways, or with what nobody reads.
    pub fn at(address: &str) -> Option<Self> {
        let (path, query) = address.split_once('?').map_or((address, None), |(path, query)| (path, Some(query)));
        let segments: Vec<_> = path.strip_prefix('/')?.split('/').collect();
        let mut topics = match segments.as_slice() {
            [""] => home::shows(query),
            ["gallery", slug] => gallery::shows(slug, query),
            ["photos", id] => photo::shows(id, query),
            ["tags", name] => tag::shows(name, query),
            ["search"] => search::shows(query),
            ["about"] => about::shows(query),
            ["developers"] => developers::shows(query),
            ["embed"] => embed::shows(query),
            _ => None,
        }?;
        // The site's name stands on each.
        topics.push(Topic::Settings);
        Some(Self { topics, names_site: matches!(segments.as_slice(), ["developers" | "embed"]) })
    }
}

/// Whether a page is about the site rather than about the one who looks: then their browser may keep it, and ask each
/// time whether it is still so. Addresses that lead nowhere are not.
pub fn is_about_the_site(path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    matches!(first, "" | "about" | "developers" | "embed" | "gallery" | "photos" | "search" | "tags")
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ImageId;

    fn topics(address: &str) -> Option<Vec<Topic>> {
        SharedPage::at(address).map(|page| page.topics)
    }

    #[test]
    fn a_page_names_what_it_shows() {
        let photo = Topic::Picture(ImageId::parse("0m3q8v5c2k1a7x9d4f6hjn").unwrap());
        for (address, shows) in [
            ("/", vec![Topic::Galleries]),
            ("/?page=2", vec![Topic::Galleries]),
            ("/gallery/winter-sea", vec![Topic::Galleries]),
            ("/gallery/winter-sea?page=12", vec![Topic::Galleries]),
            ("/photos/0m3q8v5c2k1a7x9d4f6hjn", vec![photo, Topic::Visibility]),
            ("/tags/winter", vec![Topic::Tags]),
            ("/tags/blue%2Fhour%20%E5%86%AC", vec![Topic::Tags]),
            ("/search", vec![Topic::Tags]),
            ("/about", vec![]),
            ("/developers", vec![]),
            ("/embed", vec![Topic::Galleries]),
        ] {
            let shows = [shows, vec![Topic::Settings]].concat();
            assert_eq!(topics(address), Some(shows), "{address}");
        }
        assert!(SharedPage::at("/developers").unwrap().names_site && !SharedPage::at("/about").unwrap().names_site);
    }

    #[test]
    fn no_page_has_two_addresses() {
        for address in [
            "",
            "*",
            "/?",
            "/?page=1",
            "/?page=0",
            "/?page=02",
            "/?page=%32",
            "/?page=+2",
            "/?page=2&page=2",
            "/?page=2&utm_source=x",
            "//",
            "/gallery",
            "/gallery/",
            "/gallery/winter-sea/",
            "/gallery/winter%2Dsea",
            "/gallery/winter-sea?before=x",
            "/photos/a%62c",
            "/photos/abc?comments=1.a",
            "/photos/abc?",
            "/photos/abc/links",
            "/embed?x",
            "/tags/",
            "/tags/Winter",
            "/tags/w%69nter",
            "/tags/winter+sea",
            "/tags/blue%2fhour",
            "/tags/a=b",
            "/tags/%FF",
            "/tags/winter?before=x",
            "/search?q=sea",
            "/search?",
            "/about/",
            "/About",
            "/developers?x",
            "/login",
            "/dashboard",
            "/s/abc",
        ] {
            assert_eq!(topics(address), None, "{address}");
        }
    }

    #[test]
    fn every_page_is_about_the_site_or_about_the_one_who_looks() {
        let routes = include_str!("mod.rs").split("path!(\"").skip(1).filter_map(|text| text.split('"').next());
        let (about_site, others): (Vec<_>, Vec<_>) = routes.partition(|route| is_about_the_site(route));
        assert_eq!(
            about_site,
            [
                "/",
                "/gallery/:slug",
                "/photos/:id",
                "/photos/:id/links",
                "/search",
                "/tags/:name",
                "/about",
                "/embed",
                "/developers",
            ]
        );
        assert_eq!(
            others,
            [
                "/login",
                "/register",
                "/setup",
                "/s/:token",
                "/dashboard",
                "/dashboard/galleries/:id",
                "/upload",
                "/favourites",
                "/account",
                "/admin",
            ]
        );
    }
}
