//! The log: to standard error, one line an event.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Starts the log. `filter` is a level (`info`) or a list of `target=level`.
pub fn start(filter: &str) -> Result<(), Box<dyn std::error::Error>> {
    let filter = EnvFilter::try_new(filter)?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init()
        .map_err(|error| error.to_string().into())
}
