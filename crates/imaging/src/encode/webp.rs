//! WebP encoding by libwebp.

use crate::raster::{Channels, Pixels, Planes};
use libwebp_sys::{
    WebPConfig, WebPEncode, WebPMemoryWrite, WebPMemoryWriter, WebPMemoryWriterClear, WebPPicture, WebPPictureAlloc,
    WebPPictureFree, WebPPictureImportRGB, WebPPictureImportRGBA,
};
use std::{ptr, slice};

/// How much the library tries, of 0 (fast) to 6 (small). `make bench-encoders` tells what each costs.
const METHOD: i32 = 2;

/// How stills and frames are encoded; `quality` is 1 to 100. Nothing if the library is another than was built for.
pub(super) fn settings(quality: u8) -> Option<WebPConfig> {
    let mut config = WebPConfig::new().ok()?;
    config.quality = f32::from(quality);
    config.method = METHOD;
    Some(config)
}

/// Encodes lossily; `quality` is 1 to 100. Nothing when memory runs out or a side is longer than the format allows.
pub(super) fn encode(pixels: &Pixels, quality: u8) -> Option<Vec<u8>> {
    let mut job = Job::new()?;
    job.import(pixels)?;
    job.run(&settings(quality)?)
}

/// The same of planes, which need not be taken apart any more.
pub(super) fn encode_planes(planes: &Planes, quality: u8) -> Option<Vec<u8>> {
    let mut job = Job::new()?;
    job.copy(planes)?;
    job.run(&settings(quality)?)
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
            Channels::Cmyk => return None,
        };
        // SAFETY: the picture was initialised by the library, and the bytes hold as many rows of as many pixels as it
        // was just told, `stride` bytes apart. They are copied.
        let done = unsafe { import(&mut self.picture, pixels.bytes.as_ptr(), stride) };
        (done != 0).then_some(())
    }

    /// Y Cb Cr in the range of television, which the format prescribes: 16 to 235, and 16 to 240 for colour.
    fn copy(&mut self, planes: &Planes) -> Option<()> {
        self.picture.width = i32::try_from(planes.width).ok()?;
        self.picture.height = i32::try_from(planes.height).ok()?;
        self.picture.use_argb = 0;
        // SAFETY: the picture was initialised by the library and told its sides; it is asked for planes of 4:2:0.
        if unsafe { WebPPictureAlloc(&mut self.picture) } == 0 {
            return None;
        }
        let squeezed =
            |range: u32, base: u32| std::array::from_fn(|light| ((light as u32 * range + 127) / 255 + base) as u8);
        let (brightness, colour): ([u8; 256], [u8; 256]) = (squeezed(219, 16), squeezed(224, 16));
        let (y, uv) = (self.picture.y_stride, self.picture.uv_stride);
        let targets = [(self.picture.y, y, &brightness), (self.picture.u, uv, &colour), (self.picture.v, uv, &colour)];
        for (plane, (target, stride, table)) in targets.into_iter().enumerate() {
            // The library has no use for what an odd side was filled up with.
            let from = planes.sides(plane).0 as usize;
            let sides = if plane == 0 { (planes.width, planes.height) } else { planes.sides(plane) };
            let (wide, tall, stride) = (sides.0 as usize, sides.1 as usize, usize::try_from(stride).ok()?);
            if target.is_null() || stride < wide || tall == 0 {
                return None;
            }
            // SAFETY: the library allocated `tall` rows, `stride` bytes apart, each of at least `wide` bytes.
            let rows = unsafe { slice::from_raw_parts_mut(target, stride * (tall - 1) + wide) };
            for (row, samples) in rows.chunks_mut(stride).zip(planes.samples[plane].chunks_exact(from)) {
                for (to, &light) in row.iter_mut().zip(samples) {
                    *to = table[usize::from(light)];
                }
            }
        }
        Some(())
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
