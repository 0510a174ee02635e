//! How long a link or a token works: a list to choose from.

use super::form::Form;
use crate::components::Select;
use leptos::prelude::*;

const DAY: u64 = 24 * 60 * 60;

/// The field `expiresIn`, in seconds.
#[component]
pub(super) fn Lifetime(
    /// The form it stands in.
    form: Form,
    /// What may be chosen, in days; 0: until it is revoked.
    days: &'static [u64],
    /// What is chosen at first, one of them.
    at_first: u64,
) -> impl IntoView {
    let options = days.iter().map(|&days| (sent(days), shown(days))).collect();
    view! {
        <Select label="Works for" name="expiresIn" options=options chosen=form.value("expiresIn", &sent(at_first))/>
    }
}

/// As the form sends it; an empty field is none.
fn sent(days: u64) -> String {
    if days == 0 { String::new() } else { (days * DAY).to_string() }
}

fn shown(days: u64) -> String {
    match days {
        0 => "Until it is revoked".into(),
        1 => "A day".into(),
        7 => "A week".into(),
        365 => "A year".into(),
        days => format!("{days} days"),
    }
}
