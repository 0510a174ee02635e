//! What a camera wrote about a picture, as text to show.

use exif::{DateTime, Exif, In, Tag, Value};
use serde::{Deserialize, Serialize};

/// The longest text taken from a tag, in characters.
const LONGEST_TEXT: usize = 100;

/// What a camera wrote about a picture, as text ready to show. Only what is named here is ever read: no position, no
/// serial numbers, no names of people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Maker and model of the camera: `Canon EOS R5`.
    pub model: Option<String>,
    /// The lens, as it calls itself: `RF35mm F1.8 MACRO IS STM`.
    pub lens: Option<String>,
    /// `f/2.8`.
    pub aperture: Option<String>,
    /// How long the shutter was open: `1/250 s`, `2.5 s`.
    pub exposure: Option<String>,
    /// `ISO 200`.
    pub iso: Option<String>,
    /// The real focal length, not that of an equivalent lens: `35 mm`.
    pub focal_length: Option<String>,
    /// When, by the camera's clock, of which the zone is unknown: `2024-05-01 12:30`.
    pub taken: Option<String>,
}

impl Facts {
    pub(super) fn read(tags: &Exif) -> Self {
        Self {
            model: model(text(tags, Tag::Make), text(tags, Tag::Model)),
            lens: text(tags, Tag::LensModel),
            aperture: number(tags, Tag::FNumber).map(|number| format!("f/{}", decimal(number, 2))),
            exposure: number(tags, Tag::ExposureTime).map(exposure),
            iso: iso(tags),
            focal_length: number(tags, Tag::FocalLength).map(|length| format!("{} mm", decimal(length, 1))),
            taken: text(tags, Tag::DateTimeOriginal).and_then(|text| taken(&text)),
        }
    }
}

fn text(tags: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(parts) = &tags.get_field(tag, In::PRIMARY)?.value else { return None };
    let part = String::from_utf8_lossy(parts.first()?);
    let text: String = part.trim().chars().filter(|character| !character.is_control()).take(LONGEST_TEXT).collect();
    (!text.is_empty()).then_some(text)
}

/// A positive number.
fn number(tags: &Exif, tag: Tag) -> Option<f64> {
    let Value::Rational(values) = &tags.get_field(tag, In::PRIMARY)?.value else { return None };
    values.first().map(|value| value.to_f64()).filter(|number| number.is_finite() && *number > 0.0)
}

/// Models that begin with the maker's name do not get it twice.
fn model(maker: Option<String>, model: Option<String>) -> Option<String> {
    let (Some(maker), Some(model)) = (&maker, &model) else { return model };
    let name = maker.split_whitespace().next().unwrap_or_default().to_lowercase();
    Some(if model.to_lowercase().starts_with(&name) { model.clone() } else { format!("{maker} {model}") })
}

/// A short time as a part of a second, as on a camera's dial.
fn exposure(seconds: f64) -> String {
    let parts = (1.0 / seconds).round();
    let is_part = seconds < 0.25 || (seconds * parts - 1.0).abs() < 0.02;
    if parts > 1.0 && is_part { format!("1/{parts:.0} s") } else { format!("{} s", decimal(seconds, 1)) }
}

/// Zero means unknown, and so does the largest value, which cameras write when the number does not fit.
fn iso(tags: &Exif) -> Option<String> {
    let value = tags.get_field(Tag::PhotographicSensitivity, In::PRIMARY)?.value.get_uint(0)?;
    (1..u32::from(u16::MAX)).contains(&value).then(|| format!("ISO {value}"))
}

/// Takes EXIF's `2024:05:01 12:30:59`. Cameras whose clock was never set write zeros or blanks: no date.
fn taken(text: &str) -> Option<String> {
    let DateTime { year, month, day, hour, minute, .. } = DateTime::from_ascii(text.as_bytes()).ok()?;
    let is_date = year > 0 && (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60;
    is_date.then(|| format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"))
}

/// At most so many decimal places, and no zeros at the end.
fn decimal(number: f64, places: usize) -> String {
    let text = format!("{number:.places$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exposures_read_as_on_the_dial() {
        let cases = [
            (1.0 / 250.0, "1/250 s"),
            (0.0166, "1/60 s"),
            (0.5, "1/2 s"),
            (0.33, "1/3 s"),
            (0.3, "0.3 s"),
            (0.8, "0.8 s"),
            (1.0, "1 s"),
            (2.5, "2.5 s"),
            (30.0, "30 s"),
        ];
        for (seconds, shown) in cases {
            assert_eq!(exposure(seconds), shown);
        }
    }

    #[test]
    fn the_maker_is_named_once() {
        let named = |maker: &str, of: &str| model(Some(maker.into()), Some(of.into()));
        assert_eq!(named("NIKON CORPORATION", "NIKON D750").as_deref(), Some("NIKON D750"));
        assert_eq!(named("Canon", "Canon EOS R5").as_deref(), Some("Canon EOS R5"));
        assert_eq!(named("Apple", "iPhone 15").as_deref(), Some("Apple iPhone 15"));
        assert_eq!(model(Some("Apple".into()), None), None);
    }

    #[test]
    fn numbers_lose_their_trailing_zeros() {
        assert_eq!(decimal(2.8, 2), "2.8");
        assert_eq!(decimal(1.78, 2), "1.78");
        assert_eq!(decimal(8.0, 2), "8");
        assert_eq!(decimal(200.0, 1), "200");
    }

    #[test]
    fn dates_of_clocks_never_set_are_left_out() {
        assert_eq!(taken("2024:05:01 12:30:59").as_deref(), Some("2024-05-01 12:30"));
        assert_eq!(taken("0000:00:00 00:00:00"), None);
        assert_eq!(taken("    :  :     :  :  "), None);
        assert_eq!(taken("2024-05-01"), None);
    }
}
