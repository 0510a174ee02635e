//! The header of anything.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = imaging_fuzz::limits();
    match imaging::probe(bytes, &limits) {
        Ok(seen) => {
            let pixels = u64::from(seen.width) * u64::from(seen.height);
            assert!((1..=limits.max_pixels).contains(&pixels), "{pixels} pixels were let through");
            assert!((1..=limits.max_frames).contains(&seen.frames), "{} frames were let through", seen.frames);
        }
        Err(refusal) => assert!(refusal.to_string().ends_with('.'), "{refusal:?}"),
    }
});
