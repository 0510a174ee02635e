//! The program: reads settings, wires the parts, serves.

mod application;
mod assets;
mod bucket_events;
pub mod http;
pub mod log;
mod r2_queue;
mod remote;
mod secrets;
mod settings;
mod settings_watch;
mod sweeper;

pub use application::{Application, StartError};
pub use secrets::rotate_keys;
pub use settings::{KeyValuesKind, Settings, SettingsError, StorageKind};
