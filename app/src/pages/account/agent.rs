//! What a browser calls itself, in plain words.

/// Browsers by a piece of their name for themselves. Many claim to be others too: those stand further down.
const BROWSERS: [(&str, &str); 10] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("python-", "Python"),
];

/// Systems, in the same manner.
const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "a Mac"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
];

/// The most characters shown of a name that is not known.
const LONGEST: usize = 60;

fn known(names: &[(&str, &'static str)], agent: &str) -> Option<&'static str> {
    names.iter().find(|(piece, _)| agent.contains(*piece)).map(|(_, name)| *name)
}

/// As “Firefox on Linux”; the name itself, cut, where it is not known.
pub(super) fn named(agent: &str) -> String {
    match (known(&BROWSERS, agent), known(&SYSTEMS, agent)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, _) if agent.trim().is_empty() => "A program without a name".to_owned(),
        (None, _) => match agent.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &agent[..end]),
            None => agent.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_by_its_own_name_and_not_by_those_it_claims() {
        const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
        const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        for (agent, name) in [
            (FIREFOX, "Firefox on Linux"),
            (CHROME, "Chrome on Windows"),
            (&*format!("{CHROME} Edg/140.0.0.0"), "Edge on Windows"),
            (IPHONE, "Safari on an iPhone"),
            ("curl/8.5.0", "curl"),
            ("a backup", "a backup"),
            (" ", "A program without a name"),
        ] {
            assert_eq!(named(agent), name);
        }
        assert_eq!(named(&"图".repeat(200)), format!("{}…", "图".repeat(60)));
    }
}
