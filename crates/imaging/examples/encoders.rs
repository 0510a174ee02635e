//! What the settings of an encoder cost and give, for `make bench-encoders`.
//!
//! `encoders FORMAT QUALITY SETTINGS SECONDS FOLDER FILE.png…` encodes each file into the folder, as a warm-up
//! (`0.avif`, `1.avif`, …), then all of them again and again until it has worked that many seconds, and prints a line
//! of JSON: how many pictures were made, the seconds of CPU time they took, and the most memory it ever had, in bytes.
//! Encoding alone is timed: a PNG is read before, and for AVIF its colours are taken apart before, as those of a JPEG
//! come that way.
//!
//! FORMAT is avif or webp, QUALITY 1 to 100 as in a recipe. SETTINGS are `name=value` with commas between, on top of
//! what the library has by itself: options of libaom's `aomenc`, or numbers of libwebp's `WebPConfig`. What else is set
//! is set as this crate does, so that its own settings give its own bytes; the benchmark makes sure of it.

mod usage;

use libaom_sys::*;
use libwebp_sys::*;
use std::error::Error;
use std::ffi::{CString, c_int};
use std::mem::MaybeUninit;
use std::path::Path;
use std::time::Instant;
use std::{ptr, slice};
use turbojpeg::raw;
use usage::{cpu_seconds, peak_bytes};

type Settings = Vec<(String, String)>;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [format, quality, settings, seconds, folder, files @ ..] = arguments.as_slice() else {
        return Err("encoders FORMAT QUALITY SETTINGS SECONDS FOLDER FILE.png…".into());
    };
    let encode = match format.as_str() {
        "avif" => avif,
        "webp" => webp,
        _ => return Err(format!("{format} is not one of avif, webp").into()),
    };
    let (quality, seconds): (u8, f64) = (quality.parse()?, seconds.parse()?);
    let settings = parsed(settings)?;
    let pictures = files.iter().map(|file| Picture::read(file)).collect::<Result<Vec<_>, _>>()?;
    for (at, picture) in pictures.iter().enumerate() {
        std::fs::write(Path::new(folder).join(format!("{at}.{format}")), encode(picture, quality, &settings)?)?;
    }
    let (began, before) = (Instant::now(), cpu_seconds()?);
    let mut made = 0;
    while began.elapsed().as_secs_f64() < seconds {
        for picture in &pictures {
            encode(picture, quality, &settings)?;
            made += 1;
        }
    }
    let (cpu, peak) = (cpu_seconds()? - before, peak_bytes()?);
    println!(r#"{{"pictures":{made},"cpu":{cpu:.2},"peak":{peak}}}"#);
    Ok(())
}

fn parsed(settings: &str) -> Result<Settings, String> {
    let pair = |words: &str| match words.split_once('=') {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err(format!("{words} is not name=value")),
    };
    settings.split(',').filter(|words| !words.is_empty()).map(pair).collect()
}

/// Red, green and blue; and brightness and colour, 4:2:0, in full range, with odd sides of brightness filled up.
struct Picture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
    planes: [Vec<u8>; 3],
}

impl Picture {
    fn read(file: &str) -> Result<Self, Box<dyn Error>> {
        let picture = image::open(file)?.into_rgb8();
        let (width, height) = picture.dimensions();
        let mut picture = Self { width, height, rgb: picture.into_raw(), planes: Default::default() };
        let (wide, tall) = (width.div_ceil(2) as usize, height.div_ceil(2) as usize);
        picture.planes = [wide * tall * 4, wide * tall, wide * tall].map(|samples| vec![0; samples]);
        let mut targets = picture.planes.each_mut().map(|samples| samples.as_mut_ptr());
        let (width, height) = (c_int::try_from(width)?, c_int::try_from(height)?);
        // SAFETY: the source holds `height` rows of `width` pixels, without gaps. Without strides a plane's rows follow
        // each other, and with 4:2:0 there are as many as was reserved. The handle is destroyed here alone.
        let status = unsafe {
            let library = raw::tj3Init(raw::TJINIT_TJINIT_COMPRESS as c_int);
            raw::tj3Set(library, raw::TJPARAM_TJPARAM_SUBSAMP as c_int, raw::TJSAMP_TJSAMP_420);
            let (from, to, format) = (picture.rgb.as_ptr(), targets.as_mut_ptr(), raw::TJPF_TJPF_RGB);
            let status = raw::tj3EncodeYUVPlanes8(library, from, width, 0, height, format, to, ptr::null_mut());
            raw::tj3Destroy(library);
            status
        };
        if status == 0 { Ok(picture) } else { Err(format!("{file} cannot be taken apart").into()) }
    }
}

