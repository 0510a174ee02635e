//! A box to search with: a plain form whose words end up in the address.

use super::{Button, INPUT, Kind};
use leptos::prelude::*;

/// A field of one line and its button. Sends `q`.
#[component]
pub fn SearchBox(
    /// The page that shows what was found.
    action: &'static str,
    /// Names the field.
    label: &'static str,
    /// What stands in it.
    value: String,
    /// The most characters it takes.
    longest: u32,
) -> impl IntoView {
    view! {
        <form method="get" action=action class="grid max-w-text grid-cols-[minmax(0,1fr)_auto] gap-3">
            <label for="field-q" class="sr-only">
                {label}
            </label>
            <input id="field-q" type="search" name="q" value=value maxlength=longest autocomplete="off" class=INPUT/>
            <Button kind=Kind::Quiet>"Search"</Button>
        </form>
    }
}
