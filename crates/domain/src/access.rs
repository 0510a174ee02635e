//! Who may see what: one rule, which every read path goes through.
//!
//! A picture is public when its upload is completed and it is in at least one public gallery. Otherwise its owner
//! and admins see it, and whoever holds a share link for it or for a gallery that holds it. A gallery is public when
//! it says so; otherwise its owner, admins and holders of a share link see it. What a viewer may not see answers
//! exactly like what does not exist.

use crate::{Error, Result};
use model::{GalleryId, ImageId, Role, Scope, SessionId, TokenId, UserId};
use std::net::IpAddr;

/// Who asks: a visitor or a member, and what was shared with them by link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Viewer {
    member: Option<Member>,
    shared: Shared,
    address: Option<IpAddr>,
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
    /// What this request proved itself with.
    pub proof: Proof,
}

/// What a request proves its account with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A sign-in: may do all the account may.
    Session(SessionId),
    /// An API token: may do what its scopes name, and never change its own rights.
    Token(TokenId, Vec<Scope>),
}

/// What share links open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Pictures shared alone.
    pub images: Vec<ImageId>,
    /// Galleries, and so the pictures in them.
    pub galleries: Vec<GalleryId>,
}

/// What a method asks of the one who calls it, beyond the rule for the thing itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: anyone may call it, whatever their token says.
    Nothing,
    /// A token needs this scope. Whether one must be signed in is the domain's to say.
    Scope(Scope),
    /// A sign-in: tokens never, since they could raise their own rights.
    Session,
}

impl Viewer {
    /// Someone who is not signed in.
    pub fn visitor() -> Self {
        Self::default()
    }

    /// A signed-in account.
    pub fn of(member: Member) -> Self {
        Self { member: Some(member), ..Self::default() }
    }

    /// The same viewer, with what links have opened.
    pub fn with_shared(self, shared: Shared) -> Self {
        Self { shared, ..self }
    }

    /// The same viewer, asking from this address; rates are counted by it.
    pub fn at(self, address: Option<IpAddr>) -> Self {
        Self { address, ..self }
    }

    /// The account, if signed in.
    pub fn member(&self) -> Option<&Member> {
        self.member.as_ref()
    }

    /// The account, or the error that asks to sign in.
    pub fn signed_in(&self) -> Result<&Member> {
        self.member().ok_or(Error::SIGN_IN)
    }

    /// The account of an admin: [`Error::SIGN_IN`] or [`Error::Forbidden`] for everyone else, and for an admin's token
    /// that is not for managing the site. Pages ask this too, where no method has asked for the scope.
    pub(crate) fn admin(&self) -> Result<&Member> {
        let member = self.signed_in()?;
        match member.role {
            Role::Admin => self.permit(Needs::Scope(Scope::Admin)).map(|()| member),
            Role::Member => Err(Error::Forbidden("Only an admin may do this.")),
        }
    }

    /// Whether everything may be seen and managed.
    pub fn is_admin(&self) -> bool {
        self.member().is_some_and(|member| member.role == Role::Admin)
    }

    /// Whether this viewer sees just what everyone does: answers to them may be shared.
    pub fn is_anyone(&self) -> bool {
        self.member.is_none() && self.shared == Shared::default()
    }

    /// The rule for tokens: each method needs a scope, some a sign-in.
    pub fn permit(&self, needs: Needs) -> Result<()> {
        let Some(Member { proof: Proof::Token(_, scopes), .. }) = &self.member else { return Ok(()) };
        match needs {
            Needs::Nothing => Ok(()),
            Needs::Scope(scope) if scopes.contains(&scope) => Ok(()),
            Needs::Scope(_) => Err(Error::Forbidden("This API token has not the scope for it. Make one that has.")),
            Needs::Session => Err(Error::Forbidden("An API token cannot do this. Sign in for it.")),
        }
    }

    /// The viewer as pages and pictures take them: a token without the scope to read sees what a visitor sees.
    pub fn reading(self) -> Self {
        match self.permit(Needs::Scope(Scope::Read)) {
            Ok(()) => self,
            Err(_) => Self { member: None, ..self },
        }
    }

    /// The account's id, or text that is nobody's, for statements that compare with it.
    pub(crate) fn id(&self) -> &str {
        self.member().map_or("", |member| member.id.as_str())
    }

    /// Where the request came from.
    pub(crate) fn address(&self) -> Option<IpAddr> {
        self.address
    }

    /// What links have opened.
    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// The rule for changing a thing: its owner and admins.
    pub(crate) fn may_change(&self, owner: &str) -> bool {
        self.is_admin() || (self.id() == owner && !owner.is_empty())
    }

    /// The rule for seeing a thing that no link has opened.
    pub(crate) fn may_see(&self, owner: &str, public: bool) -> bool {
        public || self.may_change(owner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: &str, role: Role, proof: Proof) -> Viewer {
        Viewer::of(Member { id: UserId::parse(id).unwrap(), username: id.into(), role, proof })
    }

    fn session() -> Proof {
        Proof::Session(SessionId::parse("s").unwrap())
    }

    #[test]
    fn only_owner_and_admin_see_what_is_not_public() {
        let (owner, other) = (member("a", Role::Member, session()), member("b", Role::Member, session()));
        let admin = member("c", Role::Admin, session());
        for (viewer, private) in [(&owner, true), (&other, false), (&admin, true), (&Viewer::visitor(), false)] {
            assert_eq!(viewer.may_see("a", false), private);
            assert!(viewer.may_see("a", true));
        }
        assert!(!Viewer::visitor().may_see("", false), "a row without an owner is nobody's");
    }

    #[test]
    fn a_token_does_what_its_scopes_name_and_never_what_needs_a_sign_in() {
        let proof = Proof::Token(TokenId::parse("t").unwrap(), vec![Scope::Read]);
        let token = member("a", Role::Admin, proof);
        assert!(token.permit(Needs::Nothing).is_ok() && token.permit(Needs::Scope(Scope::Read)).is_ok());
        assert!(token.permit(Needs::Scope(Scope::Pictures)).is_err() && token.permit(Needs::Session).is_err());
        assert_eq!(token.clone().reading(), token);
        assert!(token.admin().is_err(), "whoever may read does not manage the site");
        let proof = Proof::Token(TokenId::parse("t").unwrap(), vec![Scope::Pictures]);
        assert_eq!(member("a", Role::Admin, proof).reading(), Viewer::visitor());
        assert!(member("a", Role::Member, session()).permit(Needs::Session).is_ok());
        assert!(member("a", Role::Admin, session()).admin().is_ok());
    }
}
