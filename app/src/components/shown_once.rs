//! Something that is told once, ready to be copied.

use super::{LABEL, snippets::CopyButton};
use crate::islands::CopyButtons;
use leptos::prelude::*;

/// A token or a link in a field of its own, so that it can be selected whole however long it is; a button copies it
/// where scripts run. At most one a page.
#[component]
pub fn ShownOnce(
    /// Stands above it and names it.
    label: &'static str,
    /// What is told.
    value: String,
    /// What to do with it.
    hint: &'static str,
) -> impl IntoView {
    view! {
        <CopyButtons>
            <div data-snippet="" class="grid grid-cols-1 gap-1 rounded-control border border-good p-4">
                <label for="shown-once" class=LABEL>
                    {label}
                </label>
                <div class="flex items-start gap-2">
                    <input
                        id="shown-once"
                        type="text"
                        value=value
                        readonly
                        autocomplete="off"
                        spellcheck="false"
                        aria-describedby="shown-once-hint"
                        class="block min-h-11 w-full min-w-0 rounded-control border border-edge bg-tint px-3 py-2 font-mono text-sm"
                    />
                    <CopyButton label=label/>
                </div>
                <p id="shown-once-hint" class="text-sm text-muted">
                    {hint}
                </p>
            </div>
        </CopyButtons>
    }
}
