//! What smaller pictures cost in this process alone, for `make bench-pictures`.
//!
//! `measure FORMAT WIDTH QUALITY SECONDS FOLDER FILE…` writes the result of each file into the folder, as a warm-up
//! (`0.webp`, `1.webp`, …), then makes all of them again and again until it has worked that many seconds, and prints a
//! line of JSON: how many pictures were made, the seconds of CPU time they took, and the most memory it ever had, in
//! bytes. QUALITY is a number, or `default`.

mod usage;

use imaging::{Fit, Gravity, Limits, Output, Recipe, Refusal, render};
use std::error::Error;
use std::path::Path;
use std::time::Instant;
use usage::{cpu_seconds, peak_bytes};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [format, width, quality, seconds, folder, files @ ..] = arguments.as_slice() else {
        return Err("measure FORMAT WIDTH QUALITY SECONDS FOLDER FILE…".into());
    };
    let recipe = Recipe {
        width: Some(width.parse()?),
        height: None,
        fit: Fit::Inside,
        gravity: Gravity::Centre,
        quality: if quality == "default" { None } else { Some(quality.parse()?) },
        output: output(format)?,
        moving: false,
    };
    let seconds: f64 = seconds.parse()?;
    let originals = files.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    for (at, original) in originals.iter().enumerate() {
        let made = render(original, &recipe, &Limits::default()).map_err(words)?;
        std::fs::write(Path::new(folder).join(format!("{at}.{format}")), made.bytes)?;
    }
    let (began, before) = (Instant::now(), cpu_seconds()?);
    let mut pictures = 0;
    while began.elapsed().as_secs_f64() < seconds {
        for original in &originals {
            render(original, &recipe, &Limits::default()).map_err(words)?;
            pictures += 1;
        }
    }
    let (cpu, peak) = (cpu_seconds()? - before, peak_bytes()?);
    println!(r#"{{"pictures":{pictures},"cpu":{cpu:.2},"peak":{peak}}}"#);
    Ok(())
}

fn output(format: &str) -> Result<Output, String> {
    match format {
        "jpeg" => Ok(Output::Jpeg),
        "png" => Ok(Output::Png),
        "webp" => Ok(Output::WebP),
        "avif" => Ok(Output::Avif),
        _ => Err(format!("{format} is not one of jpeg, png, webp, avif")),
    }
}

fn words(refusal: Refusal) -> String {
    refusal.to_string()
}
