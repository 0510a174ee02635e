//! Looks after what was left behind, every few minutes: uploads that nobody confirmed, deleted accounts, expired
//! values.

use domain::{Library, Swept};
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
        match library.sweep_deleted_accounts().await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "deleted accounts were removed to the end"),
            Err(error) => tracing::error!(?error, "deleted accounts could not be swept"),
        }
        if let Err(error) = library.sweep_key_values().await {
            tracing::error!(?error, "expired values could not be cleared");
        }
    }
}

/// Compares the folders of the bucket with the library until the task is dropped.
pub(crate) async fn sweep_bucket(library: Library, every: Duration) {
    let mut ticks = tokio::time::interval(every);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        match library.sweep_bucket().await {
            Ok(swept) if swept == Swept::default() => {}
            Ok(Swept { came, went, doubted }) => tracing::info!(came, went, doubted, "the bucket was compared"),
            Err(error) => tracing::error!(?error, "the bucket could not be compared"),
        }
    }
}
