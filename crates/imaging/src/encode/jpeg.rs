//! JPEG encoding by libjpeg-turbo.

use crate::raster::{Library, Pixels, Planes};
use std::ffi::c_int;
use std::{ptr, slice};
use turbojpeg::raw;

/// Writes a file with codes made for it, which are a few percent shorter than the standard ones; `quality` is 1 to 100.
/// Takes pixels without opacity.
pub(super) fn encode(pixels: &Pixels, quality: u8) -> Option<Vec<u8>> {
    encode_planes(&Planes::of(pixels)?, quality)
}

/// The same of planes, which need not be taken apart any more.
pub(super) fn encode_planes(planes: &Planes, quality: u8) -> Option<Vec<u8>> {
    let sources = planes.pointers()?;
    let library = Library::new(raw::TJINIT_TJINIT_COMPRESS)?;
    library.set(raw::TJPARAM_TJPARAM_QUALITY, c_int::from(quality.clamp(1, 100)))?;
    library.set(raw::TJPARAM_TJPARAM_OPTIMIZE, 1)?;
    let mut file = Buffer { bytes: ptr::null_mut(), length: 0 };
    // SAFETY: the handle is alive. Every plane holds what 4:2:0 of these sides has, without gaps, and is only read.
    // The library allocates the file.
    let status = unsafe {
        raw::tj3CompressFromYUVPlanes8(
            library.handle(),
            sources.as_ptr(),
            c_int::try_from(planes.width).ok()?,
            ptr::null(),
            c_int::try_from(planes.height).ok()?,
            &mut file.bytes,
            &mut file.length,
        )
    };
    if status != 0 || file.bytes.is_null() {
        return None;
    }
    // SAFETY: the library wrote `length` bytes, which stay until the buffer is dropped.
    Some(unsafe { slice::from_raw_parts(file.bytes, usize::try_from(file.length).ok()?) }.to_vec())
}

/// What the library allocated; freed with this value.
struct Buffer {
    bytes: *mut u8,
    length: raw::size_t,
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: the pointer is null or came from the library's allocator, and is freed here alone.
        unsafe { raw::tj3Free(self.bytes.cast()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raster::Channels;

    #[test]
    fn planes_that_lack_samples_are_not_given_to_the_library() {
        let pixels = Pixels { width: 3, height: 2, channels: Channels::Rgb, bytes: vec![90; 18] };
        let mut planes = Planes::of(&pixels).unwrap();
        assert!(encode_planes(&planes, 80).is_some());
        planes.samples[2].pop();
        assert!(encode_planes(&planes, 80).is_none());
    }
}
