//! Who may see what: one rule, which every read path goes through.
//!
//! A picture is public when its upload is completed and it is in at least one public gallery. Otherwise its owner
//! and admins see it. A gallery is public when it says so; otherwise its owner and admins see it. What a viewer
//! may not see answers exactly like what does not exist.

use crate::{Error, Result};
use model::{Role, SessionId, UserId};

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Not signed in.
    Visitor,
    /// Signed in.
    Member(Member),
}

/// A signed-in account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The account.
    pub id: UserId,
    /// Its name.
    pub username: String,
    /// What it may do.
    pub role: Role,
    /// The sign-in this request came with.
    pub session: SessionId,
}

impl Viewer {
    /// The account, if signed in.
    pub fn member(&self) -> Option<&Member> {
        match self {
            Self::Visitor => None,
            Self::Member(member) => Some(member),
        }
    }

    /// The account, or the error that asks to sign in.
    pub fn signed_in(&self) -> Result<&Member> {
        self.member().ok_or(Error::SIGN_IN)
    }

    /// Whether everything may be seen and managed.
    pub fn is_admin(&self) -> bool {
        self.member().is_some_and(|member| member.role == Role::Admin)
    }

    /// The account's id, or text that is nobody's, for statements that compare with it.
    pub(crate) fn id(&self) -> &str {
        self.member().map_or("", |member| member.id.as_str())
    }

    /// The rule for changing a thing: its owner and admins.
    pub(crate) fn may_change(&self, owner: &str) -> bool {
        self.is_admin() || (self.id() == owner && !owner.is_empty())
    }

    /// The rule for seeing a thing.
    pub(crate) fn may_see(&self, owner: &str, public: bool) -> bool {
        public || self.may_change(owner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: &str, role: Role) -> Viewer {
        Viewer::Member(Member {
            id: UserId::parse(id).unwrap(),
            username: id.into(),
            role,
            session: SessionId::parse("s").unwrap(),
        })
    }

    #[test]
    fn only_owner_and_admin_see_what_is_not_public() {
        let (owner, other, admin) = (member("a", Role::Member), member("b", Role::Member), member("c", Role::Admin));
        for (viewer, private) in [(&owner, true), (&other, false), (&admin, true), (&Viewer::Visitor, false)] {
            assert_eq!(viewer.may_see("a", false), private);
            assert!(viewer.may_see("a", true));
        }
        assert!(!Viewer::Visitor.may_see("", false), "a row without an owner is nobody's");
    }
}
