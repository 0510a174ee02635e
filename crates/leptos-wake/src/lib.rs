//! Says when each island of a Leptos page comes alive, and loads its WebAssembly no sooner.
//!
//! On the server, [`Wake`] and [`Only`] stand around islands and name what they wait for ([`When`]), and [`WakeScript`]
//! takes the place of `HydrationScripts`. The script is [`LOADER`], to be served under its hashed name
//! [`LOADER_NAME`]. In the browser, `hydrate_islands` (feature `hydrate`) takes the place of Leptos's own.
//!
//! The README tells how to set it up and what it promises.

mod loader;
mod only;
#[cfg(feature = "hydrate")]
mod root;
mod script;
mod wake;
mod when;

pub use loader::{LOADER, LOADER_NAME};
pub use only::Only;
#[cfg(feature = "hydrate")]
pub use root::hydrate_islands;
pub use script::WakeScript;
pub use wake::Wake;
pub use when::When;
