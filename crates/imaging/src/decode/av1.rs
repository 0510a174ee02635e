//! AV1 decoding by libaom: one picture of a stream, as the planes that the stream holds.

use crate::Refusal;
use crate::colour::Nclx;
use crate::refusal::UNDRAWABLE;
use libaom_sys::{
    AOM_CODEC_MEM_ERROR, AOM_CODEC_OK, AOM_CODEC_UNSUP_BITSTREAM, AOM_CODEC_UNSUP_FEATURE, AOM_CR_FULL_RANGE,
    AOM_DECODER_ABI_VERSION, AOM_IMG_FMT_HIGHBITDEPTH, aom_codec_av1_dx, aom_codec_ctx_t, aom_codec_dec_cfg,
    aom_codec_dec_init_ver, aom_codec_decode, aom_codec_destroy, aom_codec_err_t, aom_codec_get_frame,
    aom_codec_iter_t, aom_codec_peek_stream_info, aom_codec_stream_info, aom_image_t,
};
use std::ffi::c_int;
use std::mem::MaybeUninit;
use std::{ptr, slice};

/// The type of the unit that says how large pictures may be (AV1 specification, 6.2.2).
const SEQUENCE_HEADER: u8 = 1;

pub(super) const RARE_STREAM: Refusal = Refusal::unsupported(
    "This AVIF picture is of a rare kind that cannot be opened here. Save it as JPEG or PNG and upload that file.",
);

/// The sides that the stream announces. A decoder takes memory for them, and none of its pictures may be larger.
pub(super) fn sides(stream: &[u8]) -> Result<(u32, u32), Refusal> {
    if !has_one_sequence_header(stream) {
        return Err(Refusal::Corrupt);
    }
    let mut info = aom_codec_stream_info {
        w: 0,
        h: 0,
        is_kf: 0,
        number_spatial_layers: 0,
        number_temporal_layers: 0,
        is_annexb: 0,
    };
    // SAFETY: the interface is a constant of the library, which reads no further than the length given.
    let status = unsafe { aom_codec_peek_stream_info(aom_codec_av1_dx(), stream.as_ptr(), stream.len(), &mut info) };
    accept(status)?;
    if info.w == 0 || info.h == 0 { Err(Refusal::Corrupt) } else { Ok((info.w, info.h)) }
}

/// Whether the stream says once what its pictures are like, or says the same again: a second header could announce
/// larger ones than the one that was looked at.
fn has_one_sequence_header(stream: &[u8]) -> bool {
    let mut first = None;
    let mut rest = stream;
    while !rest.is_empty() {
        let Some((kind, payload, behind)) = unit(rest) else { return false };
        if kind == SEQUENCE_HEADER && *first.get_or_insert(payload) != payload {
            return false;
        }
        rest = behind;
    }
    first.is_some()
}

/// The type and the contents of the first unit of a stream, and what follows it (AV1 specification, 5.3).
fn unit(stream: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&head, mut rest) = stream.split_first()?;
    let kind = (head >> 3) & 15;
    if head & 4 != 0 {
        rest = rest.get(1..)?;
    }
    if head & 2 == 0 {
        return Some((kind, rest, &[]));
    }
    let mut length = 0_u64;
    for shift in (0..56).step_by(7) {
        let (&byte, behind) = rest.split_first()?;
        rest = behind;
        length |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            let (payload, behind) = rest.split_at_checked(usize::try_from(length).ok()?)?;
            return Some((kind, payload, behind));
        }
    }
    None
}

fn accept(status: aom_codec_err_t) -> Result<(), Refusal> {
    match status {
        AOM_CODEC_OK => Ok(()),
        AOM_CODEC_UNSUP_BITSTREAM | AOM_CODEC_UNSUP_FEATURE => Err(RARE_STREAM),
        AOM_CODEC_MEM_ERROR => Err(UNDRAWABLE),
        _ => Err(Refusal::Corrupt),
    }
}

/// A decoder of the library, destroyed with this value.
pub(super) struct Decoder(aom_codec_ctx_t);

impl Decoder {
    pub(super) fn new() -> Result<Self, Refusal> {
        let settings = aom_codec_dec_cfg { threads: 1, w: 0, h: 0, allow_lowbitdepth: 1 };
        let mut context = MaybeUninit::<aom_codec_ctx_t>::zeroed();
        // SAFETY: interface and version are constants of the library, which copies the settings.
        let status = unsafe {
            let version = AOM_DECODER_ABI_VERSION as c_int;
            aom_codec_dec_init_ver(context.as_mut_ptr(), aom_codec_av1_dx(), &settings, 0, version)
        };
        accept(status)?;
        // SAFETY: the library said that it filled the context.
        Ok(Self(unsafe { context.assume_init() }))
    }

