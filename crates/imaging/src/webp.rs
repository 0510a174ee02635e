//! WebP encoding by libwebp.

use crate::pixels::{Channels, Pixels};
use libwebp_sys::{
    WebPConfig, WebPEncode, WebPMemoryWrite, WebPMemoryWriter, WebPMemoryWriterClear, WebPPicture, WebPPictureFree,
    WebPPictureImportRGB, WebPPictureImportRGBA,
};
use std::{ptr, slice};

/// 0 (fast) to 6 (small). From 3 on the encoder keeps three times the memory for a few percent fewer bytes.
const METHOD: i32 = 2;

/// Encodes lossily; `quality` is 1 to 100. Nothing when memory runs out or a side is longer than the format allows.
pub(crate) fn encode(pixels: &Pixels, quality: u8) -> Option<Vec<u8>> {
    let mut config = WebPConfig::new().ok()?;
    config.quality = f32::from(quality);
    config.method = METHOD;
    let mut job = Job::new()?;
    job.import(pixels)?;
    job.run(&config)
}

/// What one encoding allocates in the library; freed with this value, however far it came.
struct Job {
    picture: WebPPicture,
    written: WebPMemoryWriter,
}

impl Job {
    fn new() -> Option<Self> {
        let written = WebPMemoryWriter { mem: ptr::null_mut(), size: 0, max_size: 0, pad: [0] };
        Some(Self { picture: WebPPicture::new().ok()?, written })
    }

    fn import(&mut self, pixels: &Pixels) -> Option<()> {
        let row = pixels.width as usize * pixels.channels.count();
        if pixels.bytes.len() < row * pixels.height as usize {
            return None;
        }
        let stride = i32::try_from(row).ok()?;
        self.picture.width = i32::try_from(pixels.width).ok()?;
        self.picture.height = i32::try_from(pixels.height).ok()?;
        let import = match pixels.channels {
            Channels::Rgb => WebPPictureImportRGB,
            Channels::Rgba => WebPPictureImportRGBA,
        };
        // SAFETY: the picture was initialised by the library, and the bytes hold as many rows of as many pixels as it
        // was just told, `stride` bytes apart. They are copied.
        let done = unsafe { import(&mut self.picture, pixels.bytes.as_ptr(), stride) };
        (done != 0).then_some(())
    }

    fn run(&mut self, config: &WebPConfig) -> Option<Vec<u8>> {
        self.picture.writer = Some(WebPMemoryWrite);
        self.picture.custom_ptr = (&raw mut self.written).cast();
        // SAFETY: configuration and picture were initialised by the library and the picture holds pixels.
        // `WebPMemoryWrite` finds the writer it expects behind `custom_ptr`, which stays where it is during the call.
        let done = unsafe { WebPEncode(config, &mut self.picture) };
        self.picture.custom_ptr = ptr::null_mut();
        if done == 0 || self.written.mem.is_null() {
            return None;
        }
        // SAFETY: the library wrote `size` bytes to `mem`, which stays allocated until this value is dropped.
        let written = unsafe { slice::from_raw_parts(self.written.mem, self.written.size) };
        Some(written.to_vec())
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        // SAFETY: both are in a state that the library left them in, or empty; both functions take either, and free
        // what is there once.
        unsafe {
            WebPPictureFree(&mut self.picture);
            WebPMemoryWriterClear(&mut self.written);
        }
    }
}
