//! Animated WebP, by libwebp's encoder for animations: it writes what changes from frame to frame.

use super::webp::settings;
use crate::raster::{Channels, Pixels};
use libwebp_sys::{
    WEBP_MUX_ABI_VERSION, WebPAnimEncoder, WebPAnimEncoderAdd, WebPAnimEncoderAssemble, WebPAnimEncoderDelete,
    WebPAnimEncoderNewInternal, WebPAnimEncoderOptions, WebPAnimEncoderOptionsInitInternal, WebPConfig, WebPData,
    WebPDataClear, WebPPicture, WebPPictureFree, WebPPictureImportRGB, WebPPictureImportRGBA,
};
use std::ffi::c_int;
use std::mem::MaybeUninit;
use std::{ptr, slice};

/// Writes an animation.
pub(crate) struct Writer {
    encoder: Encoder,
    config: WebPConfig,
    /// When the next frame begins, in milliseconds.
    now: c_int,
}

impl Writer {
    /// `plays` is how often it is shown, 0: for ever; `quality` is 1 to 100. Nothing when memory runs out or a side is
    /// longer than the format allows.
    pub(crate) fn new(sides: (u32, u32), plays: u16, quality: u8) -> Option<Self> {
        Some(Self { encoder: Encoder::new(sides, plays)?, config: settings(quality)?, now: 0 })
    }

    /// Adds a frame of the animation's sides that is shown for so many milliseconds.
    pub(crate) fn add(&mut self, pixels: &Pixels, milliseconds: u32) -> Option<()> {
        let mut picture = Picture::of(pixels)?;
        // SAFETY: encoder and configuration were initialised by the library, and the picture holds pixels. A picture of
        // other sides is answered with 0. The library keeps nothing of it.
        let done = unsafe { WebPAnimEncoderAdd(self.encoder.0, &mut picture.0, self.now, &self.config) };
        self.now = self.now.checked_add(c_int::try_from(milliseconds).ok()?)?;
        (done != 0).then_some(())
    }

    /// The file. Nothing without any frame.
    pub(crate) fn finish(self) -> Option<Vec<u8>> {
        // SAFETY: the encoder is alive; no picture says when the last one ends.
        let done = unsafe { WebPAnimEncoderAdd(self.encoder.0, ptr::null_mut(), self.now, ptr::null()) };
        if done == 0 {
            return None;
        }
        let mut written = Written(WebPData::default());
        // SAFETY: the encoder is alive, and what it writes is freed with the value it is written to.
        let done = unsafe { WebPAnimEncoderAssemble(self.encoder.0, &mut written.0) };
        if done == 0 || written.0.bytes.is_null() {
            return None;
        }
        // SAFETY: the library wrote `size` bytes, which stay allocated until `written` is dropped.
        Some(unsafe { slice::from_raw_parts(written.0.bytes, written.0.size) }.to_vec())
    }
}

/// An encoder of the library, destroyed with this value. Never null.
struct Encoder(*mut WebPAnimEncoder);

impl Encoder {
    fn new((width, height): (u32, u32), plays: u16) -> Option<Self> {
        let (width, height) = (c_int::try_from(width).ok()?, c_int::try_from(height).ok()?);
        let version = WEBP_MUX_ABI_VERSION as c_int;
        let mut options = MaybeUninit::<WebPAnimEncoderOptions>::zeroed();
        // SAFETY: the options are plain numbers, for which zeros are values; the library sets them.
        let mut options = unsafe {
            if WebPAnimEncoderOptionsInitInternal(options.as_mut_ptr(), version) == 0 {
                return None;
            }
            options.assume_init()
        };
        options.anim_params.loop_count = c_int::from(plays);
        // Transparent: nothing shows through what is cleared.
        options.anim_params.bgcolor = 0;
        // SAFETY: the options are copied; sides out of range are answered with null.
        let encoder = unsafe { WebPAnimEncoderNewInternal(width, height, &options, version) };
        (!encoder.is_null()).then_some(Self(encoder))
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        // SAFETY: the encoder came from the library and is freed here alone.
        unsafe { WebPAnimEncoderDelete(self.0) };
    }
}

/// A frame in the library's memory, freed with this value.
struct Picture(WebPPicture);

impl Picture {
    fn of(pixels: &Pixels) -> Option<Self> {
        let row = pixels.width as usize * pixels.channels.count();
        if pixels.bytes.len() < row * pixels.height as usize {
            return None;
        }
        let import = match pixels.channels {
            Channels::Rgb => WebPPictureImportRGB,
            Channels::Rgba => WebPPictureImportRGBA,
            Channels::Cmyk => return None,
        };
        let stride = c_int::try_from(row).ok()?;
        let mut picture = Self(WebPPicture::new().ok()?);
        picture.0.width = c_int::try_from(pixels.width).ok()?;
        picture.0.height = c_int::try_from(pixels.height).ok()?;
        // Frames are compared pixel by pixel.
        picture.0.use_argb = 1;
        // SAFETY: the picture was initialised by the library, and the bytes hold as many rows of as many pixels as it
        // was just told, `stride` bytes apart. They are copied.
        let done = unsafe { import(&mut picture.0, pixels.bytes.as_ptr(), stride) };
        (done != 0).then_some(picture)
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        // SAFETY: the picture was initialised, and is in a state that the library left it in; what is there is freed
        // once.
        unsafe { WebPPictureFree(&mut self.0) };
    }
}

/// What the library wrote, freed with this value.
struct Written(WebPData);

impl Drop for Written {
    fn drop(&mut self) {
        // SAFETY: empty, or memory that the library allocated for us, freed here alone.
        unsafe { WebPDataClear(&mut self.0) };
    }
}
