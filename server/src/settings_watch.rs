//! Looks whether an admin has changed settings on another server, twice a second.

use domain::Library;
use std::time::Duration;

/// Between two looks: what admins change is to take effect within a second everywhere.
const EVERY: Duration = Duration::from_millis(500);

/// After so many looks the settings are read whatever the mark says: once a minute.
const ANYWAY: u64 = 120;

/// Watches until the task is dropped.
pub(crate) async fn watch(library: Library) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut failing = false;
    for tick in 0u64.. {
        ticks.tick().await;
        // Should a mark have been lost, what it said is read anyway.
        let refreshed =
            if tick.is_multiple_of(ANYWAY) { library.load_settings().await } else { library.refresh_settings().await };
        match &refreshed {
            // Once, not twice a second.
            Err(error) if !failing => tracing::error!(?error, "settings cannot be compared with other servers'"),
            Ok(()) if failing => tracing::info!("settings are compared with other servers' again"),
            _ => {}
        }
        failing = refreshed.is_err();
    }
}
