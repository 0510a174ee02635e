//! Tags.

use crate::Tags;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One tag, as [`Tags`] keeps it: 1 to 40 characters, lower case, without the `#`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TagName(String);

impl TagName {
    /// Checks the text; the error is a sentence for the person who typed it.
    pub fn parse(text: &str) -> Result<Self, String> {
        match Tags::parse(text)?.as_slice() {
            [name] => Ok(Self(name.clone())),
            [] => Err("Name a tag.".into()),
            _ => Err("Name one tag at a time.".into()),
        }
    }

    /// The tag as checked.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A tag, and on how many pictures it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TagCount {
    /// The tag.
    pub name: String,
    /// How many public pictures have it.
    pub count: u64,
}

/// `tag.list` answers this.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TagCounts {
    /// The most used first.
    pub tags: Vec<TagCount>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_cleaned_as_those_of_a_picture_are() {
        assert_eq!(TagName::parse(" #Winter  Sea ").unwrap().as_str(), "winter sea");
        for bad in ["", " # ", "a, b", "山、水", &"x".repeat(41)] {
            assert!(TagName::parse(bad).is_err(), "{bad:?}");
        }
    }
}
