//! The log: to standard error, one line an event.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// What `s3s` says of each refusal is nobody's error; what goes wrong in the store is told by the store.
const QUIET: &str = "s3s=off";

/// Starts the log. `filter` is a level (`info`) or a list of `target=level`.
pub fn start(filter: &str) -> Result<(), Box<dyn std::error::Error>> {
    let filter = EnvFilter::try_new(format!("{QUIET},{filter}"))?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init()
        .map_err(|error| error.to_string().into())
}