    /// Decodes a stream and answers its first picture.
    pub(super) fn frame(&mut self, stream: &[u8]) -> Result<Frame<'_>, Refusal> {
        // SAFETY: the context is alive; the library reads no further than the length given and keeps nothing of it.
        let status = unsafe { aom_codec_decode(&mut self.0, stream.as_ptr(), stream.len(), ptr::null_mut()) };
        accept(status)?;
        let mut iterator: aom_codec_iter_t = ptr::null();
        // SAFETY: the context is alive, and the iterator is the library's to advance.
        let image = unsafe { aom_codec_get_frame(&mut self.0, &mut iterator) };
        // SAFETY: a picture that is not null stays until the next call for this context, which the lifetime of the
        // answer prevents.
        let image = unsafe { image.as_ref() }.ok_or(Refusal::Corrupt)?;
        Frame::new(image).ok_or(Refusal::Corrupt)
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: the context was initialised, and is destroyed here alone.
        unsafe { aom_codec_destroy(&mut self.0) };
    }
}

/// A decoded picture, in memory of its decoder.
pub(super) struct Frame<'d>(&'d aom_image_t);

impl<'d> Frame<'d> {
    /// Nothing if the picture is not one of those that [`row`](Self::row) can read.
    fn new(image: &'d aom_image_t) -> Option<Self> {
        let frame = Self(image);
        let is_subsampled = image.x_chroma_shift <= 1 && image.y_chroma_shift <= 1;
        let is_readable = |plane: usize| {
            let row = frame.side(plane).0 * frame.sample_size();
            !image.planes[plane].is_null() && usize::try_from(image.stride[plane]).is_ok_and(|stride| stride >= row)
        };
        let is_known = is_subsampled && matches!(image.bit_depth, 8 | 10 | 12) && image.d_w > 0 && image.d_h > 0;
        (is_known && (0..frame.planes()).all(is_readable)).then_some(frame)
    }

    /// Columns and rows of a plane, the first being brightness.
    pub(super) fn side(&self, plane: usize) -> (usize, usize) {
        let (right, down) = if plane == 0 { (0, 0) } else { (self.0.x_chroma_shift, self.0.y_chroma_shift) };
        let halved = |side: u32, shift: u32| (side as usize).div_ceil(1 << shift);
        (halved(self.0.d_w, right), halved(self.0.d_h, down))
    }

    pub(super) fn is_grey(&self) -> bool {
        self.0.monochrome != 0
    }

    fn planes(&self) -> usize {
        if self.is_grey() { 1 } else { 3 }
    }

    /// 8, 10 or 12 bits.
    pub(super) fn depth(&self) -> u32 {
        self.0.bit_depth
    }

    /// What the stream says of its colours.
    pub(super) fn code_points(&self) -> Nclx {
        // They are bytes in the stream.
        let point = |value: u32| u16::try_from(value).unwrap_or(2);
        Nclx {
            primaries: point(self.0.cp),
            transfer: point(self.0.tc),
            matrix: point(self.0.mc),
            is_full_range: self.0.range == AOM_CR_FULL_RANGE,
        }
    }

    /// Copies a row of a plane. Rows behind the last are the last, and a grey picture has one plane only.
    pub(super) fn row(&self, plane: usize, y: usize, samples: &mut Vec<u16>) {
        samples.clear();
        let (columns, rows) = self.side(plane);
        if plane >= self.planes() {
            return;
        }
        let start = y.min(rows - 1) * self.0.stride[plane] as usize;
        // SAFETY: `new` saw that the plane is there and that its rows are at least as far apart as they are long. The
        // library keeps as many rows and columns as it says, `stride` bytes apart, while this value lives.
        let row = unsafe { slice::from_raw_parts(self.0.planes[plane].add(start), columns * self.sample_size()) };
        if self.sample_size() == 1 {
            samples.extend(row.iter().map(|&sample| u16::from(sample)));
        } else {
            samples.extend(row.as_chunks::<2>().0.iter().map(|&sample| u16::from_ne_bytes(sample)));
        }
    }

    /// Bytes a sample.
    fn sample_size(&self) -> usize {
        if self.0.fmt & AOM_IMG_FMT_HIGHBITDEPTH == 0 { 1 } else { 2 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_header_must_be_the_same() {
        let header = [0x0A, 2, 7, 7];
        let other = [0x0A, 2, 7, 8];
        let frame = [0x32, 1, 9];
        assert!(has_one_sequence_header(&[&header[..], &frame].concat()));
        assert!(has_one_sequence_header(&[&header[..], &frame, &header, &frame].concat()));
        assert!(!has_one_sequence_header(&[&header[..], &frame, &other, &frame].concat()));
        assert!(!has_one_sequence_header(&frame));
        assert!(!has_one_sequence_header(&header[..3]));
        assert!(!has_one_sequence_header(&[]));
    }

    #[test]
    fn units_have_a_length_or_go_up_to_the_end() {
        assert_eq!(unit(&[0x32, 0x81, 0x00, 5, 6]), Some((6, &[5][..], &[6][..])));
        assert_eq!(unit(&[0x34, 0, 5, 6]), Some((6, &[5, 6][..], &[][..])));
        assert_eq!(unit(&[0x32, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0]), None);
        assert_eq!(unit(&[0x32, 9, 1]), None);
    }

    #[test]
    fn streams_that_make_no_sense_are_refused() {
        assert_eq!(sides(&[]), Err(Refusal::Corrupt));
        assert!(sides(&[0x0A, 1, 0]).is_err());
        assert!(Decoder::new().unwrap().frame(&[0x0A, 1, 0]).is_err());
    }
}
