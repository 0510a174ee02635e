//! What tabs of this browser tell each other.
//!
//! By local storage rather than a channel: a tab whose islands sleep hears of nothing, but finds there what was told last
//! when they wake.

use super::markup::listen;
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{Storage, StorageEvent};

/// Tells the other tabs, and those that look later.
pub(crate) fn tell(about: &str, words: &str) {
    if let Some(storage) = storage() {
        _ = storage.set_item(about, &written(js_sys::Date::now() as i64, words));
    }
}

/// What was told last, and when, in milliseconds of Unix time.
pub(crate) fn told(about: &str) -> Option<(i64, String)> {
    read(&storage()?.get_item(about).ok()??)
}

/// Hears what other tabs tell from now on: about what, and the words.
pub(crate) fn hear(heard: fn(&str, &str)) {
    listen(&window(), "storage", move |event| {
        let event = event.unchecked_ref::<StorageEvent>();
        if let (Some(about), Some(value)) = (event.key(), event.new_value())
            && let Some((_, words)) = read(&value)
        {
            heard(&about, &words);
        }
    });
}

/// When this page was asked for, in milliseconds of Unix time.
pub(crate) fn asked_at() -> i64 {
    window().performance().map_or(0, |performance| performance.time_origin() as i64)
}

/// There is none where the browser keeps nothing for this site.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn written(at: i64, words: &str) -> String {
    format!("{at} {words}")
}

fn read(value: &str) -> Option<(i64, String)> {
    let (at, words) = value.split_once(' ')?;
    Some((at.parse().ok()?, words.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_read_again_and_what_others_wrote_is_not() {
        assert_eq!(read(&written(1_790_000_000_000, "林 Lin")), Some((1_790_000_000_000, "林 Lin".to_owned())));
        assert_eq!(read(&written(3, "")), Some((3, String::new())));
        for other in ["", "now", "now then", "3"] {
            assert_eq!(read(other), None, "{other:?}");
        }
    }
}
