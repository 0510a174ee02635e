//! Who calls: the columns of the tables.

use super::things::Kind;

/// A caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Nobody is signed in.
    Anyone,
    /// A member who has nothing to do with the things.
    Member,
    /// The member whose things they are.
    Owner,
    /// An admin.
    Admin,
    /// A program with a token that has every scope but the one it takes. The token is the owner's; an admin's where
    /// only admins may.
    Without,
    /// A program whose token has the scope.
    With,
    /// Whoever holds the cookie of an admin who was suspended since.
    Suspended,
    /// Whoever holds a copy of the owner's cookie from before they signed out.
    Left,
    /// A visitor who has opened the link of what is shared.
    Holder,
    /// A member who has opened it.
    Friend,
}

/// In the order of the columns.
pub const CALLERS: [Caller; 10] = [
    Caller::Anyone,
    Caller::Member,
    Caller::Owner,
    Caller::Admin,
    Caller::Without,
    Caller::With,
    Caller::Suspended,
    Caller::Left,
    Caller::Holder,
    Caller::Friend,
];

impl Caller {
    /// The head of the column.
    pub fn head(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// The rule: who sees what.
    pub fn may_see(self, kind: Kind) -> bool {
        match kind {
            Kind::Public => true,
            Kind::Private => matches!(self, Self::Owner | Self::Admin | Self::With),
            Kind::Shared => matches!(self, Self::Owner | Self::Admin | Self::With | Self::Holder | Self::Friend),
            Kind::Missing => false,
        }
    }
}
