//! Addresses within the site that are built from others.

/// Text as a piece of an address. Letters, digits and these four stand for themselves (RFC 3986, 2.3), and what is
/// `kept`.
fn encoded(text: &str, kept: &[u8]) -> String {
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            written.push(char::from(byte));
        } else {
            written.push_str(&format!("%{byte:02X}"));
        }
    }
    written
}

/// Where to sign in, and then to come back to `next`.
pub fn sign_in_path(next: &str) -> String {
    // A slash may stand in a query (RFC 3986, 3.4).
    format!("/login?next={}", encoded(next, b"/"))
}

/// Where the pictures with a tag are.
pub fn tag_path(tag: &str) -> String {
    format!("/tags/{}", encoded(tag, b""))
}

/// A page with these values in its query; empty ones are left out.
pub fn with_query(path: &str, values: &[(&str, &str)]) -> String {
    let values = values.iter().filter(|(_, value)| !value.is_empty());
    let values: Vec<_> = values.map(|(name, value)| format!("{name}={}", encoded(value, b""))).collect();
    if values.is_empty() { path.to_owned() } else { format!("{path}?{}", values.join("&")) }
}

/// The address, if it leads to a page of this site and nowhere else.
pub fn local(address: &str) -> Option<&str> {
    let stays = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains(|c: char| c == '\\' || c.is_whitespace() || c.is_control());
    stays.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_survives_as_one_query_value() {
        assert_eq!(sign_in_path("/upload?gallery=a&b"), "/login?next=/upload%3Fgallery%3Da%26b");
    }

    #[test]
    fn what_people_typed_stays_one_piece_of_an_address() {
        assert_eq!(tag_path("blue/hour 冬"), "/tags/blue%2Fhour%20%E5%86%AC");
        assert_eq!(with_query("/search", &[("q", "sea & sky"), ("before", "")]), "/search?q=sea%20%26%20sky");
        assert_eq!(with_query("/search", &[("q", "")]), "/search");
    }

    #[test]
    fn the_way_back_stays_on_this_site() {
        assert_eq!(local("/photos/1?x=y"), Some("/photos/1?x=y"));
        for bad in ["", "photos", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", "/\t/evil"] {
            assert_eq!(local(bad), None, "{bad:?}");
        }
    }
}
