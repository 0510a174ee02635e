//! Numbers as people read them.

/// A number in few characters: `999`, `1.2k`, `34k`, `5.6M`. Never more than it is.
pub fn short(number: u64) -> String {
    let in_units = |unit: u64, letter: char| {
        let tenths = number / (unit / 10);
        if tenths < 100 && !tenths.is_multiple_of(10) {
            format!("{}.{}{letter}", tenths / 10, tenths % 10)
        } else {
            format!("{}{letter}", tenths / 10)
        }
    };
    match number {
        0..1_000 => number.to_string(),
        1_000..1_000_000 => in_units(1_000, 'k'),
        _ => in_units(1_000_000, 'M'),
    }
}

/// A number with all its digits, in groups of three.
pub fn exact(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with what it counts, as `1 picture`, `2 pictures`. The plural takes an `s`.
pub fn counted(number: u64, thing: &str) -> String {
    format!("{} {thing}{}", exact(number), if number == 1 { "" } else { "s" })
}

/// A size in decimal units with three digits at most: `512 B`, `3.4 MB`, `128 MB`.
pub fn bytes(size: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let (mut whole, mut tenth, mut unit) = (size, 0, 0);
    while whole >= 1_000 && unit + 1 < UNITS.len() {
        (whole, tenth, unit) = (whole / 1_000, whole % 1_000 / 100, unit + 1);
    }
    if whole < 10 && tenth > 0 {
        format!("{whole}.{tenth} {}", UNITS[unit])
    } else {
        format!("{whole} {}", UNITS[unit])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_number_never_promises_more_than_there_is() {
        let told = [0, 999, 1_000, 1_299, 9_999, 12_900, 999_999, 1_000_000, 5_678_000].map(short);
        assert_eq!(told, ["0", "999", "1k", "1.2k", "9.9k", "12k", "999k", "1M", "5.6M"]);
    }

    #[test]
    fn an_exact_number_is_grouped() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(exact), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([counted(1, "picture"), counted(0, "picture")], ["1 picture", "0 pictures"]);
    }

    #[test]
    fn sizes_take_the_unit_that_suits() {
        assert_eq!([0, 999, 3_450_000, 128_000_000].map(bytes), ["0 B", "999 B", "3.4 MB", "128 MB"]);
    }
}
