//! What lies over the page: paper with a hairline around it, and the one soft shadow.

/// The classes of a card. A menu's panel, a dialog and a toast are cards themselves, each by an element of its own
/// kind: so these are classes, and no component around them.
pub(crate) const CARD: &str = "rounded-control border border-float-edge bg-float lifted";
