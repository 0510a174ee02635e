//! Addresses within the site that are built from others.

/// Where to sign in, and then to come back to `next`.
pub fn sign_in_path(next: &str) -> String {
    let mut path = String::from("/login?next=");
    for byte in next.bytes() {
        // RFC 3986, 2.3: these stand for themselves; so does the slash within a query (3.4).
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push_str(&format!("%{byte:02X}"));
        }
    }
    path
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
    fn the_way_back_stays_on_this_site() {
        assert_eq!(local("/photos/1?x=y"), Some("/photos/1?x=y"));
        for bad in ["", "photos", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", "/\t/evil"] {
            assert_eq!(local(bad), None, "{bad:?}");
        }
    }
}
