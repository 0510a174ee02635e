//! Looks after uploads that nobody confirmed, every few minutes.

use domain::Library;
use std::time::Duration;

/// Between two looks.
const EVERY: Duration = Duration::from_secs(5 * 60);

/// Sweeps until the task is dropped.
pub(crate) async fn sweep(library: Library) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match library.sweep_uploads().await {
            Ok(0) => {}
            Ok(swept) => tracing::info!(swept, "uploads nobody confirmed were looked at"),
            Err(error) => tracing::error!(?error, "uploads could not be swept"),
        }
    }
}
