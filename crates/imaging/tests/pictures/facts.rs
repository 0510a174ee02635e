//! What is told of the camera, and what is not.

use crate::draw::{cornered, file, jpeg};
use crate::tiff::{ascii, camera, in_jpeg, short, tiff};
use image::ImageFormat;
use imaging::{Facts, Format, Limits, probe};

fn facts(bytes: &[u8]) -> Facts {
    probe(bytes, &Limits::default()).unwrap().facts
}

#[test]
fn facts_are_text_to_show() {
    let facts = facts(&in_jpeg(&jpeg(&cornered(64, 48)), &camera(1)));
    let text = |text: &str| Some(text.to_owned());
    let expected = Facts {
        model: text("Lumen Field 5"),
        lens: text("Lumen 35mm F2"),
        aperture: text("f/2.8"),
        exposure: text("1/250 s"),
        iso: text("ISO 200"),
        focal_length: text("35 mm"),
        taken: text("2024-05-01 12:30"),
    };
    assert_eq!(facts, expected);
}

#[test]
fn names_serial_numbers_and_positions_are_not_told() {
    let told = format!("{:?}", facts(&in_jpeg(&jpeg(&cornered(64, 48)), &camera(1))));
    for secret in ["Jane", "SN-", "52"] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
}

#[test]
fn a_file_without_tags_has_no_facts() {
    assert_eq!(facts(&jpeg(&cornered(64, 48))), Facts::default());
    assert_eq!(facts(&file(cornered(64, 48), ImageFormat::Gif)), Facts::default());
}

#[test]
fn text_in_tags_is_cleaned() {
    let tags = tiff(vec![ascii(0x0110, "  A\x07B\n "), short(0x0112, 1)], vec![ascii(0xA434, "   ")], vec![]);
    let facts = facts(&in_jpeg(&jpeg(&cornered(64, 48)), &tags));
    assert_eq!(facts.model.as_deref(), Some("AB"));
    assert_eq!(facts.lens, None);
}

#[test]
fn tags_cut_short_are_no_reason_to_refuse() {
    let tags = camera(6);
    let picture = jpeg(&cornered(64, 48));
    for length in 0..tags.len() {
        let seen = probe(&in_jpeg(&picture, &tags[..length]), &Limits::default()).unwrap();
        assert_eq!(seen.format, Format::Jpeg);
    }
}
