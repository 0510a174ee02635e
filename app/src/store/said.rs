//! What is said to the person in passing, and read out to those who do not see it: by `Toast`, in the components.

use crate::browser::markup::{find, show, text, whole, write};
use leptos::prelude::*;
use std::time::Duration;

/// How long it stays: long enough to be read twice.
const STAYS: Duration = Duration::from_secs(8);

/// Says a sentence, in place of the one before.
pub(crate) fn say(sentence: &str) {
    let Some(place) = whole().and_then(|page| find(&page, "#said")) else { return };
    write(&place, sentence);
    show(&place, true);
    let sentence = sentence.to_owned();
    _ = set_timeout(
        move || {
            if text(&place) == sentence {
                show(&place, false);
                write(&place, "");
            }
        },
        STAYS,
    );
}
