//! Pictures decoded and encoded in processes of their own.
//!
//! Decoders read what strangers send, and some are written in C. So they run in workers: processes of our own program,
//! with a bound on their memory and a limit on their time, one job at once each. A file that makes a decoder crash,
//! hang or eat memory takes its own job with it and nothing else. Whoever takes a decoder over, though, has the
//! rights of the server's user.
//!
//! [`Pool`] is the side of the server, [`serve`] that of the worker.

mod bounds;
mod death;
mod job;
mod pool;
mod protocol;
mod serve;
mod settings;
mod watchdog;
mod worker;

pub use imaging::Limits;
pub use job::{Failure, Inspected, Job};
pub use pool::Pool;
pub use serve::serve;
pub use settings::{ARGUMENT, Settings};
