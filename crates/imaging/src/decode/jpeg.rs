//! JPEG decoding by libjpeg-turbo: the header, and the pixels, scaled down while they are decoded.
//!
//! Why not `turbojpeg::Decompressor`: libjpeg has one kind of warning for harmless oddities, such as a few stray bytes
//! between segments, and for files that end early. That wrapper makes an error of each, in the header too, and does
//! not tell which picture can be used all the same.

use crate::container::{ending, jpeg_segments};
use crate::raster::{Channels, Pixels};
use crate::refusal::UNDRAWABLE;
use crate::{Format, Limits, Refusal};
use std::ffi::{CStr, c_int};
use turbojpeg::raw;

/// Encoders write about ten scans. A file with thousands, each over the whole picture, is an attack on the clock.
const MOST_SCANS: c_int = 100;

/// Warnings after which the picture is as its maker saw it. Anything else that is said means damage.
const HARMLESS: [&str; 5] = [
    "extraneous bytes before marker",
    "unknown JFIF revision number",
    "Unknown Adobe color transform code",
    "Inconsistent progression sequence",
    "Invalid SOS parameters for sequential JPEG",
];

const RARE_PROCESS: Refusal = Refusal::unsupported(
    "This JPEG is lossless or has more than 8 bits a channel. Save it as an ordinary JPEG and upload that file.",
);

/// A JPEG file whose header has been read and found decodable.
pub(super) struct Jpeg<'a> {
    bytes: &'a [u8],
    library: Library,
    width: u32,
    height: u32,
    is_cmyk: bool,
}

impl<'a> Jpeg<'a> {
    /// Reads the header and checks the size.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        let mut library = Library::new()?;
        library.set(raw::TJPARAM_TJPARAM_SCANLIMIT, MOST_SCANS);
        // Profiles are not used, and broken ones would only cause warnings.
        library.set(raw::TJPARAM_TJPARAM_SAVEMARKERS, 0);
        library.read_header(bytes)?;
        let side = |side: c_int| u32::try_from(side).ok().filter(|&side| side > 0);
        let width = side(library.get(raw::TJPARAM_TJPARAM_JPEGWIDTH));
        let height = side(library.get(raw::TJPARAM_TJPARAM_JPEGHEIGHT));
        let (Some(width), Some(height)) = (width, height) else { return Err(ending::damage(Format::Jpeg, bytes)) };
        limits.check(width, height)?;
        if library.get(raw::TJPARAM_TJPARAM_LOSSLESS) != 0 || library.get(raw::TJPARAM_TJPARAM_PRECISION) != 8 {
            return Err(RARE_PROCESS);
        }
        let inks = [raw::TJCS_TJCS_CMYK as c_int, raw::TJCS_TJCS_YCCK as c_int];
        let is_cmyk = inks.contains(&library.get(raw::TJPARAM_TJPARAM_COLORSPACE));
        Ok(Self { bytes, library, width, height, is_cmyk })
    }

    pub(super) fn width(&self) -> u32 {
        self.width
    }

    pub(super) fn height(&self) -> u32 {
        self.height
    }

    /// Decodes the whole file, at the smallest scale that leaves a resize to `target` enough to work with.
    pub(super) fn decode(mut self, target: (u32, u32)) -> Result<Pixels, Refusal> {
        let scale = scale((self.width, self.height), target);
        let (width, height) = (self.width.div_ceil(scale), self.height.div_ceil(scale));
        let (format, size) = if self.is_cmyk { (raw::TJPF_TJPF_CMYK, 4) } else { (raw::TJPF_TJPF_RGB, 3) };
        let pitch = width as usize * size;
        let mut decoded = vec![0_u8; pitch * height as usize];
        self.library.set_scale(scale)?;
        // SAFETY: the header of these very bytes was read by this handle, and files for which the library ignores the
        // scale (lossless ones) were refused. So it writes `height` rows of `width` pixels of `size` bytes, `pitch`
        // bytes apart, which is what `decoded` holds.
        let status = unsafe {
            raw::tj3Decompress8(
                self.library.0,
                self.bytes.as_ptr(),
                self.bytes.len() as raw::size_t,
                decoded.as_mut_ptr(),
                pitch as c_int,
                format,
            )
        };
        self.library.accept(status, self.bytes)?;
        if !self.is_cmyk {
            return Ok(Pixels { width, height, channels: Channels::Rgb, bytes: decoded });
        }
        // Adobe's programs store inks inverted; nearly all such files are theirs.
        if jpeg_segments::is_adobe(self.bytes) {
            decoded.iter_mut().for_each(|ink| *ink = 255 - *ink);
        }
        Ok(Pixels { width, height, channels: Channels::Cmyk, bytes: decoded })
    }
}

