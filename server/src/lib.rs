//! The program: reads settings, wires the parts, serves.

mod application;
mod assets;
pub mod http;
pub mod log;
mod secrets;
mod settings;
mod sweeper;

pub use application::{Application, StartError};
pub use settings::{Settings, SettingsError, StorageKind};
