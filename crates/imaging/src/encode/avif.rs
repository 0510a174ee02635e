//! AVIF encoding: AV1 by libaom, in the container of avif-serialize.

use crate::raster::{Channels, Pixels, Planes};
use avif_serialize::constants::{ColorPrimaries, MatrixCoefficients, TransferCharacteristics};
use libaom_sys::*;
use std::ffi::{c_int, c_uint};
use std::{mem::MaybeUninit, ptr, slice};

/// libaom's `cpu-used` for single pictures: 0 (small) to 9 (fast).
const SPEED: c_int = 9;

/// The worst step of libaom's quantizer; 0 is the best.
const WORST_QUANTIZER: u32 = 63;

/// Which of libaom's quantizer matrices may be used, of 0 (steep: fine detail is coarse) to 15 (flat). These gave the
/// most SSIMULACRA2 a byte at this speed.
const STEEPEST: c_int = 0;
const FLATTEST: c_int = 6;

/// Encodes lossily; `quality` is 1 to 100. Opacity becomes a picture of its own. Nothing when memory runs out or a
/// side is longer than the format allows.
pub(super) fn encode(pixels: &Pixels, quality: u8) -> Option<Vec<u8>> {
    let opacity = match pixels.channels {
        // Edges of what is cut out are seen before anything else.
        Channels::Rgba => Some(av1(&opacity(pixels), true, quantizer(quality) / 2)?),
        _ => None,
    };
    written(&Planes::of(pixels)?, opacity.as_deref(), quality)
}

/// The same of planes, which need not be taken apart any more.
pub(super) fn encode_planes(planes: &Planes, quality: u8) -> Option<Vec<u8>> {
    written(planes, None, quality)
}

fn written(planes: &Planes, opacity: Option<&[u8]>, quality: u8) -> Option<Vec<u8>> {
    let colour = av1(planes, false, quantizer(quality))?;
    let mut file = avif_serialize::Aviffy::new();
    file.set_color_primaries(ColorPrimaries::Bt709)
        .set_transfer_characteristics(TransferCharacteristics::Srgb)
        .set_matrix_coefficients(MatrixCoefficients::Bt601)
        .set_full_color_range(true)
        .set_chroma_subsampling((true, true))
        // Main: what 4:2:0 of 8 bits is.
        .set_seq_profile(0);
    Some(file.to_vec(&colour, opacity, planes.width, planes.height, 8))
}

fn quantizer(quality: u8) -> u32 {
    (100 - u32::from(quality.min(100))) * WORST_QUANTIZER / 100
}

/// Opacity as brightness, with no colour beside it.
fn opacity(pixels: &Pixels) -> Planes {
    let opacity = pixels.bytes.as_chunks::<4>().0.iter().map(|&[_, _, _, opacity]| opacity).collect();
    let opacity = Planes::filled_up(opacity, pixels.width, pixels.height);
    let halved = pixels.width.div_ceil(2) as usize * pixels.height.div_ceil(2) as usize;
    let none = vec![128; halved];
    Planes { width: pixels.width, height: pixels.height, samples: [opacity, none.clone(), none] }
}

/// One still picture as an AV1 stream; of a monochrome one only the brightness is written.
fn av1(planes: &Planes, is_monochrome: bool, quantizer: u32) -> Option<Vec<u8>> {
    Encoder::new(planes.width, planes.height, is_monochrome, quantizer)?.encode(planes, is_monochrome)
}

/// An encoder of the library, destroyed with this value.
struct Encoder(aom_codec_ctx_t);