/// The largest divisor that leaves at least 1.7 times the target: the library scales by 8, 4 and 2 faster than it
/// decodes, but a resize needs more than it gives.
fn scale((width, height): (u32, u32), target: (u32, u32)) -> u32 {
    let is_enough = |side: u32, target: u32| u64::from(side) * 10 >= u64::from(target) * 17;
    let fits = |by: &u32| is_enough(width.div_ceil(*by), target.0) && is_enough(height.div_ceil(*by), target.1);
    [8, 4, 2].into_iter().find(fits).unwrap_or(1)
}

/// A decompressor of the library, destroyed with this value. Never null.
struct Library(raw::tjhandle);

impl Library {
    fn new() -> Result<Self, Refusal> {
        // SAFETY: takes a constant and answers a handle of our own, or null.
        let handle = unsafe { raw::tj3Init(raw::TJINIT_TJINIT_DECOMPRESS as c_int) };
        if handle.is_null() { Err(UNDRAWABLE) } else { Ok(Self(handle)) }
    }

    fn set(&mut self, parameter: raw::TJPARAM, value: c_int) {
        // SAFETY: the handle is alive; a parameter that the library does not know is answered, not obeyed.
        unsafe { raw::tj3Set(self.0, parameter as c_int, value) };
    }

    fn get(&self, parameter: raw::TJPARAM) -> c_int {
        // SAFETY: the handle is alive.
        unsafe { raw::tj3Get(self.0, parameter as c_int) }
    }

    fn set_scale(&mut self, by: u32) -> Result<(), Refusal> {
        let factor = raw::tjscalingfactor { num: 1, denom: by as c_int };
        // SAFETY: the handle is alive; the factor is a plain value that the library checks.
        let status = unsafe { raw::tj3SetScalingFactor(self.0, factor) };
        if status == 0 { Ok(()) } else { Err(UNDRAWABLE) }
    }

    fn read_header(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        // SAFETY: the handle is alive, and the library only reads, and only within the length given.
        let status = unsafe { raw::tj3DecompressHeader(self.0, bytes.as_ptr(), bytes.len() as raw::size_t) };
        self.accept(status, bytes)
    }

    /// Judges what the last call answered. Of several warnings the library tells the first, so the end of the file is
    /// always looked for; and it tells an error rather than a warning, so a harmless message means no error.
    fn accept(&self, status: c_int, bytes: &[u8]) -> Result<(), Refusal> {
        if status == 0 {
            return Ok(());
        }
        if !ending::is_reached(Format::Jpeg, bytes) {
            return Err(Refusal::Truncated);
        }
        let message = self.message();
        if HARMLESS.iter().any(|warning| message.contains(warning)) {
            Ok(())
        } else if message.starts_with("Unsupported") {
            Err(RARE_PROCESS)
        } else {
            Err(Refusal::Corrupt)
        }
    }

    fn message(&self) -> String {
        // SAFETY: the handle is alive; the answer is a text that ends with zero, in memory of the handle or of this
        // thread, and is copied before the next call can change it.
        unsafe { CStr::from_ptr(raw::tj3GetErrorStr(self.0)) }.to_string_lossy().into_owned()
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        // SAFETY: the handle came from `tj3Init` and is destroyed here alone.
        unsafe { raw::tj3Destroy(self.0) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scaled_decoding_leaves_enough_for_the_resize() {
        assert_eq!(scale((5640, 3172), (800, 450)), 4);
        assert_eq!(scale((1359, 1000), (800, 589)), 1);
        assert_eq!(scale((2720, 2000), (800, 588)), 2);
        assert_eq!(scale((100, 100), (100, 100)), 1);
        assert_eq!(scale((100, 100), (0, 0)), 8);
    }
}
