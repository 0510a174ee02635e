//! Text that people type, checked once on the way in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Trims, and refuses control characters other than line breaks and tabs.
fn clean(text: &str) -> Result<&str, String> {
    let text = text.trim();
    match text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        Some(_) => Err("Remove the control characters from this text.".into()),
        None => Ok(text),
    }
}

fn one_line(text: &str, what: &str, most: usize) -> Result<String, String> {
    let text = clean(text)?;
    if text.contains(['\n', '\r']) {
        return Err(format!("{what} is a single line."));
    }
    if text.chars().count() > most {
        return Err(format!("{what} has at most {most} characters."));
    }
    Ok(text.to_owned())
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $parse:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the text; the error is a sentence for the person who typed it.
            pub fn parse(text: &str) -> Result<Self, String> {
                let parse: fn(&str) -> Result<String, String> = $parse;
                parse(text).map(Self)
            }

            /// The text as checked.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> String {
                text.0
            }
        }
    };
}

text!(
    /// What a member is called: 2 to 32 letters, digits, `_` or `-`, in any script. Unique whatever the case.
    Username,
    |text| {
        let text = clean(text)?;
        let length = text.chars().count();
        if !(2..=32).contains(&length) || !text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) {
            return Err("Choose a name of 2 to 32 letters, digits, “_” or “-”.".into());
        }
        Ok(text.to_owned())
    }
);

text!(
    /// An address to sign in with: kept in lower case, at most 254 characters (RFC 5321, 4.5.3.1.3).
    Email,
    |text| {
        let text = text.trim().to_lowercase();
        let fits = text.len() <= 254
            && !text.contains(|c: char| c.is_whitespace() || c.is_control())
            && text.split_once('@').is_some_and(|(local, host)| {
                !local.is_empty()
                    && local.len() <= 64
                    && !host.contains('@')
                    && !host.starts_with('.')
                    && !host.ends_with('.')
                    && !host.is_empty()
            });
        if fits { Ok(text) } else { Err("Enter an e-mail address like name@example.com.".into()) }
    }
);

text!(
    /// What a gallery is called: 1 to 100 characters.
    GalleryName,
    |text| match one_line(text, "A gallery’s name", 100)? {
        name if name.is_empty() => Err("Give the gallery a name.".into()),
        name => Ok(name),
    }
);

text!(
    /// What a site is called: 1 to 100 characters.
    SiteTitle,
    |text| match one_line(text, "A site’s name", 100)? {
        title if title.is_empty() => Err("Give the site a name.".into()),
        title => Ok(title),
    }
);

text!(
    /// What an API token is called, to tell it from others: 1 to 100 characters.
    TokenName,
    |text| match one_line(text, "A token’s name", 100)? {
        name if name.is_empty() => Err("Give the token a name, such as the program it is for.".into()),
        name => Ok(name),
    }
);

text!(
    /// What an access key is called, to tell it from others: 1 to 100 characters.
    AccessKeyName,
    |text| match one_line(text, "A key’s name", 100)? {
        name if name.is_empty() => Err("Give the key a name, such as the program it is for.".into()),
        name => Ok(name),
    }
);

text!(
    /// What a picture is called: up to 200 characters, may be empty.
    Title,
    |text| one_line(text, "A title", 200)
);

text!(
    /// Words about a picture or a gallery: up to 5,000 characters, may be empty.
    Description,
    |text| {
        let text = clean(text)?;
        if text.chars().count() > 5_000 {
            return Err("A description has at most 5,000 characters.".into());
        }
        Ok(text.replace("\r\n", "\n"))
    }
);

text!(
    /// A comment: 1 to 2,000 characters.
    CommentText,
    |text| {
        let text = clean(text)?;
        match text.chars().count() {
            0 => Err("Write something first.".into()),
            1..=2_000 => Ok(text.replace("\r\n", "\n")),
            _ => Err("A comment has at most 2,000 characters.".into()),
        }
    }
);

/// A password as typed: 8 to 256 characters. Never logged, never sent back, kept only as an Argon2id hash.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// Checks a new password; the error is a sentence for the person who typed it.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.chars().count() {
            ..8 => Err("Use a password of at least 8 characters.".into()),
            8..=256 => Ok(Self(text.to_owned())),
            _ => Err("Use a password of at most 256 characters.".into()),
        }
    }

    /// A password given at sign-in: whatever was typed is compared, so that the rules may change.
    /// Longer than any that could have been set is cut, which keeps hashing it cheap.
    pub fn typed(text: &str) -> Self {
        Self(text.chars().take(257).collect())
    }

    /// The password itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// The tags of a picture: at most 20, each 1 to 40 characters, lower case, no duplicates, in the order given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Tags(Vec<String>);

impl Tags {
    /// The most a picture has.
    pub const MOST: usize = 20;

    /// Takes tags as typed in one line, separated by commas (also the Chinese ones).
    pub fn parse(line: &str) -> Result<Self, String> {
        Self::from_list(line.split([',', '，', '、']))
    }

    /// Takes a list of tags. A leading `#` is dropped, inner white space becomes one space.
    pub fn from_list<'a>(list: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut tags: Vec<String> = Vec::new();
        for tag in list {
            let tag = clean(tag)?.trim_start_matches('#').to_lowercase();
            let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
            if tag.chars().count() > 40 {
                return Err("A tag has at most 40 characters.".into());
            }
            if !tag.is_empty() && !tags.contains(&tag) {
                if tags.len() == Self::MOST {
                    return Err("A picture has at most 20 tags.".into());
                }
                tags.push(tag);
            }
        }
        Ok(Self(tags))
    }

    /// The tags, in order.
    pub fn as_slice(&self) -> &[String] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_username_may_be_in_any_script_but_holds_no_spaces() {
        assert_eq!(Username::parse(" 小明 ").unwrap().as_str(), "小明");
        for bad in ["", "a", "a b", "a/b", "<b>", &"x".repeat(33)] {
            assert!(Username::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn an_email_is_kept_in_lower_case() {
        assert_eq!(Email::parse(" Me@Example.COM ").unwrap().as_str(), "me@example.com");
        for bad in ["", "me", "@x", "me@", "me@.x", "me@x.", "a@b@c", "a b@c", "me@x\n.org"] {
            assert!(Email::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_password_does_not_show_in_debug_output() {
        let password = Password::parse("correct horse").unwrap();
        assert!(!format!("{password:?}").contains("horse"));
    }

    #[test]
    fn tags_are_cleaned_and_unique() {
        let tags = Tags::parse(" #Sea,sea， 山  水 、,").unwrap();
        assert_eq!(tags.as_slice(), ["sea", "山 水"]);
        assert!(Tags::parse(&["x"; 3].join(",")).is_ok());
        assert!(Tags::parse(&(0..21).map(|n| n.to_string()).collect::<Vec<_>>().join(",")).is_err());
    }

    #[test]
    fn a_gallery_needs_a_name_of_one_line() {
        assert!(GalleryName::parse("  ").is_err());
        assert!(GalleryName::parse("a\nb").is_err());
        assert!(GalleryName::parse("Winter 冬").is_ok());
    }
}
