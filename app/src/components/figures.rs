//! Numbers as people read and type them.

/// Bytes of a megabyte.
pub const MEGABYTE: u64 = 1_000_000;

/// Bytes of a gigabyte.
pub const GIGABYTE: u64 = 1_000_000_000;

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

/// A size in a unit, with all its digits: `1.5` for 1,500,000 in megabytes. The unit is a power of ten.
pub fn in_units(size: u64, unit: u64) -> String {
    let (whole, rest) = (size / unit, size % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let digits = unit.to_string().len() - 1;
    format!("{whole}.{}", format!("{rest:0digits$}").trim_end_matches('0'))
}

/// The size that was typed in a unit, a power of ten; nothing if it is no number, or larger than any size. Digits that
/// are less than a byte do not count.
pub fn from_units(typed: &str, unit: u64) -> Option<u64> {
    let (whole, fraction) = typed.trim().split_once('.').unwrap_or((typed.trim(), ""));
    let mut size = whole.parse::<u64>().ok()?.checked_mul(unit)?;
    let mut worth = unit;
    for digit in fraction.chars() {
        worth /= 10;
        size = size.checked_add(u64::from(digit.to_digit(10)?) * worth)?;
    }
    Some(size)
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

    #[test]
    fn a_size_that_is_shown_to_be_typed_over_is_read_as_it_was() {
        for (size, unit, shown) in [
            (5_000_000_000, GIGABYTE, "5"),
            (1_500_000, MEGABYTE, "1.5"),
            (52_428_800, MEGABYTE, "52.4288"),
            (1, GIGABYTE, "0.000000001"),
            (0, MEGABYTE, "0"),
        ] {
            assert_eq!((in_units(size, unit).as_str(), from_units(shown, unit)), (shown, Some(size)));
        }
        assert_eq!(from_units(" 2.50 ", MEGABYTE), Some(2_500_000));
        for bad in ["", "a", "-1", "1,5", "1.5.2", "1.x", "1e3", "99999999999999999999"] {
            assert_eq!(from_units(bad, MEGABYTE), None, "{bad:?}");
        }
    }
}
