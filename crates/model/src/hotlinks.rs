//! Which other sites may show pictures in their own pages.

/// The most hosts of one list.
const MOST: usize = 50;

/// Sites that may show a picture, besides its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hotlinks {
    /// Every site.
    Everyone,
    /// These hosts; `*.example.com` is every host below `example.com`, and that one.
    Hosts(Vec<String>),
}

impl Hotlinks {
    /// Reads what was typed: hosts with commas or spaces between them, `*` for every site, `none` for no other. Nothing
    /// typed is no rule. The error is a sentence for who typed it.
    pub fn parse(text: &str) -> Result<Option<Self>, String> {
        let words: Vec<_> = text.split([',', ' ', '\n', '\r', '\t']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => return Ok(None),
            ["*"] => return Ok(Some(Self::Everyone)),
            ["none"] => return Ok(Some(Self::Hosts(Vec::new()))),
            _ => {}
        }
        if words.len() > MOST {
            return Err(format!("Name at most {MOST} sites."));
        }
        let hosts = words.into_iter().map(|word| {
            let host = word.to_lowercase();
            match is_host(host.strip_prefix("*.").unwrap_or(&host)) {
                true => Ok(host),
                false => Err("Write hosts such as example.com or *.example.com, with spaces between them.".to_owned()),
            }
        });
        Ok(Some(Self::Hosts(hosts.collect::<Result<_, _>>()?)))
    }

    /// As it is typed, and kept.
    pub fn text(&self) -> String {
        match self {
            Self::Everyone => "*".to_owned(),
            Self::Hosts(hosts) if hosts.is_empty() => "none".to_owned(),
            Self::Hosts(hosts) => hosts.join(" "),
        }
    }

    /// Whether pages of this host may show it.
    pub fn allow(&self, host: &str) -> bool {
        let is_meant = |rule: &String| match rule.strip_prefix("*.") {
            Some(parent) => host == parent || host.strip_suffix(parent).is_some_and(|below| below.ends_with('.')),
            None => host == rule,
        };
        match self {
            Self::Everyone => true,
            Self::Hosts(hosts) => hosts.iter().any(is_meant),
        }
    }
}

/// Names as in addresses, without a port; an IPv6 address in brackets.
fn is_host(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    match text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        Some(address) => !address.is_empty() && address.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':'),
        None => !text.is_empty() && text.len() <= 253 && !text.starts_with('.') && text.bytes().all(is_part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back() {
        for text in ["*", "none", "example.com", "blog.example *.example.com [::1]"] {
            let rule = Hotlinks::parse(text).unwrap().unwrap();
            assert_eq!(rule.text(), text);
        }
        assert_eq!(Hotlinks::parse(" , ").unwrap(), None);
        assert_eq!(Hotlinks::parse("A.example,b.example").unwrap().unwrap().text(), "a.example b.example");
        for text in ["https://example.com", "example.com:80", "* a.com", "a b/c", "*.*.com", ".com"] {
            assert!(Hotlinks::parse(text).unwrap_err().ends_with('.'), "{text}");
        }
    }

    #[test]
    fn a_star_stands_for_all_hosts_below_a_name() {
        let rule = Hotlinks::parse("*.example.com other.org").unwrap().unwrap();
        for host in ["example.com", "www.example.com", "a.b.example.com", "other.org"] {
            assert!(rule.allow(host), "{host}");
        }
        for host in ["badexample.com", "example.com.evil.org", "www.other.org", ""] {
            assert!(!rule.allow(host), "{host}");
        }
        assert!(Hotlinks::Everyone.allow("any.org"));
        assert!(!Hotlinks::parse("none").unwrap().unwrap().allow("any.org"));
    }
}
