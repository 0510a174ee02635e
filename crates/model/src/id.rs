//! Ids: opaque text, made by the server, checked where they come in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(try_from = "String", into = "String")]
        #[schemars(extend("pattern" = "^[0-9A-Za-z]{1,32}$"))]
        pub struct $name(String);

        impl $name {
            /// Takes text as an id: 1 to 32 ASCII letters or digits. Anything else cannot name a record.
            pub fn parse(text: &str) -> Option<Self> {
                let fits = (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
                fits.then(|| Self(text.to_owned()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text).ok_or("an id is 1 to 32 letters or digits")
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// Names an account.
    UserId
);
id!(
    /// Names a picture; the RPC contract also calls it `assetId` while it is being uploaded.
    ImageId
);
id!(
    /// Names a gallery, whatever its slug becomes.
    GalleryId
);
id!(
    /// Names a comment.
    CommentId
);
id!(
    /// Names one signed-in browser or program.
    SessionId
);
id!(
    /// Names an API token; not the token itself.
    TokenId
);
id!(
    /// Names an access key: what S3 clients show openly.
    AccessKeyId
);
id!(
    /// Names a share link; not the link itself.
    ShareId
);
id!(
    /// Names an invitation; not the link itself.
    InvitationId
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_letters_and_digits_only() {
        assert!(ImageId::parse("01h8zk3m9q2r").is_some());
        for bad in ["", "../etc", "a b", "é", &"x".repeat(33)] {
            assert!(ImageId::parse(bad).is_none(), "{bad:?}");
        }
        assert!(serde_json::from_str::<ImageId>(r#""a/b""#).is_err());
    }
}
