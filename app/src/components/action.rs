//! What one may do with a picture, side by side in a row.

/// The classes of the row. On phones what folds out of an action is as wide as the row leaves it.
pub(crate) const ACTIONS: &str = "relative -mx-3 flex flex-wrap items-center gap-x-1";

/// The classes of an action in the row.
pub(crate) const ACTION: &str = "inline-flex min-h-11 min-w-11 cursor-pointer items-center justify-center gap-2 rounded-control px-3 transition-colors hover:bg-tint aria-pressed:text-accent aria-pressed:hover:text-accent-deep aria-pressed:[&_svg]:fill-current";

/// The classes of an action's name. On phones only its icon is seen, so that all of them fit beside each other.
pub(crate) const ACTION_NAME: &str = "max-sm:sr-only";
