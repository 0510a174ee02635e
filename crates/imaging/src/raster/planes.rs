//! A picture as brightness and colour: what JPEG, WebP and AVIF are made of.

use super::libjpeg::Library;
use super::pixels::{Channels, Pixels};
use std::ffi::c_int;
use std::ptr;
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

    /// Where the samples of each plane begin. Nothing unless every plane has as many as its sides promise, without
    /// gaps: a library in C takes them to be there.
    pub(crate) fn pointers(&self) -> Option<[*const u8; 3]> {
        self.is_whole().then(|| self.samples.each_ref().map(|samples| samples.as_ptr()))
    }

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
                library.handle(),
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
        let sources = self.pointers()?;
        let library = Library::new(raw::TJINIT_TJINIT_DECOMPRESS)?;
        // SAFETY: the handle is alive. Every plane holds what 4:2:0 of these sides has, without gaps, and is only read;
        // the target holds `height` rows of `width` pixels, `pitch` bytes apart.
        let status = unsafe {
            raw::tj3DecodeYUVPlanes8(
                library.handle(),
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
        assert!(planes.pointers().is_none() && planes.pixels().is_none());
    }
}
