//! A picture without its metadata is of the format it is said to be.

#![no_main]

use imaging::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = imaging_fuzz::limits();
    if let Ok(stripped) = imaging::strip(bytes, &limits) {
        assert_eq!(Format::sniff(&stripped.bytes), Some(stripped.format));
    }
});
