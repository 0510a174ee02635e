//! A picture as brightness and colour: what JPEG, WebP and AVIF are made of.

use crate::pixels::{Channels, Pixels};
use std::ffi::c_int;
use std::{ptr, slice};
use turbojpeg::raw;

/// The samples of one component, as a decoder leaves them: rows from the top, with a rest at their ends, and perhaps
/// further rows below.
pub(crate) struct Plane {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// How far the picture reaches in it: the last samples may be only partly of it.
    pub(crate) extent: (f64, f64),
    /// From one row to the next; at least the width.
    pub(crate) stride: usize,
    pub(crate) samples: Vec<u8>,
}

/// Brightness (Y) at full size and colour (Cb, Cr) at half of it both ways: 4:2:0, BT.601, full range, as in a JPEG
/// file (JFIF 1.02). No side is 0.
pub(crate) struct Planes {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Y, Cb, Cr; rows from the top, without gaps. An odd side of Y is filled up by one.
    pub(crate) samples: [Vec<u8>; 3],
}

impl Planes {
    /// The sides of a plane, the first being Y.
    pub(crate) fn sides(&self, plane: usize) -> (u32, u32) {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        if plane == 0 { (width * 2, height * 2) } else { (width, height) }
    }

    /// Y from samples without gaps: an odd side is filled up with what stands at its end.
    pub(crate) fn filled_up(mut samples: Vec<u8>, width: u32, height: u32) -> Vec<u8> {
        if width % 2 == 1 {
            let widened = |row: &[u8]| row.iter().chain(row.last()).copied().collect::<Vec<_>>();
            samples = samples.chunks_exact(width as usize).flat_map(widened).collect();
        }
        if height % 2 == 1 {
            let row = width.div_ceil(2) as usize * 2;
            samples.extend_from_within(samples.len().saturating_sub(row)..);
        }
        samples
    }

    /// Whether every plane has the samples that its sides promise.
    fn is_whole(&self) -> bool {
        let holds = |(plane, samples): (usize, &Vec<u8>)| {
            let (wide, tall) = self.sides(plane);
            wide > 0 && tall > 0 && samples.len() == wide as usize * tall as usize
        };
        self.samples.iter().enumerate().all(holds)
    }

    /// Takes colours apart; opacity is left out. Nothing when memory runs out or a side is longer than JPEG allows.
    pub(crate) fn of(pixels: &Pixels) -> Option<Self> {
        let (width, height) = (pixels.width, pixels.height);
        let pitch = width as usize * pixels.channels.count();
        let format = match pixels.channels {
            Channels::Rgb => raw::TJPF_TJPF_RGB,
            Channels::Rgba => raw::TJPF_TJPF_RGBA,
            Channels::Cmyk => return None,
        };
        if width == 0 || height == 0 || pixels.bytes.len() < pitch * height as usize {
            return None;
        }
        let mut planes = Self { width, height, samples: Default::default() };
        for plane in 0..3 {
            let (wide, tall) = planes.sides(plane);
            planes.samples[plane] = vec![0; wide as usize * tall as usize];
        }
        let mut targets = planes.samples.each_mut().map(|samples| samples.as_mut_ptr());
        let library = Library::new(raw::TJINIT_TJINIT_COMPRESS)?;
        // SAFETY: the handle is alive. The source holds `height` rows of `width` pixels, `pitch` bytes apart. Without
        // strides a plane's rows follow each other, and with 4:2:0 there are as many as `sides` says.
        let status = unsafe {
            raw::tj3EncodeYUVPlanes8(
                library.0,
                pixels.bytes.as_ptr(),
                c_int::try_from(width).ok()?,
                c_int::try_from(pitch).ok()?,
                c_int::try_from(height).ok()?,
                format,
                targets.as_mut_ptr(),
                ptr::null_mut(),
            )
        };
        (status == 0).then_some(planes)
    }

    /// Puts brightness and colour together.
    pub(crate) fn pixels(&self) -> Option<Pixels> {
        let (width, height) = (self.width, self.height);
        let pitch = width as usize * Channels::Rgb.count();
        let mut bytes = vec![0; pitch * height as usize];
        let sources = self.is_whole().then(|| self.samples.each_ref().map(|samples| samples.as_ptr()))?;
        let library = Library::new(raw::TJINIT_TJINIT_DECOMPRESS)?;
        // SAFETY: the handle is alive. Every plane holds what 4:2:0 of these sides has, without gaps, and is only read;
        // the target holds `height` rows of `width` pixels, `pitch` bytes apart.
        let status = unsafe {
            raw::tj3DecodeYUVPlanes8(
                library.0,
                sources.as_ptr(),
                ptr::null(),
                bytes.as_mut_ptr(),
                c_int::try_from(width).ok()?,
                c_int::try_from(pitch).ok()?,
                c_int::try_from(height).ok()?,
                raw::TJPF_TJPF_RGB,
            )
        };
        (status == 0).then_some(Pixels { width, height, channels: Channels::Rgb, bytes })
    }

