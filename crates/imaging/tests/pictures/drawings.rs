//! SVG: drawn as pixels, from what is in the file alone.

use crate::draw::{assert_near, contains, cornered, file, jpeg, open, render};
use image::ImageFormat;
use imaging::{Format, Limits, Output, Refusal, mean_colour, probe};
use std::{env, fs, process};

fn drawing(attributes: &str, content: &str) -> Vec<u8> {
    let names = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'";
    format!("<svg {names} {attributes}>{content}</svg>").into_bytes()
}

/// A red block in the top left quarter of 200 by 150, the rest blue but for a transparent band below.
fn blocks() -> Vec<u8> {
    let blue = "<rect width='200' height='140' fill='#1428dc'/>";
    drawing("width='200' height='150'", &format!("{blue}<rect width='100' height='75' fill='rgb(230,20,20)'/>"))
}

#[test]
fn drawings_become_pixels() {
    let seen = probe(&blocks(), &Limits::default()).unwrap();
    assert_eq!((seen.format, seen.width, seen.height, seen.has_alpha), (Format::Svg, 200, 150, true));
    for width in [40, 200] {
        let shown = open(&render(&blocks(), width, Output::WebP).unwrap(), Output::WebP);
        let at = |x: u32, y: u32| *shown.get_pixel(x * width / 200, y * width / 200);
        assert_near(&at(50, 40), [230, 20, 20, 255]);
        assert_near(&at(150, 120), [20, 40, 220, 255]);
        assert_eq!(at(150, 146)[3], 0);
    }
    let jpeg = open(&render(&blocks(), 200, Output::Jpeg).unwrap(), Output::Jpeg);
    assert_near(jpeg.get_pixel(150, 147), [255, 255, 255, 255]);
}

#[test]
fn the_mean_colour_is_that_of_what_is_seen() {
    let plain = drawing("viewBox='0 0 4000 3000'", "<rect width='4000' height='3000' fill='#28508c'/>");
    let limits = Limits::default();
    let seen = probe(&plain, &limits).unwrap();
    assert_eq!((seen.width, seen.height), (4000, 3000));
    assert_eq!(mean_colour(&plain, &seen, &limits), Ok([0x28, 0x50, 0x8C]));
}

/// The file itself, as an address.
fn data_address(kind: &str, file: &[u8]) -> String {
    let escaped: String = file.iter().map(|byte| format!("%{byte:02X}")).collect();
    format!("data:{kind},{escaped}")
}

#[test]
fn pictures_within_are_shown() {
    for (kind, file) in [
        ("image/png", file(cornered(80, 60), ImageFormat::Png)),
        ("image/jpeg", jpeg(&cornered(80, 60))),
        ("image/webp", file(cornered(80, 60), ImageFormat::WebP)),
    ] {
        let content = format!("<image width='200' height='150' xlink:href='{}'/>", data_address(kind, &file));
        let shown = render(&drawing("width='200' height='150'", &content), 200, Output::Png).unwrap();
        assert_near(open(&shown, Output::Png).get_pixel(20, 15), [230, 20, 20, 255]);
    }
}

#[test]
fn pictures_within_count_against_the_limits() {
    let png = file(cornered(400, 300), ImageFormat::Png);
    let content = format!("<image width='20' height='15' xlink:href='{}'/>", data_address("image/png", &png));
    let small = Limits { max_pixels: 100_000, ..Limits::default() };
    let drawing = drawing("width='20' height='15'", &content);
    let mean = |limits: &Limits| mean_colour(&drawing, &probe(&drawing, limits).unwrap(), limits).unwrap();
    assert_eq!(mean(&small), [255, 255, 255]);
    assert_ne!(mean(&Limits::default()), [255, 255, 255]);
}

#[test]
fn nothing_outside_of_the_file_is_read() {
    let path = env::temp_dir().join(format!("tuku-drawing-{}.png", process::id()));
    fs::write(&path, file(cornered(80, 60), ImageFormat::Png)).unwrap();
    let path = path.display();
    for address in [path.to_string(), format!("file://{path}"), "http://127.0.0.1:9/a.png".to_owned()] {
        let content = format!("<image width='20' height='15' xlink:href='{address}'/>");
        let shown = render(&drawing("width='20' height='15'", &content), 20, Output::Png).unwrap();
        assert_eq!(open(&shown, Output::Png).get_pixel(2, 2)[3], 0, "{address}");
    }
    let _ = fs::remove_file(path.to_string());
}

#[test]
fn drawings_within_are_left_out() {
    let inner = drawing("width='20' height='15'", "<rect width='20' height='15'/>");
    let content = format!("<image width='20' height='15' xlink:href='{}'/>", data_address("image/svg+xml", &inner));
    let shown = render(&drawing("width='20' height='15'", &content), 20, Output::Png).unwrap();
    assert_eq!(open(&shown, Output::Png).get_pixel(2, 2)[3], 0);
}

#[test]
fn bombs_are_refused() {
    let laughs = "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>";
    let bombs = [
        [laughs.as_bytes(), &drawing("width='9' height='9'", "<text>&b;</text>")].concat(),
        drawing("width='9' height='9'", &format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000))),
        drawing("width='9' height='9'", &"<g/>".repeat(600_000)),
    ];
    for bomb in bombs {
        let refusal = probe(&bomb, &Limits::default()).unwrap_err();
        assert!(refusal.to_string().contains("too elaborate"), "{refusal}");
    }
}

#[test]
fn a_drawing_without_a_size_is_told_what_to_do() {
    let refusal = probe(&drawing("", "<rect width='9' height='9'/>"), &Limits::default()).unwrap_err();
    assert!(refusal.to_string().contains("viewBox"), "{refusal}");
}

#[test]
fn a_packed_drawing_is_told_what_to_do() {
    let refusal = probe(b"\x1F\x8B\x08\0\0\0\0\0", &Limits::default()).unwrap_err();
    assert!(refusal.to_string().contains("plain SVG"), "{refusal}");
}

#[test]
fn scripts_do_nothing_and_are_gone() {
    let content = "<script>alert(1)</script><rect width='9' height='9'/>";
    let scripted = drawing("width='20' height='15' onload='alert(1)'", content);
    let shown = render(&scripted, 20, Output::Png).unwrap();
    assert!(!contains(&shown.bytes, b"alert"));
    assert_eq!(Format::sniff(&shown.bytes), Some(Format::Png));
}

#[test]
fn a_drawing_that_is_no_xml_is_corrupt() {
    let broken = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g></svg>";
    assert_eq!(probe(broken, &Limits::default()), Err(Refusal::Corrupt));
}