impl Encoder {
    fn new(width: u32, height: u32, is_monochrome: bool, quantizer: u32) -> Option<Self> {
        let mut config = MaybeUninit::<aom_codec_enc_cfg_t>::zeroed();
        // SAFETY: the interface is a constant of the library, which fills the configuration.
        let config = unsafe {
            let status = aom_codec_enc_config_default(aom_codec_av1_cx(), config.as_mut_ptr(), AOM_USAGE_ALL_INTRA);
            if status != AOM_CODEC_OK {
                return None;
            }
            config.assume_init_mut()
        };
        config.g_w = width;
        config.g_h = height;
        config.g_limit = 1;
        config.g_lag_in_frames = 0;
        config.g_threads = 1;
        config.rc_end_usage = AOM_Q;
        config.rc_min_quantizer = quantizer;
        config.rc_max_quantizer = quantizer;
        config.monochrome = c_uint::from(is_monochrome);
        let mut context = MaybeUninit::<aom_codec_ctx_t>::zeroed();
        // SAFETY: the library fills the context, or tells that it did not; then there is nothing to destroy.
        let mut encoder = unsafe {
            let version = AOM_ENCODER_ABI_VERSION as c_int;
            if aom_codec_enc_init_ver(context.as_mut_ptr(), aom_codec_av1_cx(), config, 0, version) != AOM_CODEC_OK {
                return None;
            }
            Self(context.assume_init())
        };
        encoder.set(AOME_SET_CPUUSED, SPEED)?;
        encoder.set(AOME_SET_CQ_LEVEL, quantizer as c_int)?;
        encoder.set(AV1E_SET_COLOR_RANGE, AOM_CR_FULL_RANGE as c_int)?;
        encoder.set(AV1E_SET_ENABLE_QM, 1)?;
        encoder.set(AV1E_SET_QM_MIN, STEEPEST)?;
        encoder.set(AV1E_SET_QM_MAX, FLATTEST)?;
        Some(encoder)
    }

    /// Only for controls whose parameter is an `int` or an `unsigned int`.
    fn set(&mut self, control: aome_enc_control_id, value: c_int) -> Option<()> {
        // SAFETY: the context is alive, and the callers name controls that take this type.
        let status = unsafe { aom_codec_control(&mut self.0, control as c_int, value) };
        (status == AOM_CODEC_OK).then_some(())
    }

    fn encode(&mut self, planes: &Planes, is_monochrome: bool) -> Option<Vec<u8>> {
        // SAFETY: the picture is plain numbers and pointers, for which zeros are values.
        let mut picture: aom_image_t = unsafe { MaybeUninit::zeroed().assume_init() };
        (picture.w, picture.h, picture.d_w, picture.d_h) =
            (planes.width.next_multiple_of(2), planes.height.next_multiple_of(2), planes.width, planes.height);
        (picture.fmt, picture.bit_depth, picture.bps) = (AOM_IMG_FMT_I420, 8, 12);
        (picture.x_chroma_shift, picture.y_chroma_shift) = (1, 1);
        (picture.range, picture.monochrome) = (AOM_CR_FULL_RANGE, c_int::from(is_monochrome));
        (picture.mc, picture.cp, picture.tc) = (AOM_CICP_MC_BT_601, AOM_CICP_CP_BT_709, AOM_CICP_TC_SRGB);
        for (plane, samples) in planes.samples.iter().enumerate() {
            // The library only reads from it.
            picture.planes[plane] = samples.as_ptr().cast_mut();
            picture.stride[plane] = c_int::try_from(planes.sides(plane).0).ok()?;
        }
        // SAFETY: the context is alive, and the picture's planes hold as many rows of as many samples as it says.
        if unsafe { aom_codec_encode(&mut self.0, &picture, 0, 1, 0) } != AOM_CODEC_OK {
            return None;
        }
        let mut written = Vec::new();
        let mut iterator: aom_codec_iter_t = ptr::null();
        loop {
            // SAFETY: the context is alive; the iterator is the library's to advance.
            let packet = unsafe { aom_codec_get_cx_data(&mut self.0, &mut iterator) };
            // SAFETY: a packet that is not null stays until the next call for this context.
            let Some(packet) = (unsafe { packet.as_ref() }) else { break };
            if packet.kind == AOM_CODEC_CX_FRAME_PKT {
                // SAFETY: the kind says which part of the union is filled; it holds `sz` bytes.
                written.extend_from_slice(unsafe {
                    slice::from_raw_parts(packet.data.frame.buf.cast::<u8>(), packet.data.frame.sz)
                });
            }
        }
        (!written.is_empty()).then_some(written)
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        // SAFETY: the context was initialised, and is destroyed here alone.
        unsafe { aom_codec_destroy(&mut self.0) };
    }
}