    /// Writes a JPEG file with codes made for it, which are a few percent shorter than the standard ones; `quality` is
    /// 1 to 100.
    pub(crate) fn jpeg(&self, quality: u8) -> Option<Vec<u8>> {
        let sources = self.is_whole().then(|| self.samples.each_ref().map(|samples| samples.as_ptr()))?;
        let library = Library::new(raw::TJINIT_TJINIT_COMPRESS)?;
        library.set(raw::TJPARAM_TJPARAM_QUALITY, c_int::from(quality.clamp(1, 100)))?;
        library.set(raw::TJPARAM_TJPARAM_OPTIMIZE, 1)?;
        let mut file = Buffer { bytes: ptr::null_mut(), length: 0 };
        // SAFETY: the handle is alive. Every plane holds what 4:2:0 of these sides has, without gaps, and is only read.
        // The library allocates the file.
        let status = unsafe {
            raw::tj3CompressFromYUVPlanes8(
                library.0,
                sources.as_ptr(),
                c_int::try_from(self.width).ok()?,
                ptr::null(),
                c_int::try_from(self.height).ok()?,
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
}

/// A handle of libjpeg-turbo, set to 4:2:0; destroyed with this value. Never null.
struct Library(raw::tjhandle);

impl Library {
    fn new(kind: raw::TJINIT) -> Option<Self> {
        // SAFETY: takes a constant and answers a handle of our own, or null.
        let handle = unsafe { raw::tj3Init(kind as c_int) };
        let library = (!handle.is_null()).then_some(Self(handle))?;
        library.set(raw::TJPARAM_TJPARAM_SUBSAMP, raw::TJSAMP_TJSAMP_420)?;
        Some(library)
    }

    fn set(&self, parameter: raw::TJPARAM, value: c_int) -> Option<()> {
        // SAFETY: the handle is alive; a value that the library does not take is answered, not obeyed.
        let status = unsafe { raw::tj3Set(self.0, parameter as c_int, value) };
        (status == 0).then_some(())
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        // SAFETY: the handle came from `tj3Init` and is destroyed here alone.
        unsafe { raw::tj3Destroy(self.0) };
    }
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

    /// Two colours, one above the other; odd sides.
    fn halves() -> Pixels {
        let bytes = [[200, 40, 90].repeat(33 * 10), [10, 120, 220].repeat(33 * 11)].concat();
        Pixels { width: 33, height: 21, channels: Channels::Rgb, bytes }
    }

    #[test]
    fn colours_taken_apart_come_together_again() {
        let planes = Planes::of(&halves()).unwrap();
        assert_eq!(planes.samples.each_ref().map(Vec::len), [34 * 22, 17 * 11, 17 * 11]);
        let back = planes.pixels().unwrap();
        let near = |row: usize| {
            let (of, to) = (&halves().bytes[row * 99..][..99], &back.bytes[row * 99..][..99]);
            of.iter().zip(to).all(|(of, to)| of.abs_diff(*to) <= 2)
        };
        // Colour is mixed where they meet.
        assert!([0, 4, 7, 14, 20].into_iter().all(near));
    }

    #[test]
    fn odd_sides_are_filled_up() {
        assert_eq!(Planes::filled_up(vec![1, 2, 3], 3, 1), [1, 2, 3, 3, 1, 2, 3, 3]);
        assert_eq!(Planes::filled_up(vec![1, 2, 3, 4], 2, 2), [1, 2, 3, 4]);
    }

    #[test]
    fn opacity_is_left_out_and_inks_are_not_taken() {
        let opaque = Planes::of(&halves()).unwrap();
        let clear = Planes::of(&halves().with_opacity()).unwrap();
        assert_eq!(opaque.samples, clear.samples);
        let inks = Pixels { width: 1, height: 1, channels: Channels::Cmyk, bytes: vec![0; 4] };
        assert!(Planes::of(&inks).is_none());
    }

    #[test]
    fn planes_that_lack_samples_are_not_given_to_the_library() {
        let mut planes = Planes::of(&halves()).unwrap();
        planes.samples[2].pop();
        assert!(planes.jpeg(80).is_none() && planes.pixels().is_none());
    }
}
