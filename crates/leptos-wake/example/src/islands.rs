//! Islands that say in an `<output>` what they know.

mod counter;
mod fields;
mod forms;
mod theme;

pub use counter::Counter;
pub use fields::Fields;
pub use forms::{Greeting, Pager, Search};
pub use theme::{Sample, Themed};
