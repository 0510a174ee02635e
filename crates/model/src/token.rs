//! API tokens: what a program signs in with, and what it may do.

use crate::{Invalid, TokenId, TokenName};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest an API token may work, in seconds: ten years. One without an end works until it is revoked.
pub const LONGEST_TOKEN: u64 = 10 * 365 * 24 * 60 * 60;

/// What an API token may do; never more than its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// See what the account sees.
    Read,
    /// Upload, change and delete pictures.
    Pictures,
    /// Make, change, share and delete galleries.
    Galleries,
    /// Like, favourite and comment.
    Social,
    /// Manage the site, for admins.
    Admin,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 5] = [Self::Read, Self::Pictures, Self::Galleries, Self::Social, Self::Admin];

    /// As written in tokens' lists.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Pictures => "pictures",
            Self::Galleries => "galleries",
            Self::Social => "social",
            Self::Admin => "admin",
        }
    }
}

/// A checked wish for an API token.
#[derive(Clone, Debug)]
pub struct TokenDraft {
    /// Tells it from others.
    pub name: TokenName,
    /// What it may do: at least one, each once.
    pub scopes: Vec<Scope>,
    /// After how many seconds it ends, 1 to [`LONGEST_TOKEN`]; never if absent.
    pub expires_in: Option<u64>,
}

impl TokenDraft {
    /// Checks everything together. A scope named twice counts once.
    pub fn parse(name: &str, scopes: &[Scope], expires_in: Option<u64>) -> Result<Self, Invalid> {
        let scopes: Vec<_> = Scope::ALL.into_iter().filter(|scope| scopes.contains(scope)).collect();
        let fits = expires_in.is_none_or(|seconds| (1..=LONGEST_TOKEN).contains(&seconds));
        match (TokenName::parse(name), scopes.is_empty(), fits) {
            (Ok(name), false, true) => Ok(Self { name, scopes, expires_in }),
            (name, unscoped, fits) => Err(Invalid::default()
                .and("name", name.err())
                .and("scopes", unscoped.then_some("Choose at least one thing that the token may do."))
                .and("expiresIn", (!fits).then_some("A token works for 1 second to 10 years."))),
        }
    }
}

/// `token.create` answers this: the only time the token is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CreatedToken {
    /// Names the token, to revoke it.
    pub token_id: TokenId,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Goes after `Authorization: Bearer `. Only its SHA-256 is kept, so that it cannot be told again.
    pub token: String,
}

/// An API token as lists show it; the token itself is not told again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Token {
    /// Names the token, to revoke it.
    pub id: TokenId,
    /// As it was given.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds, to the minute; absent if it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<i64>,
    /// Unix seconds; absent if it works until it is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
}

/// `token.list` answers this: the newest first, those that have expired too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tokens {
    /// At most 50.
    pub tokens: Vec<Token>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_a_name_and_something_to_do() {
        let invalid = TokenDraft::parse(" ", &[], Some(0)).unwrap_err();
        assert!(["name", "scopes", "expiresIn"].iter().all(|field| invalid.reason(field).is_some()));
        let draft = TokenDraft::parse("backup", &[Scope::Read, Scope::Read], Some(LONGEST_TOKEN)).unwrap();
        assert_eq!(draft.scopes, [Scope::Read]);
        assert!(TokenDraft::parse("backup", &[Scope::Read], Some(LONGEST_TOKEN + 1)).is_err());
    }
}