/// An error ends the program, so that nothing is freed on the way there.
fn avif(picture: &Picture, quality: u8, settings: &Settings) -> Result<Vec<u8>, Box<dyn Error>> {
    let quantizer = (100 - u32::from(quality)) * 63 / 100;
    let well = |status, words: &str| if status == AOM_CODEC_OK { Ok(()) } else { Err(format!("libaom: {words}")) };
    let (mut config, mut context) = (MaybeUninit::zeroed(), MaybeUninit::zeroed());
    // SAFETY: as aom_encoder.h prescribes: the library fills the configuration, and the context, which is used only once
    // that is done and destroyed at the end. Controls are of those that take an `int`. The picture is plain numbers and
    // pointers, whose planes hold what 4:2:0 of its sides has and are only read; a packet is copied before the next call.
    unsafe {
        well(aom_codec_enc_config_default(aom_codec_av1_cx(), config.as_mut_ptr(), AOM_USAGE_ALL_INTRA), "defaults")?;
        let config: &mut aom_codec_enc_cfg_t = config.assume_init_mut();
        (config.g_w, config.g_h) = (picture.width, picture.height);
        (config.g_limit, config.g_lag_in_frames, config.g_threads) = (1, 0, 1);
        (config.rc_end_usage, config.rc_min_quantizer, config.rc_max_quantizer) = (AOM_Q, quantizer, quantizer);
        let version = AOM_ENCODER_ABI_VERSION as c_int;
        well(aom_codec_enc_init_ver(context.as_mut_ptr(), aom_codec_av1_cx(), config, 0, version), "start")?;
        let context: &mut aom_codec_ctx_t = context.assume_init_mut();
        well(aom_codec_control(context, AOME_SET_CQ_LEVEL as c_int, quantizer as c_int), "quality")?;
        well(aom_codec_control(context, AV1E_SET_COLOR_RANGE as c_int, AOM_CR_FULL_RANGE as c_int), "range")?;
        for (name, value) in settings {
            let (key, text) = (CString::new(name.as_str())?, CString::new(value.as_str())?);
            well(aom_codec_set_option(context, key.as_ptr(), text.as_ptr()), &format!("{name}={value}"))?;
        }
        let mut image: aom_image_t = MaybeUninit::zeroed().assume_init();
        (image.d_w, image.d_h) = (picture.width, picture.height);
        (image.w, image.h) = (picture.width.next_multiple_of(2), picture.height.next_multiple_of(2));
        (image.fmt, image.bit_depth, image.bps) = (AOM_IMG_FMT_I420, 8, 12);
        (image.x_chroma_shift, image.y_chroma_shift, image.range) = (1, 1, AOM_CR_FULL_RANGE);
        for (plane, samples) in picture.planes.iter().enumerate() {
            image.planes[plane] = samples.as_ptr().cast_mut();
            image.stride[plane] = (image.w as c_int) >> c_int::from(plane > 0);
        }
        well(aom_codec_encode(context, &image, 0, 1, 0), "encoding")?;
        let (mut stream, mut iterator) = (Vec::new(), ptr::null());
        while let Some(packet) = aom_codec_get_cx_data(context, &mut iterator).as_ref() {
            if packet.kind == AOM_CODEC_CX_FRAME_PKT {
                stream.extend_from_slice(slice::from_raw_parts(packet.data.frame.buf.cast(), packet.data.frame.sz));
            }
        }
        aom_codec_destroy(context);
        Ok(boxed(&stream, picture.width, picture.height))
    }
}

fn boxed(stream: &[u8], width: u32, height: u32) -> Vec<u8> {
    use avif_serialize::constants::{ColorPrimaries, MatrixCoefficients, TransferCharacteristics};
    let mut file = avif_serialize::Aviffy::new();
    file.set_color_primaries(ColorPrimaries::Bt709)
        .set_transfer_characteristics(TransferCharacteristics::Srgb)
        .set_matrix_coefficients(MatrixCoefficients::Bt601)
        .set_full_color_range(true)
        .set_chroma_subsampling((true, true))
        .set_seq_profile(0);
    file.to_vec(stream, None, width, height, 8)
}

/// An error ends the program, so that nothing is freed on the way there.
fn webp(picture: &Picture, quality: u8, settings: &Settings) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut config = WebPConfig::new().map_err(|()| "libwebp: another version")?;
    config.quality = f32::from(quality);
    for (name, value) in settings {
        let setting = match name.as_str() {
            "method" => &mut config.method,
            "segments" => &mut config.segments,
            "sns_strength" => &mut config.sns_strength,
            "filter_strength" => &mut config.filter_strength,
            "filter_sharpness" => &mut config.filter_sharpness,
            "filter_type" => &mut config.filter_type,
            "pass" => &mut config.pass,
            "use_sharp_yuv" => &mut config.use_sharp_yuv,
            _ => return Err(format!("{name} is none of the settings of libwebp that are tried").into()),
        };
        *setting = value.parse()?;
    }
    let mut image = WebPPicture::new().map_err(|()| "libwebp: another version")?;
    (image.width, image.height) = (c_int::try_from(picture.width)?, c_int::try_from(picture.height)?);
    let mut written = WebPMemoryWriter { mem: ptr::null_mut(), size: 0, max_size: 0, pad: [0] };
    // SAFETY: the library initialised configuration and picture, and copies `height` rows of `width` pixels. The writer
    // that `WebPMemoryWrite` expects stays where it is; what it holds is copied, and both are freed, here alone.
    unsafe {
        let imported = WebPPictureImportRGB(&mut image, picture.rgb.as_ptr(), image.width * 3);
        image.writer = Some(WebPMemoryWrite);
        image.custom_ptr = (&raw mut written).cast();
        if imported == 0 || WebPEncode(&config, &mut image) == 0 || written.mem.is_null() {
            return Err(format!("libwebp does not take {settings:?}").into());
        }
        let file = slice::from_raw_parts(written.mem, written.size).to_vec();
        WebPPictureFree(&mut image);
        WebPMemoryWriterClear(&mut written);
        Ok(file)
    }
}
