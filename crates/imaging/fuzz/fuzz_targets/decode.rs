//! All that an upload and its variants go through: the header, the whole picture, a small one in every format.

#![no_main]

use imaging::{Fit, Format, Gravity, Output, Recipe};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = imaging_fuzz::limits();
    let Ok(seen) = imaging::probe(bytes, &limits) else { return };
    let _ = imaging::mean_colour(bytes, &seen, &limits);
    for output in [Output::Jpeg, Output::Png, Output::WebP, Output::Avif, Output::Gif] {
        let recipe = Recipe {
            width: Some(24),
            height: Some(16),
            fit: Fit::Cover,
            gravity: Gravity::SouthEast,
            quality: None,
            output,
            moving: true,
        };
        // A picture that cannot be decoded is not tried five times.
        let Ok(drawn) = imaging::render(bytes, &recipe, &limits) else { return };
        assert!((1..=24).contains(&drawn.width) && (1..=16).contains(&drawn.height));
        assert_eq!((drawn.width, drawn.height), imaging::size_of(&recipe, (seen.width, seen.height)));
        assert_eq!(Format::sniff(&drawn.bytes).map(Format::content_type), Some(output.content_type()));
    }
});
