//! Moments as people read them. All in UTC, from Unix seconds, on the server and in the browser alike.

use leptos::prelude::*;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY: i64 = 86_400;

/// Now, in Unix seconds.
pub fn now() -> i64 {
    #[cfg(target_arch = "wasm32")]
    let seconds = (js_sys::Date::now() / 1_000.0) as i64;
    #[cfg(not(target_arch = "wasm32"))]
    let seconds = std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_secs().cast_signed());
    seconds
}

/// Year, month and day of a moment, in the Gregorian calendar. Counts in eras of 400 years that begin on 1 March,
/// so that the leap day comes last.
fn civil(at: i64) -> (i64, usize, i64) {
    let days = at.div_euclid(DAY) + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let month_of_year = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + i64::from(month_of_year <= 2);
    (year, usize::try_from(month_of_year).unwrap_or(1), day - (153 * month + 2) / 5 + 1)
}

/// The day, as `3 May 2026`. True for ever, so it may stand in pages that are kept.
pub fn date(at: i64) -> String {
    let (year, month, day) = civil(at);
    format!("{day} {} {year}", MONTHS[month - 1])
}

/// The moment to the minute, as `3 May 2026, 14:05 UTC`.
fn moment(at: i64) -> String {
    let minutes = at.rem_euclid(DAY) / 60;
    format!("{}, {:02}:{:02} UTC", date(at), minutes / 60, minutes % 60)
}

/// The moment as machines read it (RFC 3339).
pub fn rfc3339(at: i64) -> String {
    let (year, month, day) = civil(at);
    let seconds = at.rem_euclid(DAY);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// How long ago, in words; the day itself after a month.
pub fn relative(at: i64, now: i64) -> String {
    let ago = |number: i64, unit: &str| format!("{number} {unit}{} ago", if number == 1 { "" } else { "s" });
    match now - at {
        ..60 => "just now".into(),
        seconds @ 60..3_600 => ago(seconds / 60, "minute"),
        seconds @ 3_600..DAY => ago(seconds / 3_600, "hour"),
        seconds if seconds < 31 * DAY => ago(seconds / DAY, "day"),
        _ => date(at),
    }
}

/// A moment, with the exact one in its title. Shows the day, or how long ago it was if it is told what time it is now:
/// pages that may be kept must not age.
#[component]
pub fn Time(
    /// Unix seconds.
    at: i64,
    /// Unix seconds.
    #[prop(default = None)]
    now: Option<i64>,
) -> impl IntoView {
    let words = now.map_or_else(|| date(at), |now| relative(at, now));
    view! {
        <time datetime=rfc3339(at) title=moment(at)>
            {words}
        </time>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let told = [0, 951_782_400, 1_709_164_800, 1_735_689_599, -1].map(rfc3339);
        assert_eq!(
            told,
            [
                "1970-01-01T00:00:00Z",
                "2000-02-29T00:00:00Z",
                "2024-02-29T00:00:00Z",
                "2024-12-31T23:59:59Z",
                "1969-12-31T23:59:59Z",
            ]
        );
        assert_eq!(moment(1_777_817_100), "3 May 2026, 14:05 UTC");
    }

    #[test]
    fn how_long_ago_is_told_in_the_largest_whole_unit() {
        let now = 1_777_817_100;
        let told = [0, 59, 60, 7_200, 3 * DAY, 40 * DAY].map(|before| relative(now - before, now));
        assert_eq!(told, ["just now", "just now", "1 minute ago", "2 hours ago", "3 days ago", "24 Mar 2026"]);
    }
}
